package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.codegen.TileKernel;
import dev.cajal.cpu.codegen.TileShape;
import dev.cajal.cpu.thread.Recycler;
import java.lang.foreign.MemorySegment;

/// A product of transposed [patches][Patches] of windows that move by one, as the gradient by the kernel of a convolution is, which are neither written out nor packed.
///
/// As in a [LineProduct], lines of images are copied with their padding. Steps along `k` are places; what a tap and a channel see of one place after the other is at a distance that is a
/// constant of the kernel. At places between the end of a line and the beginning of the next, B is zero: an infinity or NaN that is seen there makes a sum NaN that would not have it, the one
/// case in which its bits are not those of the scalar form.
final class TurnedLineProduct {
    private static final int HEIGHT = TileShape.STRIPE;
    /// Steps along `k` at a time, about: a panel of B so long is streamed through the first-level cache.
    private static final int STEPS = 512;
    /// Places that are computed for one that is wanted, at most; beyond, packing costs less.
    private static final double MOST_WASTE = 1.2;

    private final Product product;
    private final Patches patches;
    private final int places;
    /// Places from the beginning of a line to that of the next.
    private final int period;
    /// By vectors across the tile.
    private final TileKernel[] kernels;
    private final Recycler<Band> bands = new Recycler<>(Band::new);

    /// @param product with the rows of C as far apart as they are
    TurnedLineProduct(Product product, Patches patches) {
        this.product = product;
        this.patches = patches;
        this.places = patches.places();
        this.period = patches.pointsOfLine();
        this.kernels = VectorTiles.kernels(TileShape.Operands.STRIPES, patches.channels());
    }

    /// Whether it can be computed like this, and had better.
    static boolean isFor(Product product, Patches patches) {
        return Lanes.available() && product.transposeA() && !product.accumulate() && product.k() > 0
                && LineProduct.areFor(patches) && patches.run() % HEIGHT == 0
                && patches.pointsOfLine() <= MOST_WASTE * patches.places();
    }

    /// Some lines of places, and what is seen from there. Those of an image are together; from image to image the window does not move by one.
    private final class Band {
        private final int[] firstLines = new int[STEPS];
        private final int[] lineCounts = new int[STEPS];
        /// Where the lines of each image begin that are seen, in bytes.
        private final long[] starts = new long[STEPS];
        private final float[] tile = new float[VectorTiles.MOST];
        private int images;
        private int seen;
        private int steps;

        /// Takes as many lines of places as there is room for.
        ///
        /// @return the line after the last one
        int take(MemorySegment x, long x0, int line, int end, MemorySegment lines) {
            images = 0;
            seen = 0;
            steps = 0;
            int next = line;
            while (next < end && images < STEPS) {
                int count = Math.min(patches.linesTogether(next), room());
                if (count < 1) {
                    break;
                }
                firstLines[images] = next;
                lineCounts[images] = count;
                starts[images] = 4L * seen * patches.lineElements();
                patches.copyPadded(x, x0, next, count, lines, starts[images]);
                images++;
                seen += count + patches.lineTaps() - 1;
                steps += steps(count);
                next += count;
            }
            return next;
        }

        /// For how many lines of places there is room; at least one at first.
        private int room() {
            int rest = Math.min((STEPS - steps) / period,
                    LineProduct.BAND / patches.lineElements() - seen - patches.lineTaps() + 1);
            return images == 0 ? Math.max(1, rest) : rest;
        }
    }

    /// Steps along `k` that some lines of places are.
    private int steps(int count) {
        return (count - 1) * period + places;
    }

    /// Computes `C[rowFrom..rowTo, columnFrom..columnTo]`.
    ///
    /// @param x0 where the images begin, in bytes; likewise `b0` and `c0`
    /// @param rowFrom a multiple of a stripe's rows
    void multiply(MemorySegment x, long x0, MemorySegment b, long b0, MemorySegment c, long c0, int rowFrom, int rowTo,
            int columnFrom, int columnTo) {
        PackedMemory memory = PackedMemory.FREE.take();
        PackedMemory panelMemory = PackedMemory.FREE.take();
        Band band = bands.take();
        long most = Math.max(LineProduct.BAND, patches.lineTaps() * patches.lineElements());
        MemorySegment lines = memory.atLeast(4L * most);
        MemorySegment panel = panelMemory.atLeast(4L * Math.max(STEPS, places) * VectorTiles.COLUMNS);
        int end = patches.rows() / places;
        for (int line = 0; line < end;) {
            int next = band.take(x, x0, line, end, lines);
            for (int j = columnFrom; j < columnTo;) {
                int vectors = VectorTiles.vectors(TileShape.Operands.STRIPES, false, columnTo - j);
                int columns = Math.min(vectors * VectorTiles.VECTOR, columnTo - j);
                pack(band, b, b0 + 4L * j, columns, vectors, panel);
                tiles(band, lines, panel, rowFrom, rowTo, columns, vectors, line > 0, c, c0 + 4L * j);
                j += columns;
            }
            line = next;
        }
        bands.give(band);
        PackedMemory.FREE.give(panelMemory);
        PackedMemory.FREE.give(memory);
    }

    /// Packs a panel of B, with zeros between lines.
    private void pack(Band band, MemorySegment b, long b0, int columns, int vectors, MemorySegment panel) {
        int width = vectors * VectorTiles.VECTOR;
        long rowBytes = 4L * width;
        long to = 0;
        for (int image = 0; image < band.images; image++) {
            for (int i = 0; i < band.lineCounts[image]; i++) {
                if (i > 0) {
                    Patches.clear(panel, to, (period - places) * width);
                    to += (period - places) * rowBytes;
                }
                long row = (band.firstLines[image] + i) * (long) places;
                VectorPacking.panel(b, b0 + 4 * row * product.ldb(), 4 * product.ldb(), places, columns, vectors,
                        panel, to);
                to += places * rowBytes;
            }
        }
    }

    private void tiles(Band band, MemorySegment lines, MemorySegment panel, int rowFrom, int rowTo, int columns,
            int vectors, boolean loaded, MemorySegment c, long c0) {
        TileKernel kernel = kernels[vectors];
        int width = vectors * VectorTiles.VECTOR;
        int run = patches.run();
        long rowBytes = 4 * product.ldc();
        float[] tile = band.tile;
        for (int row = rowFrom; row < rowTo; row += HEIGHT) {
            long seen = 4L * (row / run * patches.lineElements() + row % run);
            if (loaded) {
                VectorTiles.load(c, c0 + row * rowBytes, rowBytes, HEIGHT, columns, tile, width);
            } else {
                VectorTiles.clear(tile, HEIGHT * vectors);
            }
            long right = 0;
            for (int image = 0; image < band.images; image++) {
                int steps = steps(band.lineCounts[image]);
                kernel.run(steps, lines, band.starts[image] + seen, 0, HEIGHT, panel, right, 0, tile);
                right += 4L * steps * width;
            }
            VectorTiles.store(tile, width, c, c0 + row * rowBytes, rowBytes, HEIGHT, columns);
        }
    }
}
