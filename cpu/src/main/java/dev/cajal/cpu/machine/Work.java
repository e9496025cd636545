package dev.cajal.cpu.machine;

/// Something that one thread does again and again, to see how fast it can.
@FunctionalInterface
interface Work {
    /// Does a piece of it.
    ///
    /// @param size how large the piece is; time grows with it in proportion
    /// @return how much was done: operations, or bytes
    double run(int size);
}
