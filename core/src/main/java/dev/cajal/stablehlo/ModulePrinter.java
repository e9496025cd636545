package dev.cajal.stablehlo;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Value;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A module: `main`, and a private function for each composite's decomposition.
final class ModulePrinter {
    private final Map<Graph, String> functions = new IdentityHashMap<>();
    private final List<String> texts = new ArrayList<>();

    String print(Graph graph) {
        String main = function("public @main", graph);
        return "module @cajal {\n" + main + String.join("", texts) + "}\n";
    }

    /// The symbol of the private function that computes a graph.
    String decomposition(String kind, Graph graph) {
        String known = functions.get(graph);
        if (known != null) {
            return known;
        }
        String symbol = "@" + kind.replaceAll("[^A-Za-z0-9_]", "_") + "_" + functions.size();
        functions.put(graph, symbol);
        texts.add(function("private " + symbol, graph));
        return symbol;
    }

    private String function(String signature, Graph graph) {
        Emitter emitter = new Emitter("    ");
        List<Ref> parameters = graph.parameters().stream().map(Value::type).map(emitter::fresh).toList();
        List<Ref> results = new GraphEmitter(this, emitter).emit(graph, parameters);
        String taken = parameters.stream()
                .map(parameter -> parameter.name() + ": " + Notation.type(parameter.type()))
                .collect(Collectors.joining(", "));
        List<TensorType> types = results.stream().map(Ref::type).toList();
        String names = results.stream().map(Ref::name).collect(Collectors.joining(", "));
        String given = types.stream().map(Notation::type).collect(Collectors.joining(", "));
        return "  func.func %s(%s) -> (%s) {\n%s    func.return%s\n  }\n".formatted(
                signature, taken, given, emitter.text(), results.isEmpty() ? "" : " " + names + " : " + given);
    }
}
