package dev.cajal.cli.doctor;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.backend.PlanSummary;
import dev.cajal.ir.Graph;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// The reference backend, but after some runs a bit of element 5 is another.
public final class FaultyBackend implements Backend {
    private static final int ELEMENT = 5;
    private static final int BIT = 1 << 12;

    private final ReferenceBackend right = new ReferenceBackend();
    private int good;

    /// @param good runs that are right
    public FaultyBackend(int good) {
        this.good = good;
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Executable compile(Graph graph, CompileOptions options) {
        Executable executable = right.compile(graph, options);
        return new Executable() {
            @Override
            public List<Buffer> run(List<Buffer> arguments) {
                List<Buffer> results = executable.run(arguments);
                return good-- > 0 ? results : List.of(wrong(results.getFirst()));
            }

            @Override
            public PlanSummary summary() {
                return executable.summary();
            }
        };
    }

    private Buffer wrong(Buffer buffer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment elements = arena.allocate(buffer.type().byteSize(), Long.BYTES);
            buffer.read(elements);
            int bits = elements.getAtIndex(ValueLayout.JAVA_INT, ELEMENT);
            elements.setAtIndex(ValueLayout.JAVA_INT, ELEMENT, bits ^ BIT);
            return right.upload(buffer.type(), elements);
        }
    }

    @Override
    public Buffer upload(TensorType type, MemorySegment elements) {
        return right.upload(type, elements);
    }

    @Override
    public long memoryBudget() {
        return right.memoryBudget();
    }
}
