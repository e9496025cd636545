package dev.cajal.cpu.loop;

import dev.cajal.type.DType;

/// The registers of a loop program: short arrays that stay in the first-level cache. Each instruction reads some and writes one, [#LENGTH]
/// elements at most at a time.
final class Registers {
    /// Elements of a register. A divisor of the block of [dev.cajal.cpu.reduce.ReductionOrder].
    static final int LENGTH = 512;

    /// The Java type that elements have in a register.
    enum Kind {
        FLOAT, DOUBLE, INT, LONG;

        /// bf16 is computed as float and rounded after each operation; bytes and truth values are ints.
        static Kind of(DType dtype) {
            return switch (dtype) {
                case F32, BF16 -> FLOAT;
                case F64 -> DOUBLE;
                case I32, U8, BOOL -> INT;
                case I64 -> LONG;
            };
        }
    }

    final float[][] floats;
    final double[][] doubles;
    final int[][] ints;
    final long[][] longs;
    /// For loads and stores of bytes and shorts.
    final byte[] bytes = new byte[LENGTH];
    final short[] shorts = new short[LENGTH];

    /// @param counts registers of each kind
    Registers(int[] counts) {
        floats = new float[counts[Kind.FLOAT.ordinal()]][LENGTH];
        doubles = new double[counts[Kind.DOUBLE.ordinal()]][LENGTH];
        ints = new int[counts[Kind.INT.ordinal()]][LENGTH];
        longs = new long[counts[Kind.LONG.ordinal()]][LENGTH];
    }
}
