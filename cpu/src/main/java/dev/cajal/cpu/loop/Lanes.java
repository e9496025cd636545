package dev.cajal.cpu.loop;

import dev.cajal.cpu.loop.Registers.Kind;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;

/// The virtual lanes in which a row is reduced; see [dev.cajal.cpu.reduce.ReductionOrder].
interface Lanes {
    /// Begins a block: all lanes have the identity.
    void start();

    /// Adds elements, the first to lane 0. All calls but the last of a block bring a multiple of the number of lanes.
    void add(Registers r, int register, int n);

    /// Folds the lanes and leaves the result in the first element of a register.
    void finish(Registers r, int register);

    /// Lanes for an element type.
    static Lanes of(Reducer reducer, DType dtype) {
        double identity = identity(reducer, dtype);
        return switch (Kind.of(dtype)) {
            case FLOAT -> new FloatLanes(reducer, (float) identity);
            case DOUBLE -> new DoubleLanes(reducer, identity);
            case INT -> new IntLanes(reducer, (int) identityBits(reducer, dtype));
            case LONG -> new LongLanes(reducer, identityBits(reducer, dtype));
        };
    }

    /// The bits of what a reduction starts from.
    static long identityBits(Reducer reducer, DType dtype) {
        if (dtype.isFloating()) {
            return Literal.encode(dtype, identity(reducer, dtype));
        }
        boolean truth = dtype == DType.BOOL;
        long largest = switch (dtype) {
            case BOOL -> 1;
            case U8 -> 0xff;
            case I32 -> Integer.MAX_VALUE;
            case I64 -> Long.MAX_VALUE;
            case F32, F64, BF16 -> throw new AssertionError(dtype);
        };
        long smallest = switch (dtype) {
            case BOOL, U8 -> 0;
            case I32 -> Integer.MIN_VALUE;
            case I64 -> Long.MIN_VALUE;
            case F32, F64, BF16 -> throw new AssertionError(dtype);
        };
        return switch (reducer) {
            case SUM, OR -> 0;
            case PRODUCT -> 1;
            case MAX -> smallest;
            case MIN -> largest;
            case AND -> truth || dtype == DType.U8 ? largest : -1;
        };
    }

    private static double identity(Reducer reducer, DType dtype) {
        if (!dtype.isFloating()) {
            return 0;
        }
        return switch (reducer) {
            case SUM -> 0;
            case PRODUCT -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
            case AND, OR -> throw new AssertionError(reducer);
        };
    }
}
