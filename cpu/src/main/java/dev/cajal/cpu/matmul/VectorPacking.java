package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies blocks of operands into the order in which the tiles read them. All offsets and steps are in bytes.
final class VectorPacking {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final long BYTES = S.vectorByteSize();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final int VECTORS_PER_STRIPE = (VectorTiles.ROWS + W - 1) / W;
    private static final VectorShuffle<Float> ZIP_LOW = VectorShuffle.makeZip(S, 0);
    private static final VectorShuffle<Float> ZIP_HIGH = VectorShuffle.makeZip(S, 1);

    /// Elements that [#panelOfTransposed] needs to work in.
    static final int SCRATCH = 2 * W * W;

    private VectorPacking() {}

    /// A panel of B: `k` rows of `columns` elements, each filled up with zeros to `vectors` vectors.
    static void panel(MemorySegment b, long b0, long bStep, int k, int columns, int vectors, MemorySegment out,
            long out0) {
        long step = vectors * BYTES;
        for (int v = 0; v < vectors; v++) {
            int lanes = Math.clamp(columns - v * W, 0, W);
            if (lanes == W) {
                column(b, b0 + v * BYTES, bStep, k, out, out0 + v * BYTES, step);
            } else {
                partialColumn(b, b0 + v * BYTES, bStep, k, lanes, out, out0 + v * BYTES, step);
            }
        }
    }

    private static void column(MemorySegment b, long b0, long bStep, int k, MemorySegment out, long out0, long step) {
        for (int p = 0; p < k; p++) {
            FloatVector.fromMemorySegment(S, b, b0 + p * bStep, NATIVE).intoMemorySegment(out, out0 + p * step, NATIVE);
        }
    }

    private static void partialColumn(MemorySegment b, long b0, long bStep, int k, int lanes, MemorySegment out,
            long out0, long step) {
        VectorMask<Float> mask = S.indexInRange(0, lanes);
        for (int p = 0; p < k; p++) {
            FloatVector.fromMemorySegment(S, b, b0 + p * bStep, NATIVE, mask)
                    .intoMemorySegment(out, out0 + p * step, NATIVE);
        }
    }

    /// As [#panel] where B is stored transposed: element `[p][j]` is at `b0 + j * bStep + p * 4`.
    static void panelOfTransposed(MemorySegment b, long b0, long bStep, int k, int columns, int vectors,
            MemorySegment out, long out0, float[] scratch) {
        long step = vectors * BYTES;
        for (int v = 0; v < vectors; v++) {
            int lanes = Math.max(0, Math.min(W, columns - v * W));
            long from = b0 + v * W * bStep;
            long to = out0 + v * BYTES;
            int p = 0;
            if (lanes == W) {
                for (; p <= k - W; p += W) {
                    square(b, from + 4L * p, bStep, out, to + p * step, step, scratch);
                }
            }
            for (; p < k; p++) {
                for (int j = 0; j < W; j++) {
                    float value = j < lanes ? b.get(ValueLayout.JAVA_FLOAT, from + j * bStep + 4L * p) : 0f;
                    out.set(ValueLayout.JAVA_FLOAT, to + p * step + 4L * j, value);
                }
            }
        }
    }

    /// Transposes W x W elements. Zipping row `i` with row `i + W / 2` into rows `2 i` and `2 i + 1`, log2 W times, does it.
    private static void square(MemorySegment from, long from0, long fromStep, MemorySegment to, long to0, long toStep,
            float[] scratch) {
        int half = W / 2;
        for (int i = 0; i < half; i++) {
            FloatVector x = FloatVector.fromMemorySegment(S, from, from0 + i * fromStep, NATIVE);
            FloatVector y = FloatVector.fromMemorySegment(S, from, from0 + (i + half) * fromStep, NATIVE);
            x.rearrange(ZIP_LOW, y).intoArray(scratch, 2 * i * W);
            x.rearrange(ZIP_HIGH, y).intoArray(scratch, (2 * i + 1) * W);
        }
        int source = 0;
        for (int stage = 2; 1 << stage < W; stage++) {
            int target = W * W - source;
            for (int i = 0; i < half; i++) {
                FloatVector x = FloatVector.fromArray(S, scratch, source + i * W);
                FloatVector y = FloatVector.fromArray(S, scratch, source + (i + half) * W);
                x.rearrange(ZIP_LOW, y).intoArray(scratch, target + 2 * i * W);
                x.rearrange(ZIP_HIGH, y).intoArray(scratch, target + (2 * i + 1) * W);
            }
            source = target;
        }
        for (int i = 0; i < half; i++) {
            FloatVector x = FloatVector.fromArray(S, scratch, source + i * W);
            FloatVector y = FloatVector.fromArray(S, scratch, source + (i + half) * W);
            x.rearrange(ZIP_LOW, y).intoMemorySegment(to, to0 + 2 * i * toStep, NATIVE);
            x.rearrange(ZIP_HIGH, y).intoMemorySegment(to, to0 + (2 * i + 1) * toStep, NATIVE);
        }
    }

    /// A block of A that is stored transposed (element `[i][p]` at `a0 + p * aStep + i * 4`), as stripes of [VectorTiles#ROWS] rows,
    /// `p` after `p`. Where it may, it copies whole vectors; what is too much is overwritten by the next copy.
    ///
    /// @param out room for `k` times the rows, rounded up to whole stripes, and one more vector
    static void stripes(MemorySegment a, long a0, long aStep, int rows, int k, MemorySegment out) {
        // How many p there are before the vectors of the last stripe would reach beyond the segment.
        long room = a.byteSize() - a0 - 4L * rows - VECTORS_PER_STRIPE * BYTES;
        int whole = room < 0 ? 0 : aStep == 0 ? k : (int) Math.min(k, room / aStep + 1);
        for (int i = 0; i < rows; i += VectorTiles.ROWS) {
            int count = Math.min(VectorTiles.ROWS, rows - i);
            stripe(a, a0 + 4L * i, aStep, count, whole, k, out, 4L * i * k);
        }
    }

    private static void stripe(MemorySegment a, long a0, long aStep, int count, int whole, int k, MemorySegment out,
            long out0) {
        for (int p = 0; p < whole; p++) {
            long from = a0 + p * aStep;
            long to = out0 + 4L * VectorTiles.ROWS * p;
            for (int v = 0; v < VECTORS_PER_STRIPE; v++) {
                FloatVector.fromMemorySegment(S, a, from + v * BYTES, NATIVE)
                        .intoMemorySegment(out, to + v * BYTES, NATIVE);
            }
        }
        for (int p = whole; p < k; p++) {
            long from = a0 + p * aStep;
            long to = out0 + 4L * VectorTiles.ROWS * p;
            for (int i = 0; i < count; i++) {
                out.set(ValueLayout.JAVA_FLOAT, to + 4L * i, a.get(ValueLayout.JAVA_FLOAT, from + 4L * i));
            }
        }
    }
}
