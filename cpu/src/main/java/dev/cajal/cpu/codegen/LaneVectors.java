package dev.cajal.cpu.codegen;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Operations that take several vector instructions, each a [StraightLine] for kernels.
final class LaneVectors {
    private LaneVectors() {}

    private static final int LOW_BITS = Integer.SIZE - 1;
    private static final int BF16_BITS = 0xffff0000;
    private static final int BF16_HALF = 0x7fff;

    /// -1, 0 or 1.
    static IntVector sign(IntVector x) {
        return x.min(1).max(-1);
    }

    /// 0 where `b` is outside [0, 32).
    static IntVector shiftLeft(IntVector a, IntVector b) {
        return a.lanewise(VectorOperators.LSHL, b).blend(0, outside(b));
    }

    /// 0 where `b` is outside [0, 32).
    static IntVector shiftRightLogical(IntVector a, IntVector b) {
        return a.lanewise(VectorOperators.LSHR, b).blend(0, outside(b));
    }

    /// All sign where `b` is outside [0, 32).
    static IntVector shiftRightArithmetic(IntVector a, IntVector b) {
        return a.lanewise(VectorOperators.ASHR, b.blend(LOW_BITS, outside(b)));
    }

    private static VectorMask<Integer> outside(IntVector b) {
        return b.and(~LOW_BITS).compare(VectorOperators.NE, 0);
    }

    /// The nearest number of bfloat16, ties to even.
    static FloatVector roundToBf16(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, Short.SIZE).and(1);
        FloatVector rounded = bits.add(odd).add(BF16_HALF).and(BF16_BITS).reinterpretAsFloats();
        return rounded.blend(Float.NaN, x.compare(VectorOperators.NE, x));
    }

    /// Ints that are ordered as [Math#max] orders floats.
    static IntVector keysForMax(FloatVector x) {
        return keys(x.blend(Float.NaN, x.compare(VectorOperators.NE, x)));
    }

    /// Ints that are ordered as [Math#min] orders floats.
    static IntVector keysForMin(FloatVector x) {
        return keys(x.blend(Float.intBitsToFloat(LaneSupport.NEGATIVE_NAN), x.compare(VectorOperators.NE, x)));
    }

    private static IntVector keys(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector flipped = bits.lanewise(VectorOperators.ASHR, LOW_BITS).lanewise(VectorOperators.LSHR, 1);
        return bits.lanewise(VectorOperators.XOR, flipped);
    }
}
