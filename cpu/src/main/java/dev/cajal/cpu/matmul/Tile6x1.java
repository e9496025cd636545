package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Six rows by one vector, for the narrowest products.
final class Tile6x1 {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    static final int ROWS = 6;
    static final int VECTORS = 1;

    private Tile6x1() {}

    /// See [VectorTiles#run].
    static void run(int k, MemorySegment a, long a0, long rowStep, long kStep, int lastRow, MemorySegment b,
            long bOffset, long bStep, float[] tile) {
        long a1 = a0 + Math.min(1, lastRow) * rowStep;
        long a2 = a0 + Math.min(2, lastRow) * rowStep;
        long a3 = a0 + Math.min(3, lastRow) * rowStep;
        long a4 = a0 + Math.min(4, lastRow) * rowStep;
        long a5 = a0 + Math.min(5, lastRow) * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, tile, 0);
        FloatVector c10 = FloatVector.fromArray(S, tile, W);
        FloatVector c20 = FloatVector.fromArray(S, tile, 2 * W);
        FloatVector c30 = FloatVector.fromArray(S, tile, 3 * W);
        FloatVector c40 = FloatVector.fromArray(S, tile, 4 * W);
        FloatVector c50 = FloatVector.fromArray(S, tile, 5 * W);
        for (int p = 0; p < k; p++) {
            long ap = p * kStep;
            long bp = bOffset + p * bStep;
            FloatVector b0 = FloatVector.fromMemorySegment(S, b, bp, NATIVE);
            FloatVector x0 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a0 + ap));
            c00 = x0.fma(b0, c00);
            FloatVector x1 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a1 + ap));
            c10 = x1.fma(b0, c10);
            FloatVector x2 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a2 + ap));
            c20 = x2.fma(b0, c20);
            FloatVector x3 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a3 + ap));
            c30 = x3.fma(b0, c30);
            FloatVector x4 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a4 + ap));
            c40 = x4.fma(b0, c40);
            FloatVector x5 = FloatVector.broadcast(S, a.get(ValueLayout.JAVA_FLOAT, a5 + ap));
            c50 = x5.fma(b0, c50);
        }
        c00.intoArray(tile, 0);
        c10.intoArray(tile, W);
        c20.intoArray(tile, 2 * W);
        c30.intoArray(tile, 3 * W);
        c40.intoArray(tile, 4 * W);
        c50.intoArray(tile, 5 * W);
    }
}
