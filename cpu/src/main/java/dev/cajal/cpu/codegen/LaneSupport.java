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

    // The sixteen virtual lanes folded by halves, as ReductionOrder says. Written out: as loops over an array that they change they take several times as long, which rows of a few elements
    // consist of.

    static float foldSum(float[] lanes, int from) {
        float even = quarterOfSum(lanes, from) + quarterOfSum(lanes, from + 2);
        float odd = quarterOfSum(lanes, from + 1) + quarterOfSum(lanes, from + 3);
        return even + odd;
    }

    private static float quarterOfSum(float[] lanes, int from) {
        return lanes[from] + lanes[from + 8] + (lanes[from + 4] + lanes[from + 12]);
    }

    static float foldProduct(float[] lanes, int from) {
        float even = quarterOfProduct(lanes, from) * quarterOfProduct(lanes, from + 2);
        float odd = quarterOfProduct(lanes, from + 1) * quarterOfProduct(lanes, from + 3);
        return even * odd;
    }

    private static float quarterOfProduct(float[] lanes, int from) {
        return lanes[from] * lanes[from + 8] * (lanes[from + 4] * lanes[from + 12]);
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
        int first = Math.max(quarterOfMax(lanes, from), quarterOfMax(lanes, from + 1));
        return Math.max(first, Math.max(quarterOfMax(lanes, from + 2), quarterOfMax(lanes, from + 3)));
    }

    private static int quarterOfMax(int[] lanes, int from) {
        return Math.max(Math.max(lanes[from], lanes[from + 4]), Math.max(lanes[from + 8], lanes[from + 12]));
    }

    static int foldMin(int[] lanes, int from) {
        int first = Math.min(quarterOfMin(lanes, from), quarterOfMin(lanes, from + 1));
        return Math.min(first, Math.min(quarterOfMin(lanes, from + 2), quarterOfMin(lanes, from + 3)));
    }

    private static int quarterOfMin(int[] lanes, int from) {
        return Math.min(Math.min(lanes[from], lanes[from + 4]), Math.min(lanes[from + 8], lanes[from + 12]));
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
