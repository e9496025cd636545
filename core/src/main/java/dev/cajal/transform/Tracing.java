package dev.cajal.transform;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Trace;
import dev.cajal.ir.Value;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Runs a function on placeholders and gives back its graph.
final class Tracing {
    private Tracing() {}

    /// @param closure the graph: one parameter for each leaf of the argument, then captured values; one result for each leaf of the output
    /// @param output the structure of what the function returned
    record Traced(Graph.Closure closure, Tree.Structure output) {
        /// The results for actual arguments, in the graph that is being built around them.
        List<Tensor> apply(List<Tensor> arguments) {
            List<Value> all = new ArrayList<>();
            arguments.forEach(argument -> all.add(argument.value()));
            all.addAll(closure.captures());
            return closure.graph().apply(all).stream().map(Tensor::of).toList();
        }
    }

    /// Traces a function of tensors.
    ///
    /// @param name what is traced, for messages
    /// @param names a name for each leaf
    /// @param body gets placeholders like the leaves, and returns a tree
    static Traced trace(String name, List<Tensor> like, List<String> names, Function<List<Tensor>, Object> body) {
        Trace trace = Trace.open(name);
        List<Value> parameters = new ArrayList<>();
        for (int i = 0; i < like.size(); i++) {
            parameters.add(trace.parameter(new Op.Parameter(like.get(i).type(), names.get(i))));
        }
        Tree output = trace.run(() -> Tree.of(body.apply(parameters.stream().map(Tensor::of).toList())));
        List<Value> results = output.leaves().stream().map(Tensor::value).toList();
        return new Traced(Graph.close(trace, parameters, results), output.structure());
    }
}
