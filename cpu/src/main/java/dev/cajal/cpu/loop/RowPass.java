package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// One kernel's way through a block of rows: writes elements, reduces rows, or both.
final class RowPass {
    private final LoopProgram program;
    private final int length;
    private final LoopBody body;
    private final List<Target> targets;
    private final boolean reduces;

    /// Where an ending writes to.
    ///
    /// @param ending stores come before reductions
    /// @param size bytes of an element
    /// @param perRow elements for each row of the chain
    /// @param ofBlock whether its memory holds the rows of one block only
    record Target(Ending ending, int size, int perRow, boolean ofBlock) {
        boolean reduces() {
            return ending instanceof Ending.Reduce;
        }
    }

    /// @param program of which the outermost loop is the [block][RowProgram]
    /// @param length elements of a row
    RowPass(LoopProgram program, int length, List<Target> targets) {
        this.program = program;
        this.length = length;
        this.targets = List.copyOf(targets);
        this.reduces = targets.stream().anyMatch(Target::reduces);
        this.body = LoopCutter.cut(program, targets.stream().map(Target::ending).toList(),
                reduces ? ReductionOrder.BLOCK : Registers.LENGTH, Set.of());
    }

    /// What one thread needs for the pass.
    ///
    /// @param at where the endings write to
    /// @param steps from row to row there
    record Scratch(Workspace workspace, long[] at, long[] steps) {}

    Scratch scratch() {
        return new Scratch(body.lease(), new long[targets.size()], new long[targets.size()]);
    }

    /// The kernels to use at first.
    LaneKernel[] kernels() {
        return body.kernels(0);
    }

    /// The kernels to use for all rows.
    ///
    /// @param kernels where they go
    void kernels(LaneKernel[] kernels) {
        body.kernels(program.rows() * program.rowLength(), kernels);
    }

    /// Computes a block.
    ///
    /// @param first its first row
    /// @param count how many rows
    void run(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Scratch scratch, long first, int count) {
        if (reduces) {
            reduce(memory, kernels, scratch, first, count);
        } else {
            store(memory, kernels, scratch, first, count);
        }
    }

    private void indices(Scratch scratch, long row, long block) {
        long[] indices = scratch.workspace().indices();
        program.indices(row, indices);
        if (indices.length > 0) {
            indices[0] = block;
        }
    }

    /// The elements of the block one after the other, in as long pieces as the loops allow.
    private void store(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Scratch scratch, long first,
            int count) {
        int width = program.rowLength();
        int group = program.group();
        long end = (first + count) * length;
        for (long at = first * length; at < end;) {
            long row = at / width;
            int from = (int) (at % width);
            int n = (int) Math.min(Math.min(width - from, end - at), body.chunk());
            int together = n == width && body.direct() ? (int) Math.min((end - at) / width, group - row % group) : 1;
            indices(scratch, row, first);
            for (int i = 0; i < targets.size(); i++) {
                aim(scratch, i, at - base(i, first), width);
            }
            body.run(memory, kernels, scratch.workspace(), from, n, together, false, scratch.at(), scratch.steps());
            at += (long) together * n;
        }
    }

    /// Rows, or blocks of long ones, as [ReductionOrder] has them.
    private void reduce(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Scratch scratch, long first,
            int count) {
        int blocks = ReductionOrder.blocks(length);
        int whole = length / ReductionOrder.BLOCK;
        long end = (first + count) * blocks;
        for (long unit = first * blocks; unit < end;) {
            long row = unit / blocks;
            int block = (int) (unit % blocks);
            int from = block * ReductionOrder.BLOCK;
            // Rows of one block, or whole blocks of one row, go together if the body can do several.
            long alike = blocks == 1 ? program.group() - row % program.group() : Math.max(1, whole - block);
            int together = body.direct() ? (int) Math.min(end - unit, alike) : 1;
            int n = Math.min(length - from, ReductionOrder.BLOCK);
            indices(scratch, row, first);
            for (int i = 0; i < targets.size(); i++) {
                if (targets.get(i).reduces()) {
                    aim(scratch, i, unit - base(i, first), 1);
                } else {
                    aim(scratch, i, row * length + from - base(i, first), blocks > 1 ? n : length);
                }
            }
            body.run(memory, kernels, scratch.workspace(), from, n, together, blocks > 1, scratch.at(),
                    scratch.steps());
            unit += together;
        }
    }

    /// The element with which the memory of a target begins.
    private long base(int target, long first) {
        return targets.get(target).ofBlock() ? first * targets.get(target).perRow() : 0;
    }

    private void aim(Scratch scratch, int target, long at, long step) {
        int size = targets.get(target).size();
        scratch.at()[target] = at * size;
        scratch.steps()[target] = step * size;
    }
}
