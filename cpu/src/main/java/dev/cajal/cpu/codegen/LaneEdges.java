package dev.cajal.cpu.codegen;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Vectors at the edge of a row, of which only some lanes are elements. For kernels to call.
///
/// There are no masks here. The Vector API's reads and writes with masks are written so that the JVM compiles and discards them dozens of times before a
/// kernel is warm: a quarter of all its work in the first ten seconds of a training. So a vector is read as a whole where there is memory enough, and goes element by
/// element through an array of the frame where there is not, and when it is written. Kernels themselves move it between array and register:
/// the compiler does not take every call into a long kernel, and makes an object of each vector that passes through one it did not take.
final class LaneEdges {
    private LaneEdges() {}

    /// Whether a whole vector can be read.
    ///
    /// @param bytes of a vector
    static boolean hasWhole(MemorySegment memory, long at, int bytes) {
        return at <= memory.byteSize() - bytes;
    }

    /// Reads the elements into the frame; other lanes there are anything.
    ///
    /// @param left how many lanes are elements; at most 0 if none is
    static void loadFloats(LaneFrame frame, MemorySegment memory, long at, int left) {
        for (int i = 0; i < left; i++) {
            frame.floatEdge[i] = memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
        }
    }

    /// As [#loadFloats].
    static void loadInts(LaneFrame frame, MemorySegment memory, long at, int left) {
        for (int i = 0; i < left; i++) {
            frame.intEdge[i] = memory.get(ValueLayout.JAVA_INT_UNALIGNED, at + (long) i * Integer.BYTES);
        }
    }

    /// Writes the lanes that are elements from the frame.
    ///
    /// @param left how many lanes are elements; at most 0 if none is
    static void storeFloats(LaneFrame frame, MemorySegment memory, long at, int left) {
        for (int i = 0; i < left; i++) {
            memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, frame.floatEdge[i]);
        }
    }

    /// As [#storeFloats].
    static void storeInts(LaneFrame frame, MemorySegment memory, long at, int left) {
        for (int i = 0; i < left; i++) {
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, at + (long) i * Integer.BYTES, frame.intEdge[i]);
        }
    }

    /// As [#storeFloats].
    static void storeShorts(LaneFrame frame, MemorySegment memory, long at, int left) {
        for (int i = 0; i < left; i++) {
            memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + (long) i * Short.BYTES, frame.shortEdge[i]);
        }
    }
}
