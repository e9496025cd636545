package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// One row by four vectors: a vector times a matrix.
final class Tile1x4 {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final long BYTES = S.vectorByteSize();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    static final int ROWS = 1;
    static final int VECTORS = 4;

    private Tile1x4() {}

    /// See [VectorTiles#run].
    static void run(int k, MemorySegment a, long a0, long kStep, MemorySegment b, long bOffset, long bStep,
            float[] tile) {
        FloatVector c00 = FloatVector.fromArray(S, tile, 0);
        FloatVector c01 = FloatVector.fromArray(S, tile, W);
        FloatVector c02 = FloatVector.fromArray(S, tile, 2 * W);
        FloatVector c03 = FloatVector.fromArray(S, tile, 3 * W);
        for (int p = 0; p < k; p++) {
            long ap = p * kStep;
            long bp = bOffset + p * bStep;
            FloatVector b0 = FloatVector.fromMemorySegment(S, b, bp, NATIVE);
            FloatVector b1 = FloatVector.fromMemorySegment(S, b, bp + BYTES, NATIVE);
            FloatVector b2 = FloatVector.fromMemorySegment(S, b, bp + 2 * BYTES, NATIVE);
            FloatVector b3 = FloatVector.fromMemorySegment(S, b, bp + 3 * BYTES, NATIVE);
            FloatVector x0 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a0 + ap));
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            c02 = x0.fma(b2, c02);
            c03 = x0.fma(b3, c03);
        }
        c00.intoArray(tile, 0);
        c01.intoArray(tile, W);
        c02.intoArray(tile, 2 * W);
        c03.intoArray(tile, 3 * W);
    }
}
