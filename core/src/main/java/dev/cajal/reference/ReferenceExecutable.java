package dev.cajal.reference;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.backend.PlanSummary;
import dev.cajal.ir.FlopCounter;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.TensorType;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/// A graph that is run step by step. Donated arguments are left alone.
final class ReferenceExecutable implements Executable {
    private final Graph graph;
    private final boolean checked;
    private final Program program;
    private final PlanSummary summary;

    ReferenceExecutable(Graph graph, CompileOptions options) {
        this.graph = graph;
        this.checked = options.checked();
        this.program = Program.of(graph);
        this.summary = new PlanSummary(
                bytes(graph.parameters()), bytes(graph.results()), program.temporaryBytes(), FlopCounter.count(graph));
    }

    private static long bytes(List<Value> values) {
        return values.stream().map(Value::type).mapToLong(TensorType::byteSize).sum();
    }

    @Override
    public List<Buffer> run(List<Buffer> arguments) {
        graph.requireArguments(arguments.stream().map(Buffer::type).toList());
        List<Elements> elements = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Elements argument = read(arguments.get(i));
            if (checked) {
                FiniteCheck.checkArgument(graph.parameters().get(i).node(), argument);
            }
            elements.add(argument);
        }
        return program.run(elements, checked).stream().map(ReferenceExecutable::write).toList();
    }

    private static Elements read(Buffer buffer) {
        HostBuffer host = HostBuffer.of(buffer);
        try {
            return Elements.read(host.type(), host.segment());
        } finally {
            Reference.reachabilityFence(host);
        }
    }

    private static Buffer write(Elements elements) {
        HostBuffer buffer = HostBuffer.allocate(elements.type());
        elements.write(buffer.segment());
        return buffer;
    }

    @Override
    public PlanSummary summary() {
        return summary;
    }
}
