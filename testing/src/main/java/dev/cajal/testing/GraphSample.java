package dev.cajal.testing;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.memory.HostBuffer;
import java.util.List;

/// A graph with arguments for it.
///
/// @param name unique among the samples; says which operation, types and kind of data
/// @param graph what is computed; of a [sample of one operation][OpSamples] the operands are parameters, in their order
/// @param arguments for the parameters
/// @param differentiable positions of the arguments by which the results can be differentiated, at these elements: floating-point, and
///     far enough from kinks and poles for differences of up to 0.01. Empty if there are none
/// @param accuracy how close a backend has to come to the reference
public record GraphSample(
        String name,
        Graph graph,
        List<HostBuffer> arguments,
        List<Integer> differentiable,
        Accuracy accuracy) {
    public GraphSample {
        arguments = List.copyOf(arguments);
        differentiable = List.copyOf(differentiable);
    }

    /// The operation that gives the first result: the only one, in a sample of one operation.
    public Op op() {
        return graph.results().getFirst().node().op();
    }

    /// The same with another accuracy.
    public GraphSample within(Accuracy other) {
        return new GraphSample(name, graph, arguments, differentiable, other);
    }

    /// The results on a backend.
    public List<HostBuffer> run(Backend backend) {
        List<Buffer> uploaded = arguments.stream()
                .map(argument -> backend.upload(argument.type(), argument.segment()))
                .toList();
        return backend.compile(graph, CompileOptions.DEFAULT).run(uploaded).stream().map(HostBuffer::of).toList();
    }

    /// The name.
    @Override
    public String toString() {
        return name;
    }
}
