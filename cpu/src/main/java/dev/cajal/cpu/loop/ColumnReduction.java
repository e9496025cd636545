package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Each block of rows of a matrix becomes one row. Tasks are pieces of that row, so that a matrix with few blocks gives work to all threads too.
final class ColumnReduction implements ReductionStage {
    /// Columns of a task: at least so many that each row is worth a look, at most so many that the sums stay in the first-level cache.
    private static final int FEWEST = 128;
    private static final int MOST = 2048;
    /// So many blocks are work for all threads without cutting rows: memory is read fastest along whole rows.
    private static final int MANY_BLOCKS = 8;

    private final LoopProgram program;
    private final int rows;
    private final long matrices;
    private final LoopBody body;
    private final DType dtype;
    private final int register;
    private final int spare;
    private final int target;
    /// Whether the last kernel of the body accumulates in memory; else that is done outside of it, in a register.
    private final boolean inKernel;
    private final Kernel combine;
    private final long identity;

    /// @param rows that become one; the last loops around the columns, one or several
    /// @param matrices of so many rows
    ColumnReduction(LoopProgram program, int register, int spare, Reducer reducer, DType dtype, int target, int rows,
            long matrices) {
        this.program = program;
        this.rows = rows;
        this.matrices = matrices;
        this.dtype = dtype;
        this.register = register;
        this.spare = spare;
        this.target = target;
        this.inKernel = LaneFit.inMemory(dtype);
        this.combine = Kernels.combiner(reducer, dtype);
        this.identity = Lanes.identityBits(reducer, dtype);
        this.body = inKernel
                ? LoopCutter.cut(program, List.of(new Ending.Accumulate(dtype, register, reducer, target)),
                        Registers.LENGTH, Set.of())
                : LoopCutter.cut(program, List.of(new Ending.Keep(dtype, register)), Registers.LENGTH,
                        Set.of(Registers.Name.of(dtype, spare)));
    }

    private int columns() {
        return program.rowLength();
    }

    @Override
    public int blocks() {
        return ReductionOrder.rowBlocks(rows);
    }

    @Override
    public Runnable bind(IntFunction<MemorySegment> memory, WorkerPool pool, long task) {
        long units = matrices * blocks();
        if (units == 0 || columns() == 0) {
            return () -> {};
        }
        int rowsOfBlock = Math.max(1, Math.min(rows, ReductionOrder.ROW_BLOCK));
        int width = units >= MANY_BLOCKS ? MOST : Math.clamp(task / rowsOfBlock, FEWEST, MOST);
        int pieces = Math.ceilDiv(columns(), width);
        long unit = (long) rowsOfBlock * Math.min(columns(), width);
        long perTask = Math.max(1, task / unit);
        long all = units * pieces;
        LaneKernel[] kernels = body.kernels(0);
        int tasks = Math.toIntExact(Math.ceilDiv(all, perTask));
        TaskBody work = number -> {
            Workspace workspace = body.lease();
            long last = Math.min(all, (number + 1) * perTask);
            for (long i = number * perTask; i < last; i++) {
                int from = (int) (i % pieces) * width;
                block(memory, kernels, workspace, i / pieces, from, Math.min(columns(), from + width));
            }
            body.giveBack(workspace);
        };
        return () -> {
            body.kernels(program.rows() * columns(), kernels);
            pool.run(tasks, work);
        };
    }

    /// Columns `from` to `to` of one block.
    private void block(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, long unit,
            int from, int to) {
        int first = (int) (unit % blocks()) * ReductionOrder.ROW_BLOCK;
        int count = Math.min(rows - first, ReductionOrder.ROW_BLOCK);
        long firstRow = unit / blocks() * rows + first;
        int chunk = inKernel ? body.chunk() : Registers.LENGTH;
        for (int column = from; column < to;) {
            int n = Math.min(chunk, to - column);
            if (inKernel) {
                inMemory(memory, kernels, workspace, firstRow, count, column, n, unit * columns() + column);
            } else {
                inRegister(memory, kernels, workspace, firstRow, count, column, n);
                Access.store(memory.apply(target), dtype, unit * columns() + column, workspace.registers(), spare, n);
            }
            column += n;
        }
    }

    private void inMemory(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace, long firstRow,
            int count, int column, int n, long at) {
        MemorySegment sums = memory.apply(target);
        int start = (int) identity;
        for (int i = 0; i < n; i++) {
            sums.set(ValueLayout.JAVA_INT_UNALIGNED, (at + i) * Integer.BYTES, start);
        }
        int group = program.group();
        int together;
        for (int row = 0; row < count; row += together) {
            together = body.direct() ? (int) Math.min(count - row, group - (firstRow + row) % group) : 1;
            program.indices(firstRow + row, workspace.indices());
            body.reduce(memory, kernels, workspace, column, n, together, false, at * Integer.BYTES, 0);
        }
    }

    private void inRegister(IntFunction<MemorySegment> memory, LaneKernel[] kernels, Workspace workspace,
            long firstRow, int count, int column, int n) {
        Registers registers = workspace.registers();
        PlainStage.fill(dtype, identity, registers, spare, n);
        for (int row = 0; row < count; row++) {
            program.indices(firstRow + row, workspace.indices());
            body.run(memory, kernels, workspace, column, n, 1);
            combine.run(registers, spare, spare, register, 0, n);
        }
    }
}
