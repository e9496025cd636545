package dev.cajal.cpu.loop;

import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/// One stage of a reduction: each block of a row, or of the rows of a matrix, becomes one value, or one row of values. Where there are several
/// blocks their values are the input of another stage, as [ReductionOrder] says.
///
/// @param program computes the elements; its last loop is the row, or of a stage over columns its last two are rows and columns
/// @param register where the program leaves an element
/// @param spare a register to accumulate in
/// @param reducer what is done
/// @param dtype of the elements
/// @param columns whether each column is reduced over its rows, rather than each row
/// @param target the slot of the result, dense
record ReductionStage(
        LoopProgram program, int register, int spare, Reducer reducer, DType dtype, boolean columns, int target) {
    private static final long TASK = 16_384;

    /// How many elements become one.
    int reduced() {
        return program.dim(program.rank() - (columns ? 2 : 1));
    }

    /// How many blocks they are in.
    int blocks() {
        return columns ? ReductionOrder.rowBlocks(reduced()) : ReductionOrder.blocks(reduced());
    }

    /// How many rows or matrices there are.
    long count() {
        long count = 1;
        for (int i = 0; i < program.rank() - (columns ? 2 : 1); i++) {
            count *= program.dim(i);
        }
        return count;
    }

    /// Columns of a matrix; 1 for rows.
    int width() {
        return columns ? program.rowLength() : 1;
    }

    void run(IntFunction<MemorySegment> memory) {
        long units = count() * blocks();
        long work = Math.max(1,
                (long) Math.min(reduced(), columns ? ReductionOrder.ROW_BLOCK : ReductionOrder.BLOCK) * width());
        long perTask = Math.max(1, TASK / work);
        WorkerPool.shared().run(Math.toIntExact(Math.ceilDiv(units, perTask)), task -> {
            Registers registers = program.lease();
            Lanes lanes = Lanes.of(reducer, dtype);
            long last = Math.min(units, (task + 1) * perTask);
            for (long unit = task * perTask; unit < last; unit++) {
                if (columns) {
                    columnBlock(memory, unit, registers);
                } else {
                    rowBlock(memory, unit, registers, lanes);
                }
            }
            program.giveBack(registers);
        });
    }

    private void rowBlock(IntFunction<MemorySegment> memory, long unit, Registers registers, Lanes lanes) {
        int blocks = blocks();
        int from = (int) (unit % blocks) * ReductionOrder.BLOCK;
        int to = Math.min(reduced(), from + ReductionOrder.BLOCK);
        long[] indices = new long[program.rank() - 1];
        program.indices(unit / blocks, indices);
        lanes.start();
        for (int at = from; at < to; at += Registers.LENGTH) {
            int n = Math.min(Registers.LENGTH, to - at);
            program.run(memory, indices, at, n, registers);
            lanes.add(registers, register, n);
        }
        lanes.finish(registers, spare);
        Access.store(memory.apply(target), dtype, unit, registers, spare, 1);
    }

    private void columnBlock(IntFunction<MemorySegment> memory, long unit, Registers registers) {
        int blocks = blocks();
        int from = (int) (unit % blocks) * ReductionOrder.ROW_BLOCK;
        int to = Math.min(reduced(), from + ReductionOrder.ROW_BLOCK);
        long matrix = unit / blocks;
        long[] indices = new long[program.rank() - 1];
        Kernel combine = Kernels.combiner(reducer, dtype);
        for (int column = 0; column < width(); column += Registers.LENGTH) {
            int n = Math.min(Registers.LENGTH, width() - column);
            LoopProgram.fill(dtype, Lanes.identityBits(reducer, dtype), registers, spare, n);
            for (int row = from; row < to; row++) {
                program.indices(matrix * reduced() + row, indices);
                program.run(memory, indices, column, n, registers);
                combine.run(registers, spare, spare, register, 0, n);
            }
            Access.store(memory.apply(target), dtype, unit * width() + column, registers, spare, n);
        }
    }
}
