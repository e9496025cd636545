package dev.cajal.cpu.loop;

import dev.cajal.type.DType;
import java.util.Arrays;
import java.util.Collection;

/// The registers of a fused loop: short arrays that stay in the first-level cache. Each instruction reads some and writes one.
final class Registers {
    /// Elements of a register, unless a whole block of a reduction is to fit in. A divisor of that block.
    static final int LENGTH = 512;

    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

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

    /// The name of a register.
    record Name(Kind kind, int number) {
        static Name of(DType dtype, int number) {
            return new Name(Kind.of(dtype), number);
        }

        static Name of(Instruction instruction) {
            return of(instruction.dtype(), instruction.target());
        }
    }

    final float[][] floats;
    final double[][] doubles;
    final int[][] ints;
    final long[][] longs;
    /// For loads and stores of bytes and shorts.
    final byte[] bytes;
    final short[] shorts;

    /// @param length elements of a register
    /// @param names of the registers that are used
    Registers(int length, Collection<Name> names) {
        floats = new float[count(names, Kind.FLOAT)][];
        doubles = new double[count(names, Kind.DOUBLE)][];
        ints = new int[count(names, Kind.INT)][];
        longs = new long[count(names, Kind.LONG)][];
        Arrays.fill(floats, NO_FLOATS);
        Arrays.fill(doubles, NO_DOUBLES);
        Arrays.fill(ints, NO_INTS);
        Arrays.fill(longs, NO_LONGS);
        bytes = new byte[length];
        shorts = new short[length];
        for (Name name : names) {
            switch (name.kind()) {
                case FLOAT -> floats[name.number()] = new float[length];
                case DOUBLE -> doubles[name.number()] = new double[length];
                case INT -> ints[name.number()] = new int[length];
                case LONG -> longs[name.number()] = new long[length];
            }
        }
    }

    private static int count(Collection<Name> names, Kind kind) {
        return names.stream().filter(name -> name.kind() == kind).mapToInt(Name::number).max().orElse(-1) + 1;
    }
}
