package dev.cajal.autodiff;

import dev.cajal.backend.Backends;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.Graphs;
import dev.cajal.testing.SampleData;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Graphs run on plain numbers.
final class Numbers {
    private Numbers() {}

    /// The results of a graph on the reference backend.
    static List<double[]> run(Graph graph, double[]... arguments) {
        List<HostBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            buffers.add(SampleData.of(graph.parameters().get(i).type(), arguments[i]));
        }
        return new GraphSample("numbers", graph, buffers, List.of(), Accuracy.EXACT)
                .run(Backends.named("reference")).stream().map(SampleData::toDoubles).toList();
    }

    /// The gradients of the sum of a function's result.
    static List<double[]> slopes(
            List<TensorType> types, Function<List<Value>, Value> function, double[]... arguments) {
        Graph graph = Graphs.of(types, in -> {
            Value y = function.apply(in);
            return Gradients.of(List.of(y), List.of(Ops.fillLike(y, 1)), in);
        });
        return run(graph, arguments);
    }

    /// All nodes behind a value, itself included.
    static List<Node> nodes(Value value) {
        return Graph.topological(List.of(value), Set.of());
    }
}
