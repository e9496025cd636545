package dev.cajal.cpu.codegen;

import dev.cajal.cpu.reduce.ReductionOrder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The scalar parts of kernels.
///
/// The ends of rows are among them: an access with a mask is a few instructions, but hundreds for the JVM's first compiler, which refuses a kernel with
/// six of them ("out of virtual registers"); where that happens at an unlucky moment the method never reaches the second compiler. No vector is
/// passed to or from a method here, which would make it an object wherever the compiler does not take the method into the kernel.
final class LaneSupport {
    private LaneSupport() {}

    static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /// A NaN that, as an ordered int, is below all other floats.
    static final int NEGATIVE_NAN = 0xffc00000;
    private static final int HALF = ReductionOrder.LANES / 2;

    /// The memory from which a whole vector at the end of a row can be read; where it begins there is in the frame. What is read beyond the row is
    /// anything, for lanes that nobody looks at: other elements, or, where the memory ends, what was left in a copy.
    ///
    /// @param element the first one, in its row
    /// @param count elements of a row
    static MemorySegment tailMemory(LaneFrame frame, int port, long row, int element, int count) {
        MemorySegment memory = frame.memory[port];
        long start = frame.offsets[port] + row * frame.steps[port] + (long) element * Integer.BYTES;
        if (start + LaneFrame.WIDEST > memory.byteSize()) {
            return copiedTail(frame, memory, start, count - element);
        }
        frame.tailStart = start;
        return memory;
    }

    /// Not written into the method above: rarely called, and long, so that the compiler leaves it out of kernels.
    private static MemorySegment copiedTail(LaneFrame frame, MemorySegment memory, long start, int count) {
        MemorySegment copy = frame.tail();
        frame.tailStart = 0;
        if (count > 0) {
            MemorySegment.copy(memory, start, copy, 0, Math.min((long) count * Integer.BYTES, LaneFrame.WIDEST));
        }
        return copy;
    }

    /// Writes the last elements of a row.
    ///
    /// @param element the first one, in its row
    /// @param count elements of a row
    /// @param lanes of a vector
    static void putFloats(LaneFrame frame, int port, long row, int element, int count, int lanes) {
        long start = frame.offsets[port] + row * frame.steps[port] + (long) element * Float.BYTES;
        int n = Math.min(count - element, lanes);
        if (n > 0) {
            MemorySegment.copy(frame.lastFloats, 0, frame.memory[port], ValueLayout.JAVA_FLOAT_UNALIGNED, start, n);
        }
    }

    /// Writes the last elements of a row.
    ///
    /// @param element the first one, in its row
    /// @param count elements of a row
    /// @param lanes of a vector
    static void putInts(LaneFrame frame, int port, long row, int element, int count, int lanes) {
        long start = frame.offsets[port] + row * frame.steps[port] + (long) element * Integer.BYTES;
        int n = Math.min(count - element, lanes);
        if (n > 0) {
            MemorySegment.copy(frame.lastInts, 0, frame.memory[port], ValueLayout.JAVA_INT_UNALIGNED, start, n);
        }
    }

    static float getFloat(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }

    static int getInt(MemorySegment memory, long at) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, at);
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
