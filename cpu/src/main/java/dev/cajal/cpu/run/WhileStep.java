package dev.cajal.cpu.run;

import dev.cajal.backend.Plan;
import dev.cajal.ir.Node;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/// A loop that runs while a condition holds. Trips write in turn to the results and to a second place.
final class WhileStep implements Step {
    private final Program condition;
    private final Program body;
    private final int[] reads;
    private final int[] writes;
    private final Carries carries;

    WhileStep(Program condition, Program body, Node node, int[] reads, int[] writes) {
        this.condition = condition;
        this.body = body;
        this.reads = reads.clone();
        this.writes = writes.clone();
        this.carries = new Carries(node.types());
    }

    @Override
    public long temporaryBytes() {
        return condition.temporaryBytes() + body.temporaryBytes() + carries.temporaryBytes();
    }

    @Override
    public Optional<Plan.Repeated> repeated() {
        return Optional.of(new Plan.Repeated(Optional.empty(), List.of(condition.plan(), body.plan())));
    }

    @Override
    public Runnable bind(Memory memory) {
        Carries.Second second = carries.allocate();
        HostBuffer truth = HostBuffer.allocate(TensorType.of(DType.BOOL));
        MemorySegment[] goesOn = {truth.segment()};
        MemorySegment[] operands = new MemorySegment[reads.length];
        MemorySegment[] results = new MemorySegment[writes.length];
        return () -> {
            memory.get(reads, operands);
            memory.get(writes, results);
            trips(operands, results, second.places(), goesOn);
        };
    }

    private void trips(MemorySegment[] operands, MemorySegment[] results, MemorySegment[] second,
            MemorySegment[] goesOn) {
        MemorySegment[] in = operands;
        condition.runInto(in, goesOn);
        while (goesOn[0].get(ValueLayout.JAVA_BYTE, 0) != 0) {
            MemorySegment[] out = in == results ? second : results;
            body.runInto(in, out);
            in = out;
            condition.runInto(in, goesOn);
        }
        if (in != results) {
            carries.copy(in, results);
        }
    }
}
