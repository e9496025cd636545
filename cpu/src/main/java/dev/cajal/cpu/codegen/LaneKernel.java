package dev.cajal.cpu.codegen;

/// Runs a [LaneProgram]. Has no state: any number of threads may run it, each with a frame of its own.
@FunctionalInterface
public interface LaneKernel {
    /// Runs rows, one after the other.
    ///
    /// @param rows how many
    /// @param count elements of a row
    void run(LaneFrame frame, long rows, int count);
}
