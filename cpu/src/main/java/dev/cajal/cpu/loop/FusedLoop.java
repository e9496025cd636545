package dev.cajal.cpu.loop;

import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// A fused loop that writes its values to memory.
public final class FusedLoop {
    /// Elements that are worth a task of its own.
    private static final long TASK = 16_384;

    private final LoopProgram program;
    private final List<Output> outputs;

    /// @param slot where to
    /// @param register from where
    private record Output(int slot, DType dtype, int register) {}

    private FusedLoop(LoopProgram program, List<Output> outputs) {
        this.program = program;
        this.outputs = outputs;
    }

    /// The loop for a region.
    ///
    /// @param slots where values in memory are
    /// @return empty if there is an operation without a kernel
    public static Optional<FusedLoop> of(Region.Loop region, Regions regions, ToIntFunction<Value> slots) {
        return LoopBuilder.build(region.space(), region.outputs(), List.of(), regions.inside(region), slots)
                .map(built -> {
                    List<Output> outputs = new ArrayList<>();
                    for (int i = 0; i < region.outputs().size(); i++) {
                        Value value = region.outputs().get(i);
                        outputs.add(new Output(slots.applyAsInt(value), value.dtype(), built.registers().get(i)));
                    }
                    return new FusedLoop(built.program(), List.copyOf(outputs));
                });
    }

    /// Runs the loop.
    public void run(IntFunction<MemorySegment> memory) {
        int length = program.rowLength();
        long rows = program.rows();
        if (length == 0 || rows == 0) {
            return;
        }
        // Long rows are cut; short ones are done several at a time. Cuts never change a bit: there is nothing between elements.
        long pieces = Math.ceilDiv(length, TASK);
        long rowsPerTask = pieces > 1 ? 1 : Math.max(1, TASK / length);
        long tasks = pieces > 1 ? rows * pieces : Math.ceilDiv(rows, rowsPerTask);
        WorkerPool.shared().run(Math.toIntExact(tasks), task -> {
            Registers registers = program.lease();
            long[] indices = new long[Math.max(0, program.rank() - 1)];
            if (pieces > 1) {
                int from = Math.toIntExact(task % pieces * TASK);
                row(memory, task / pieces, from, (int) Math.min(length, from + TASK), indices, registers);
            } else {
                long last = Math.min(rows, (task + 1) * rowsPerTask);
                for (long row = task * rowsPerTask; row < last; row++) {
                    row(memory, row, 0, length, indices, registers);
                }
            }
            program.giveBack(registers);
        });
    }

    private void row(IntFunction<MemorySegment> memory, long row, int from, int to, long[] indices,
            Registers registers) {
        program.indices(row, indices);
        for (int at = from; at < to; at += Registers.LENGTH) {
            int n = Math.min(Registers.LENGTH, to - at);
            program.run(memory, indices, at, n, registers);
            for (Output output : outputs) {
                long target = row * program.rowLength() + at;
                Access.store(memory.apply(output.slot()), output.dtype(), target, registers, output.register(), n);
            }
        }
    }
}
