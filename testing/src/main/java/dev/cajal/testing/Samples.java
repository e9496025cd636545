package dev.cajal.testing;

import dev.cajal.ir.Graph;
import dev.cajal.ir.GraphPrinter;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Collects samples.
final class Samples {
    private final List<GraphSample> all = new ArrayList<>();
    private final SampleData data;

    Samples(SampleData data) {
        this.data = data;
    }

    SampleData data() {
        return data;
    }

    List<GraphSample> all() {
        return List.copyOf(all);
    }

    /// A sample that nobody differentiates.
    void add(String label, Op op, Accuracy accuracy, HostBuffer... arguments) {
        add(label, op, accuracy, List.of(), Arrays.asList(arguments));
    }

    /// A sample that can be differentiated by all of its arguments of type f64.
    void addSmooth(String label, Op op, Accuracy accuracy, HostBuffer... arguments) {
        List<Integer> smooth = IntStream.range(0, arguments.length)
                .filter(i -> arguments[i].type().dtype() == DType.F64)
                .boxed()
                .toList();
        add(label, op, accuracy, smooth, Arrays.asList(arguments));
    }

    void add(String label, Op op, Accuracy accuracy, List<Integer> differentiable, List<HostBuffer> arguments) {
        List<Value> parameters = new ArrayList<>();
        for (HostBuffer argument : arguments) {
            parameters.add(Ops.parameter(argument.type(), "p" + parameters.size()));
        }
        Node node = Node.of(op, parameters);
        List<TensorType> types = parameters.isEmpty()
                ? node.types()
                : arguments.stream().map(HostBuffer::type).toList();
        String name = "%s %s %s #%d".formatted(GraphPrinter.label(op), types, label, all.size()).replace("  ", " ");
        Graph graph = Graph.of(parameters, node.values());
        all.add(new GraphSample(name, graph, arguments, differentiable, accuracy));
    }
}
