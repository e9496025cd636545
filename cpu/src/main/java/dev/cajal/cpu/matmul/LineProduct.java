package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.codegen.TileKernel;
import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A product of [patches][Patches] of windows that move by one, which are neither written out nor packed.
///
/// Some lines of an image are copied with their padding, one behind the other. What a window sees of them through the taps along a line is then a piece of memory, at the next place the same
/// piece one point further, and through the next tap before one line further: rows of a matrix that overlap, at a distance that is a constant of the [kernel][TileKernel]. Places between
/// the end of a line and the beginning of the next are computed too, and forgotten.
final class LineProduct {
    private static final int HEIGHT = TileShape.STRIPE;
    /// Elements of the lines that are copied at a time, about: of a small second-level cache a part that leaves room for a panel of the kernel.
    static final int BAND = 1 << 15;
    /// Elements of the lines that one place sees, at most: half a megabyte.
    private static final int MOST_OF_PLACE = 1 << 17;
    /// Places that are computed for one that is wanted, at most; beyond, packing costs less.
    private static final double MOST_WASTE = 1.3;

    private static final Recycler<float[]> TILES = new Recycler<>(() -> new float[VectorTiles.MOST]);

    private final Product product;
    private final Patches patches;
    private final int places;
    /// Places from the beginning of a line to that of the next.
    private final int period;
    /// Lines that a band has results of, at most.
    private final int band;
    private final List<Piece> pieces;
    /// By vectors across the tile.
    private final TileKernel[] kernels;

    /// Steps along `k` that neither A nor B interrupts.
    ///
    /// @param left where A is, from the first tap of a place, in bytes
    /// @param block the first step of the block of B
    /// @param from steps from there
    private record Piece(int steps, long left, int block, int from) {}

    /// @param product with the rows of C as far apart as they are
    LineProduct(Product product, Patches patches) {
        this.product = product;
        this.patches = patches;
        this.places = patches.places();
        this.period = patches.pointsOfLine();
        this.band = Math.max(1, BAND / patches.lineElements() - patches.lineTaps() + 1);
        this.pieces = pieces(product.k(), patches);
        this.kernels = VectorTiles.kernels(TileShape.Operands.BLOCK, patches.channels());
    }

    private static List<Piece> pieces(int k, Patches patches) {
        List<Piece> pieces = new ArrayList<>();
        int length = VectorMatmul.blockLength(k);
        int run = patches.run();
        for (int p = 0; p < k;) {
            int within = p % run;
            int block = p / length * length;
            int steps = Math.min(run - within, Math.min(block + length, k) - p);
            long left = 4L * ((long) p / run * patches.lineElements() + within);
            pieces.add(new Piece(steps, left, block, p - block));
            p += steps;
        }
        return pieces;
    }

    /// Whether patches are rows that overlap once lines have their padding, and the lines that one place sees are no more than a cache takes.
    static boolean areFor(Patches patches) {
        return patches.movesByOne() && (long) patches.lineTaps() * patches.lineElements() <= MOST_OF_PLACE;
    }

    /// Whether it can be computed like this, and had better.
    static boolean isFor(Product product, Patches patches) {
        if (!Lanes.available() || product.transposeA() || product.accumulate() || !areFor(patches)) {
            return false;
        }
        long lines = patches.linesTogether(0);
        long computed = Math.ceilDiv(lines * patches.pointsOfLine(), HEIGHT) * HEIGHT;
        return computed <= MOST_WASTE * lines * patches.places();
    }

    /// Computes `C[rowFrom..rowTo, columnFrom..columnTo]`.
    ///
    /// @param right how B was packed
    /// @param x0 where the images begin, in bytes; likewise `c0`
    void multiply(PackedOperand right, MemorySegment packed, MemorySegment x, long x0, MemorySegment c, long c0,
            int rowFrom, int rowTo, int columnFrom, int columnTo) {
        PackedMemory memory = PackedMemory.FREE.take();
        float[] tile = TILES.take();
        int most = band + patches.lineTaps() - 1;
        MemorySegment lines = memory.atLeast(4L * (most * patches.lineElements() + HEIGHT * patches.channels()));
        for (int row = rowFrom; row < rowTo;) {
            int line = row / places;
            int end = (int) Math.min(rowTo, (line + (long) Math.min(band, patches.linesTogether(line))) * places);
            patches.copyPadded(x, x0, line, (end - 1) / places - line + 1, lines, 0);
            for (int j = columnFrom; j < columnTo;) {
                int vectors = VectorTiles.vectors(TileShape.Operands.BLOCK, false, columnTo - j);
                int columns = Math.min(vectors * VectorTiles.VECTOR, columnTo - j);
                panel(right, packed, lines, row, end, j, columns, vectors, c, c0 + 4L * j, tile);
                j += columns;
            }
            row = end;
        }
        TILES.give(tile);
        PackedMemory.FREE.give(memory);
    }

    /// Some rows of a panel of C, all of whose lines are there.
    private void panel(PackedOperand right, MemorySegment packed, MemorySegment lines, int row, int rowEnd, int column,
            int columns, int vectors, MemorySegment c, long c0, float[] tile) {
        TileKernel kernel = kernels[vectors];
        int width = vectors * VectorTiles.VECTOR;
        int firstLine = row / places;
        int last = rowEnd - 1;
        int end = (last / places - firstLine) * period + last % places + 1;
        for (int place = row % places; place < end; place += HEIGHT) {
            VectorTiles.clear(tile, HEIGHT * vectors);
            long left = 4L * place * patches.channels();
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                kernel.run(piece.steps(), lines, left + piece.left(), 0, HEIGHT, packed,
                        right.panelStart(piece.block(), column) + 4L * piece.from() * width, 0, tile);
            }
            store(tile, width, firstLine, place, Math.min(end, place + HEIGHT), c, c0, columns);
        }
    }

    /// Writes those rows of a tile that are places of a line.
    private void store(float[] tile, int width, int firstLine, int first, int end, MemorySegment c, long c0,
            int columns) {
        long rowBytes = 4 * product.ldc();
        for (int place = first; place < end;) {
            int onLine = place % period;
            int next = place + period - onLine;
            int count = Math.min(end, place + places - onLine) - place;
            if (count > 0) {
                long row = (firstLine + place / period) * (long) places + onLine;
                VectorTiles.store(tile, place - first, width, c, c0 + row * rowBytes, rowBytes, count, columns);
            }
            place = next;
        }
    }
}
