package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// A fused loop that writes its values to memory.
public final class FusedLoop {
    /// Elements that are worth a task of its own, where they take so many instructions for a vector or fewer.
    private static final long TASK = 16_384;
    private static final int LIGHT = 64;

    private final LoopProgram program;
    private final LoopBody body;
    /// What the body does not write itself: registers, and the slots that they are written to.
    private final Ending.Store[] stores;

    /// @param outputs where values go
    FusedLoop(LoopProgram program, List<Ending.Store> outputs) {
        List<Ending> endings = new ArrayList<>();
        List<Ending.Store> plain = new ArrayList<>();
        for (Ending.Store output : outputs) {
            if (LaneFit.storable(output.dtype())) {
                endings.add(output);
            } else {
                endings.add(new Ending.Keep(output.dtype(), output.register()));
                plain.add(output);
            }
        }
        this.program = program;
        this.body = LoopCutter.cut(program, endings, Registers.LENGTH, Set.of());
        this.stores = plain.toArray(Ending.Store[]::new);
    }

    /// The loop for a region.
    ///
    /// @param slots where values in memory are
    /// @return empty if there is an operation without a kernel
    public static Optional<FusedLoop> of(Region.Loop region, Regions regions, ToIntFunction<Value> slots) {
        return LoopBuilder.build(region.space(), region.outputs(), List.of(), regions.inside(region), slots)
                .map(built -> {
                    List<Ending.Store> outputs = new ArrayList<>();
                    for (int i = 0; i < region.outputs().size(); i++) {
                        Value value = region.outputs().get(i);
                        outputs.add(
                                new Ending.Store(value.dtype(), built.registers().get(i), slots.applyAsInt(value)));
                    }
                    return new FusedLoop(built.program(), outputs);
                });
    }

    /// The loop over some memory, to be run over and over, one run at a time.
    ///
    /// @param memory of the slots; may differ from run to run
    public Runnable bind(IntFunction<MemorySegment> memory) {
        return bind(memory, WorkerPool.shared(), TASK * LIGHT / Math.max(LIGHT, program.weight()));
    }

    /// @param task elements that are worth a task of its own
    private Runnable bind(IntFunction<MemorySegment> memory, WorkerPool pool, long task) {
        int length = program.rowLength();
        long rows = program.rows();
        if (length == 0 || rows == 0) {
            return () -> {};
        }
        LaneKernel[] kernels = body.kernels(0);
        // Long rows are cut; short ones are done several at a time. Cuts never change a bit: there is nothing between elements.
        long pieces = Math.ceilDiv(length, task);
        long rowsPerTask = pieces > 1 ? 1 : Math.max(1, task / length);
        int tasks = Math.toIntExact(pieces > 1 ? rows * pieces : Math.ceilDiv(rows, rowsPerTask));
        TaskBody work = number -> {
            Workspace workspace = body.lease();
            if (pieces > 1) {
                int from = Math.toIntExact(number % pieces * task);
                rows(memory, kernels, workspace, number / pieces, 1, from, (int) Math.min(length, from + task));
            } else {
                long first = number * rowsPerTask;
                rows(memory, kernels, workspace, first, Math.min(rows - first, rowsPerTask), 0, length);
            }
            body.giveBack(workspace);
        };
        return () -> {
            body.kernels(rows * length, kernels);
            pool.run(tasks, work);
        };
    }

    /// Elements `from` to `to` of some rows.
    private void rows(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, long first,
            long count, int from, int to) {
        int group = program.group();
        for (long row = first; row < first + count;) {
            // As many at once as are left of a group, if the body can do several.
            int together = body.direct() ? (int) Math.min(first + count - row, group - row % group) : 1;
            program.indices(row, workspace.indices());
            for (int at = from; at < to;) {
                int n = Math.min(body.chunk(), to - at);
                body.run(memory, kernels, workspace, at, n, together);
                store(memory, workspace.registers(), row * program.rowLength() + at, n);
                at += n;
            }
            row += together;
        }
    }

    private void store(IntFunction<MemorySegment> memory, Registers registers, long at, int n) {
        for (Ending.Store store : stores) {
            Access.store(memory.apply(store.slot()), store.dtype(), at, registers, store.register(), n);
        }
    }
}
