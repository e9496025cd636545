package dev.cajal.cpu.codegen;

import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The scalar parts of kernels.
final class LaneSupport {
    private LaneSupport() {}

    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /// A NaN that, as an ordered int, is below all other floats.
    static final int NEGATIVE_NAN = 0xffc00000;
    private static final int HALF = ReductionOrder.LANES / 2;

    static float getFloat(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }

    static int getInt(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, at);
    }

    static int getByte(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    static void putFloat(float value, MemorySegment memory, long at) {
        memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, value);
    }

    static void putInt(int value, MemorySegment memory, long at) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
    }

    static void putTruth(int value, MemorySegment memory, long at) {
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    // The virtual lanes folded by halves, as ReductionOrder says.

    static float foldSum(float[] lanes, int from) {
        for (int half = HALF; half > 0; half >>= 1) {
            for (int j = from; j < from + half; j++) {
                lanes[j] += lanes[j + half];
            }
        }
        return lanes[from];
    }

    static float foldProduct(float[] lanes, int from) {
        for (int half = HALF; half > 0; half >>= 1) {
            for (int j = from; j < from + half; j++) {
                lanes[j] *= lanes[j + half];
            }
        }
        return lanes[from];
    }

    static int foldSum(int[] lanes, int from) {
        int sum = 0;
        for (int j = from; j < from + ReductionOrder.LANES; j++) {
            sum += lanes[j];
        }
        return sum;
    }

    static int foldProduct(int[] lanes, int from) {
        int product = 1;
        for (int j = from; j < from + ReductionOrder.LANES; j++) {
            product *= lanes[j];
        }
        return product;
    }

    static int foldMax(int[] lanes, int from) {
        int max = Integer.MIN_VALUE;
        for (int j = from; j < from + ReductionOrder.LANES; j++) {
            max = Math.max(max, lanes[j]);
        }
        return max;
    }

    static int foldMin(int[] lanes, int from) {
        int min = Integer.MAX_VALUE;
        for (int j = from; j < from + ReductionOrder.LANES; j++) {
            min = Math.min(min, lanes[j]);
        }
        return min;
    }

    static int foldAnd(int[] lanes, int from) {
        int and = -1;
        for (int j = from; j < from + ReductionOrder.LANES; j++) {
            and &= lanes[j];
        }
        return and;
    }

    static int foldOr(int[] lanes, int from) {
        int or = 0;
        for (int j = from; j < from + ReductionOrder.LANES; j++) {
            or |= lanes[j];
        }
        return or;
    }

    /// The float whose bits were turned into an int that is ordered as [Math#max] orders floats: all but the sign flipped where
    /// it is negative.
    static float ofOrderedBits(int ordered) {
        return Float.intBitsToFloat(ordered ^ (ordered >> 31) >>> 1);
    }
}
