package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies blocks of operands into the order in which the tiles read them. All offsets and steps are in bytes.
final class VectorPacking {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final long BYTES = S.vectorByteSize();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    /// Vectors that cover the rows of a stripe.
    private static final int VECTORS_PER_STRIPE = Math.ceilDiv(TileShape.STRIPE, W);
    private static final VectorShuffle<Float> ZIP_LOW = VectorShuffle.makeZip(S, 0);
    private static final VectorShuffle<Float> ZIP_HIGH = VectorShuffle.makeZip(S, 1);

    /// Rows that [#right] may write beyond the last one of a panel.
    static final int ROWS_BEYOND = W - 1;

    /// Columns of which [#panels] takes a row at a time.
    static final int GROUP = 4 * VectorTiles.COLUMNS;

    /// From row to row of a [#block].
    static final long BLOCK_STEP = 4L * TileShape.BLOCK_ROW;

    private static final Recycler<Scratch> SCRATCHES = new Recycler<>(Scratch::new);

    private VectorPacking() {}

    /// Packs rows of A for some steps along `k`.
    ///
    /// @param operands how
    /// @param a0 where A begins
    /// @param row the first one
    static void left(TileShape.Operands operands, Product product, MemorySegment a, long a0, int p, int k, int row,
            int rows, MemorySegment out, long out0) {
        long step = 4 * product.lda();
        if (operands == TileShape.Operands.STRIPES) {
            stripes(a, a0 + p * step + 4L * row, step, rows, k, out, out0);
        } else {
            block(a, a0 + row * step + 4L * p, step, rows, k, out, out0);
        }
    }

    /// Bytes that so many rows of A take when they are packed for `k` steps: a multiple of a stripe, or any where they are packed row by row.
    static long leftBytes(TileShape.Operands operands, int rows, int k) {
        return operands == TileShape.Operands.STRIPES ? rows / TileShape.STRIPE * stripeStep(k) : rows * BLOCK_STEP;
    }

    /// Packs some columns of B for some steps along `k`, as one panel after the other.
    ///
    /// @param b0 where B begins
    /// @param columnBytes from where a panel begins to where the next one does, for each of its columns
    static void panels(TileShape.Operands operands, Product product, MemorySegment b, long b0, int p, int k, int column,
            int columns, MemorySegment out, long out0, long columnBytes) {
        int j = 0;
        if (!product.transposeB()) {
            long step = 4 * product.ldb();
            for (; j + GROUP <= columns; j += GROUP) {
                group(b, b0 + p * step + 4L * (column + j), step, k, out, out0 + j * columnBytes,
                        VectorTiles.COLUMNS * columnBytes);
            }
        }
        while (j < columns) {
            int vectors = VectorTiles.vectors(operands, false, columns - j);
            int count = Math.min(vectors * W, columns - j);
            right(product, b, b0, p, k, column + j, count, vectors, out, out0 + j * columnBytes);
            j += count;
        }
    }

    /// Four panels at once: a row of B is read as one piece, which the processor fetches faster than a piece for each panel, one pass after the other.
    private static void group(MemorySegment b, long b0, long bStep, int k, MemorySegment out, long out0, long panel) {
        for (int p = 0; p < k; p++) {
            long from = b0 + p * bStep;
            long to = out0 + p * 2 * BYTES;
            pair(b, from, out, to);
            pair(b, from + 2 * BYTES, out, to + panel);
            pair(b, from + 4 * BYTES, out, to + 2 * panel);
            pair(b, from + 6 * BYTES, out, to + 3 * panel);
        }
    }

    private static void pair(MemorySegment b, long from, MemorySegment out, long to) {
        FloatVector.fromMemorySegment(S, b, from, NATIVE).intoMemorySegment(out, to, NATIVE);
        FloatVector.fromMemorySegment(S, b, from + BYTES, NATIVE).intoMemorySegment(out, to + BYTES, NATIVE);
    }

    /// Packs a panel of B for some steps along `k`.
    ///
    /// @param b0 where B begins
    /// @param vectors across the panel
    static void right(Product product, MemorySegment b, long b0, int p, int k, int column, int columns, int vectors,
            MemorySegment out, long out0) {
        long step = 4 * product.ldb();
        if (product.transposeB()) {
            Scratch scratch = SCRATCHES.take();
            panelOfTransposed(b, b0 + column * step + 4L * p, step, k, columns, vectors, out, out0, scratch);
            SCRATCHES.give(scratch);
        } else {
            panel(b, b0 + p * step + 4L * column, step, k, columns, vectors, out, out0);
        }
    }

    /// What a thread needs to transpose.
    private static final class Scratch {
        final float[] squares = new float[2 * W * W];
        /// A dense square of vectors.
        final MemorySegment edge = Arena.ofAuto().allocate(BYTES * W, 64);
    }

    /// A panel of B: `k` rows of `columns` elements, each filled up to `vectors` vectors.
    static void panel(MemorySegment b, long b0, long bStep, int k, int columns, int vectors, MemorySegment out,
            long out0) {
        long step = vectors * BYTES;
        int v = 0;
        for (; v + 2 <= vectors && (v + 2) * W <= columns; v += 2) {
            for (int p = 0; p < k; p++) {
                pair(b, b0 + v * BYTES + p * bStep, out, out0 + v * BYTES + p * step);
            }
        }
        for (; v < vectors; v++) {
            int lanes = Math.clamp(columns - v * W, 0, W);
            partialColumn(b, b0 + v * BYTES, bStep, k, lanes, out, out0 + v * BYTES, step);
        }
    }

    /// A column of vectors of which not all lanes are wanted. The others are zeros, or anything: they only meet columns of the tile that nobody wants.
    private static void partialColumn(MemorySegment b, long b0, long bStep, int k, int lanes, MemorySegment out,
            long out0, long step) {
        int whole = lanes == 0 ? 0 : wholeRows(b, b0 + BYTES, bStep, k);
        for (int p = 0; p < whole; p++) {
            FloatVector.fromMemorySegment(S, b, b0 + p * bStep, NATIVE).intoMemorySegment(out, out0 + p * step, NATIVE);
        }
        for (int p = whole; p < k; p++) {
            FloatVector.zero(S).intoMemorySegment(out, out0 + p * step, NATIVE);
            copy(b, b0 + p * bStep, out, out0 + p * step, lanes);
        }
    }

    /// Copies a few elements. Never write such a loop with a condition inside: the JVM checks the bounds of all of it beforehand, finds them exceeded where they are never
    /// reached, and compiles the method anew, dozens of times.
    private static void copy(MemorySegment from, long from0, MemorySegment to, long to0, int count) {
        for (int i = 0; i < count; i++) {
            to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to0 + 4L * i,
                    from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, from0 + 4L * i));
        }
    }

    /// How many rows there are whose vectors do not reach beyond a segment.
    ///
    /// @param end where the vectors of the first row end
    static int wholeRows(MemorySegment segment, long end, long step, int rows) {
        long room = segment.byteSize() - end;
        return room < 0 ? 0 : step == 0 ? rows : (int) Math.min(rows, room / step + 1);
    }

    /// As [#panel] where B is stored transposed: element `[p][j]` is at `b0 + j * bStep + p * 4`.
    private static void panelOfTransposed(MemorySegment b, long b0, long bStep, int k, int columns, int vectors,
            MemorySegment out, long out0, Scratch scratch) {
        long step = vectors * BYTES;
        for (int v = 0; v < vectors; v++) {
            int lanes = Math.clamp(columns - v * W, 0, W);
            long from = b0 + v * W * bStep;
            long to = out0 + v * BYTES;
            for (int p = 0; p < k; p += W) {
                long end = from + 4L * p + (W - 1) * bStep + BYTES;
                if (lanes > 0 && end <= b.byteSize()) {
                    // What is beyond the matrix becomes columns and rows that nobody looks at.
                    square(b, from + 4L * p, bStep, out, to + p * step, step, scratch.squares);
                } else {
                    edge(b, from + 4L * p, bStep, lanes, Math.min(W, k - p), scratch.edge);
                    square(scratch.edge, 0, BYTES, out, to + p * step, step, scratch.squares);
                }
            }
        }
    }

    /// Copies less than a square, filled up with zeros.
    private static void edge(MemorySegment from, long from0, long fromStep, int rows, int columns, MemorySegment edge) {
        edge.fill((byte) 0);
        for (int i = 0; i < rows; i++) {
            copy(from, from0 + i * fromStep, edge, i * BYTES, columns);
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

    /// A block of A that is stored by rows: row by row, [TileShape#BLOCK_ROW] apart.
    private static void block(MemorySegment a, long a0, long aStep, int rows, int k, MemorySegment out, long out0) {
        for (int i = 0; i < rows; i++) {
            MemorySegment.copy(a, a0 + i * aStep, out, out0 + i * BLOCK_STEP, 4L * k);
        }
    }

    /// From stripe to stripe of [#stripes]. The gap takes what is written beyond the end of one.
    static long stripeStep(int k) {
        return (long) TileShape.STRIPE * Float.BYTES * k + BYTES;
    }

    /// A block of A that is stored transposed (element `[i][p]` at `a0 + p * aStep + i * 4`), as stripes of [TileShape#STRIPE] rows,
    /// `p` after `p`. It goes along the rows of memory and writes a little of each stripe: going along a stripe would read a cache line for each few
    /// elements, of lines that push each other out of the cache. Whole vectors are copied; what is too much is overwritten by the next copy.
    ///
    /// @param out room for the stripes, from `out0` on
    static void stripes(MemorySegment a, long a0, long aStep, int rows, int k, MemorySegment out, long out0) {
        stripes(a, a0, aStep, rows, k, out, out0, stripeStep(k));
    }

    /// As [#stripes] for a part of the steps along `k`; parts are written one after the other.
    ///
    /// @param stripeStep from stripe to stripe, of all steps
    static void stripes(MemorySegment a, long a0, long aStep, int rows, int k, MemorySegment out, long out0,
            long stripeStep) {
        int stripes = Math.ceilDiv(rows, TileShape.STRIPE);
        int whole = wholeRows(a, a0 + (stripes - 1L) * TileShape.STRIPE * Float.BYTES + VECTORS_PER_STRIPE * BYTES,
                aStep,
                k);
        for (int p = 0; p < whole; p++) {
            acrossStripes(a, a0 + p * aStep, stripes, out, out0 + (long) TileShape.STRIPE * Float.BYTES * p,
                    stripeStep);
        }
        for (int p = whole; p < k; p++) {
            for (int i = 0; i < rows; i++) {
                out.set(ValueLayout.JAVA_FLOAT,
                        out0 + i / TileShape.STRIPE * stripeStep + 4L * (p * TileShape.STRIPE + i % TileShape.STRIPE),
                        a.get(ValueLayout.JAVA_FLOAT, a0 + p * aStep + 4L * i));
            }
        }
    }

    private static void acrossStripes(MemorySegment a, long a0, int stripes, MemorySegment out, long out0,
            long outStep) {
        for (int i = 0; i < stripes; i++) {
            long from = a0 + (long) i * TileShape.STRIPE * Float.BYTES;
            long to = out0 + i * outStep;
            for (int v = 0; v < VECTORS_PER_STRIPE; v++) {
                FloatVector.fromMemorySegment(S, a, from + v * BYTES, NATIVE)
                        .intoMemorySegment(out, to + v * BYTES, NATIVE);
            }
        }
    }
}
