package dev.cajal.cpu.codegen;

import dev.cajal.ir.Reducer;

/// What becomes of a value at the end of a [LaneProgram]'s body.
public sealed interface LaneEnding {
    /// The position of the instruction.
    int value();

    /// Consecutive elements are written to memory.
    record Store(int port, int value) implements LaneEnding {}

    /// The upper halves of consecutive floats are written to memory: numbers of bfloat16, where they have been rounded before.
    record StoreUpperHalf(int port, int value) implements LaneEnding {}

    /// Consecutive elements are written to a register, an array of Java's. Truth values are ints, 0 or 1.
    ///
    /// @param register the number of the array in the frame
    record Write(int register, int value) implements LaneEnding {}

    /// Elements are combined into those that memory has: column by column where the port's step is 0.
    record Accumulate(int port, Reducer reducer, int value) implements LaneEnding {}

    /// All elements of a row become one, which is written to memory.
    record Reduce(int port, Reducer reducer, int value) implements LaneEnding {}
}
