package dev.cajal.cpu.loop;

/// One operation on the first elements of registers.
@FunctionalInterface
interface Kernel {
    /// @param t the register that is written
    /// @param a the first operand
    /// @param b the second one; any number if there is none
    /// @param c the third one; any number if there is none
    /// @param n how many elements
    void run(Registers r, int t, int a, int b, int c, int n);
}
