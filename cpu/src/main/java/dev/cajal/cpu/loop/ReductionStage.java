package dev.cajal.cpu.loop;

import dev.cajal.cpu.thread.WorkerPool;
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
}
