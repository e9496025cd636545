package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Each block of a row becomes one value.
final class RowReduction implements ReductionStage {
    private final LoopProgram program;
    private final LoopBody body;
    private final Reducer reducer;
    private final DType dtype;
    private final int register;
    private final int spare;
    private final int target;
    /// Whether the last kernel of the body reduces; else virtual lanes outside of it do.
    private final boolean inKernel;
    private final Recycler<Lanes> virtualLanes;

    RowReduction(LoopProgram program, int register, int spare, Reducer reducer, DType dtype, int target) {
        this.program = program;
        this.reducer = reducer;
        this.dtype = dtype;
        this.register = register;
        this.spare = spare;
        this.target = target;
        this.inKernel = LaneFit.lanes(dtype).isPresent();
        this.virtualLanes = new Recycler<>(() -> Lanes.of(reducer, dtype));
        this.body = inKernel
                // A kernel reduces a block from beginning to end.
                ? LoopCutter.cut(program, List.of(new Ending.Reduce(dtype, register, reducer, target)),
                        ReductionOrder.BLOCK, Set.of())
                : LoopCutter.cut(program, List.of(new Ending.Keep(dtype, register)), Registers.LENGTH,
                        Set.of(Registers.Name.of(dtype, spare)));
    }

    @Override
    public int blocks() {
        return ReductionOrder.blocks(program.rowLength());
    }

    @Override
    public Runnable bind(IntFunction<MemorySegment> memory, WorkerPool pool, long task) {
        long units = program.rows() * blocks();
        if (units == 0) {
            return () -> {};
        }
        int unit = Math.max(1, Math.min(program.rowLength(), ReductionOrder.BLOCK));
        long perTask = Math.max(1, task / unit);
        LaneKernel[] kernels = body.kernels(0);
        int tasks = Math.toIntExact(Math.ceilDiv(units, perTask));
        TaskBody work = number -> {
            Workspace workspace = body.lease();
            long first = number * perTask;
            long last = Math.min(units, first + perTask);
            if (inKernel) {
                reduce(memory, kernels, workspace, first, last);
            } else {
                Lanes lanes = virtualLanes.take();
                for (long i = first; i < last; i++) {
                    reduce(memory, kernels, workspace, i, lanes);
                }
                virtualLanes.give(lanes);
            }
            body.giveBack(workspace);
        };
        return () -> {
            body.kernels(program.rows() * program.rowLength(), kernels);
            pool.run(tasks, work);
        };
    }

    /// Several units by kernels.
    private void reduce(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, long first,
            long last) {
        int length = program.rowLength();
        int blocks = blocks();
        int whole = length / ReductionOrder.BLOCK;
        int size = dtype.byteSize();
        for (long unit = first; unit < last;) {
            long row = unit / blocks;
            int block = (int) (unit % blocks);
            int from = block * ReductionOrder.BLOCK;
            // Rows of one block, or whole blocks of one row, go together if the body can do several.
            long alike = blocks == 1 ? program.group() - row % program.group() : Math.max(1, whole - block);
            int together = body.direct() ? (int) Math.min(last - unit, alike) : 1;
            program.indices(row, workspace.indices());
            int n = Math.min(length - from, ReductionOrder.BLOCK);
            body.reduce(memory, kernels, workspace, from, n, together, blocks > 1, unit * size, size);
            unit += together;
        }
    }

    /// One unit by virtual lanes.
    private void reduce(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, long unit,
            Lanes lanes) {
        int blocks = blocks();
        int from = (int) (unit % blocks) * ReductionOrder.BLOCK;
        int to = Math.min(program.rowLength(), from + ReductionOrder.BLOCK);
        program.indices(unit / blocks, workspace.indices());
        lanes.start();
        for (int at = from; at < to; at += Registers.LENGTH) {
            int n = Math.min(Registers.LENGTH, to - at);
            body.run(memory, kernels, workspace, at, n, 1);
            lanes.add(workspace.registers(), register, n);
        }
        lanes.finish(workspace.registers(), spare);
        Access.store(memory.apply(target), dtype, unit, workspace.registers(), spare, 1);
    }
}
