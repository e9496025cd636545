package dev.cajal.cpu.codegen;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/// Vectors at the edge of a row, of which only some lanes are elements. For kernels to call; loaded by kernels only.
///
/// There are no masks here. The Vector API's reads and writes with masks are written so that the JVM compiles and discards them dozens of times before a
/// kernel is warm: a quarter of all its work in the first ten seconds of a training. So a vector is read as a whole where there is memory enough, and goes element by
/// element through an array where there is not, and when it is written.
final class LaneEdges {
    private LaneEdges() {}

    /// The elements from a place on; other lanes are anything.
    ///
    /// @param left how many lanes are elements; at most 0 if none is
    static FloatVector loadFloats(VectorSpecies<Float> species, MemorySegment row, long at, int left, LaneFrame frame) {
        if (at <= row.byteSize() - species.vectorByteSize()) {
            return FloatVector.fromMemorySegment(species, row, at, LaneSupport.ORDER);
        }
        float[] edge = frame.floatEdge;
        for (int i = 0; i < left; i++) {
            edge[i] = row.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES);
        }
        return FloatVector.fromArray(species, edge, 0);
    }

    /// As [#loadFloats].
    static IntVector loadInts(VectorSpecies<Integer> species, MemorySegment row, long at, int left, LaneFrame frame) {
        if (at <= row.byteSize() - species.vectorByteSize()) {
            return IntVector.fromMemorySegment(species, row, at, LaneSupport.ORDER);
        }
        int[] edge = frame.intEdge;
        for (int i = 0; i < left; i++) {
            edge[i] = row.get(ValueLayout.JAVA_INT_UNALIGNED, at + (long) i * Integer.BYTES);
        }
        return IntVector.fromArray(species, edge, 0);
    }

    /// Writes the lanes that are elements.
    static void store(FloatVector vector, MemorySegment row, long at, int left, LaneFrame frame) {
        float[] edge = frame.floatEdge;
        vector.intoArray(edge, 0);
        for (int i = 0; i < left; i++) {
            row.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + (long) i * Float.BYTES, edge[i]);
        }
    }

    /// Writes the lanes that are elements.
    static void store(IntVector vector, MemorySegment row, long at, int left, LaneFrame frame) {
        int[] edge = frame.intEdge;
        vector.intoArray(edge, 0);
        for (int i = 0; i < left; i++) {
            row.set(ValueLayout.JAVA_INT_UNALIGNED, at + (long) i * Integer.BYTES, edge[i]);
        }
    }

    /// Writes the lanes that are elements.
    static void store(ShortVector vector, MemorySegment row, long at, int left, LaneFrame frame) {
        short[] edge = frame.shortEdge;
        vector.intoArray(edge, 0);
        for (int i = 0; i < left; i++) {
            row.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + (long) i * Short.BYTES, edge[i]);
        }
    }
}
