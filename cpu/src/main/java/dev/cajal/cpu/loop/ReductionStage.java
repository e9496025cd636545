package dev.cajal.cpu.loop;

import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/// One stage of a reduction: each block of a row, or of the rows of a matrix, becomes one value, or one row of values. Where there are several
/// blocks their values are the input of another stage, as [dev.cajal.cpu.reduce.ReductionOrder] says.
sealed interface ReductionStage permits RowReduction, ColumnReduction {
    /// Elements that are worth a task of its own.
    long TASK = 16_384;

    /// The stage over some memory, to be run over and over, one run at a time.
    ///
    /// @param memory of the slots; may differ from run to run
    /// @param task elements that are worth a task of its own
    Runnable bind(IntFunction<MemorySegment> memory, WorkerPool pool, long task);

    /// In how many blocks what becomes one value is.
    int blocks();

    /// A stage.
    ///
    /// @param program computes the elements; its last loop is the row, or of a stage over columns its last two are rows and columns
    /// @param register where the program leaves an element
    /// @param spare a register of that type which the program does not use
    /// @param columns whether each column is reduced over its rows, rather than each row
    /// @param target the slot of the result, dense
    static ReductionStage of(
            LoopProgram program, int register, int spare, Reducer reducer, DType dtype, boolean columns, int target) {
        return columns
                ? new ColumnReduction(program, register, spare, reducer, dtype, target)
                : new RowReduction(program, register, spare, reducer, dtype, target);
    }
}
