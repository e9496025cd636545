package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Six rows by four vectors: 24 accumulators, for machines with 32 vector registers.
final class Tile6x4 {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final long BYTES = S.vectorByteSize();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    static final int ROWS = 6;
    static final int VECTORS = 4;

    private Tile6x4() {}

    /// See [VectorTiles#run].
    static void run(int k, MemorySegment a, long a0, long rowStep, long kStep, int lastRow, MemorySegment b,
            long bOffset, long bStep, float[] tile) {
        long a1 = a0 + Math.min(1, lastRow) * rowStep;
        long a2 = a0 + Math.min(2, lastRow) * rowStep;
        long a3 = a0 + Math.min(3, lastRow) * rowStep;
        long a4 = a0 + Math.min(4, lastRow) * rowStep;
        long a5 = a0 + Math.min(5, lastRow) * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, tile, 0);
        FloatVector c01 = FloatVector.fromArray(S, tile, W);
        FloatVector c02 = FloatVector.fromArray(S, tile, 2 * W);
        FloatVector c03 = FloatVector.fromArray(S, tile, 3 * W);
        FloatVector c10 = FloatVector.fromArray(S, tile, 4 * W);
        FloatVector c11 = FloatVector.fromArray(S, tile, 5 * W);
        FloatVector c12 = FloatVector.fromArray(S, tile, 6 * W);
        FloatVector c13 = FloatVector.fromArray(S, tile, 7 * W);
        FloatVector c20 = FloatVector.fromArray(S, tile, 8 * W);
        FloatVector c21 = FloatVector.fromArray(S, tile, 9 * W);
        FloatVector c22 = FloatVector.fromArray(S, tile, 10 * W);
        FloatVector c23 = FloatVector.fromArray(S, tile, 11 * W);
        FloatVector c30 = FloatVector.fromArray(S, tile, 12 * W);
        FloatVector c31 = FloatVector.fromArray(S, tile, 13 * W);
        FloatVector c32 = FloatVector.fromArray(S, tile, 14 * W);
        FloatVector c33 = FloatVector.fromArray(S, tile, 15 * W);
        FloatVector c40 = FloatVector.fromArray(S, tile, 16 * W);
        FloatVector c41 = FloatVector.fromArray(S, tile, 17 * W);
        FloatVector c42 = FloatVector.fromArray(S, tile, 18 * W);
        FloatVector c43 = FloatVector.fromArray(S, tile, 19 * W);
        FloatVector c50 = FloatVector.fromArray(S, tile, 20 * W);
        FloatVector c51 = FloatVector.fromArray(S, tile, 21 * W);
        FloatVector c52 = FloatVector.fromArray(S, tile, 22 * W);
        FloatVector c53 = FloatVector.fromArray(S, tile, 23 * W);
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
            FloatVector x1 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a1 + ap));
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            c12 = x1.fma(b2, c12);
            c13 = x1.fma(b3, c13);
            FloatVector x2 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a2 + ap));
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            c22 = x2.fma(b2, c22);
            c23 = x2.fma(b3, c23);
            FloatVector x3 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a3 + ap));
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            c32 = x3.fma(b2, c32);
            c33 = x3.fma(b3, c33);
            FloatVector x4 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a4 + ap));
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            c42 = x4.fma(b2, c42);
            c43 = x4.fma(b3, c43);
            FloatVector x5 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a5 + ap));
            c50 = x5.fma(b0, c50);
            c51 = x5.fma(b1, c51);
            c52 = x5.fma(b2, c52);
            c53 = x5.fma(b3, c53);
        }
        c00.intoArray(tile, 0);
        c01.intoArray(tile, W);
        c02.intoArray(tile, 2 * W);
        c03.intoArray(tile, 3 * W);
        c10.intoArray(tile, 4 * W);
        c11.intoArray(tile, 5 * W);
        c12.intoArray(tile, 6 * W);
        c13.intoArray(tile, 7 * W);
        c20.intoArray(tile, 8 * W);
        c21.intoArray(tile, 9 * W);
        c22.intoArray(tile, 10 * W);
        c23.intoArray(tile, 11 * W);
        c30.intoArray(tile, 12 * W);
        c31.intoArray(tile, 13 * W);
        c32.intoArray(tile, 14 * W);
        c33.intoArray(tile, 15 * W);
        c40.intoArray(tile, 16 * W);
        c41.intoArray(tile, 17 * W);
        c42.intoArray(tile, 18 * W);
        c43.intoArray(tile, 19 * W);
        c50.intoArray(tile, 20 * W);
        c51.intoArray(tile, 21 * W);
        c52.intoArray(tile, 22 * W);
        c53.intoArray(tile, 23 * W);
    }
}
