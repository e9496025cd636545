package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The register tiles, and what goes in and out of them.
///
/// A tile's accumulators begin and end in a small heap array that stays in the first-level cache. That keeps the kernels small enough for the JVM's
/// first compiler: with 24 loads and stores of a memory segment it runs out of virtual registers, and where that happens at an
/// unlucky moment the method never reaches the second compiler (2 GF/s for ever). It also makes edges simple, and a finished
/// tile in an array is where a bias or an activation can be applied before anything is written to memory.
final class VectorTiles {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final boolean MANY_REGISTERS = S.vectorBitSize() == 512
            || System.getProperty("os.arch").equals("aarch64");

    /// Rows of a tile.
    static final int ROWS = Tile6x4.ROWS;
    /// Vectors across the widest tile: four where there are 32 vector registers, two where there are 16.
    static final int VECTORS = MANY_REGISTERS ? Tile6x4.VECTORS : Tile6x2.VECTORS;
    /// Columns of the widest tile.
    static final int COLUMNS = VECTORS * W;

    private VectorTiles() {}

    /// How many vectors wide a tile is taken where `columns` are left.
    static int vectors(int columns) {
        int needed = (columns + W - 1) / W;
        return needed >= VECTORS ? VECTORS : needed >= 2 ? 2 : 1;
    }

    /// `tile[i][j] = fma(a[i][p], b[p][j], tile[i][j])` for `p` from 0 to `k - 1`.
    ///
    /// All steps and offsets are in bytes.
    ///
    /// @param rows how many rows are wanted; the tile's other rows repeat the last one
    /// @param vectors how wide the tile is: [#VECTORS], 2 or 1
    /// @param a0 where `a[0][0]` is; `a[i][p]` is at `a0 + i * rowStep + p * kStep`
    /// @param b0 where `b[0][0]` is; `b[p][j]` is at `b0 + p * bStep + j * 4`
    static void run(int rows, int vectors, int k, MemorySegment a, long a0, long rowStep, long kStep, MemorySegment b,
            long b0, long bStep, float[] tile) {
        if (rows == 1 && vectors == Tile1x4.VECTORS) {
            Tile1x4.run(k, a, a0, kStep, b, b0, bStep, tile);
            return;
        }
        switch (vectors) {
            case 4 -> Tile6x4.run(k, a, a0, rowStep, kStep, rows - 1, b, b0, bStep, tile);
            case 2 -> Tile6x2.run(k, a, a0, rowStep, kStep, rows - 1, b, b0, bStep, tile);
            default -> Tile6x1.run(k, a, a0, rowStep, kStep, rows - 1, b, b0, bStep, tile);
        }
    }

    /// Copies `rows` x `columns` elements of C into a tile whose rows are `width` apart; offsets in bytes.
    static void load(MemorySegment c, long c0, long rowStep, int rows, int columns, float[] tile, int width) {
        int whole = columns - columns % W;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < whole; j += W) {
                FloatVector.fromMemorySegment(S, c, c0 + i * rowStep + 4L * j, NATIVE).intoArray(tile, i * width + j);
            }
        }
        if (whole < columns) {
            VectorMask<Float> rest = S.indexInRange(whole, columns);
            for (int i = 0; i < rows; i++) {
                FloatVector.fromMemorySegment(S, c, c0 + i * rowStep + 4L * whole, NATIVE, rest)
                        .intoArray(tile, i * width + whole);
            }
        }
    }

    /// Copies `rows` x `columns` elements of a tile whose rows are `width` apart into C; offsets in bytes.
    static void store(float[] tile, int width, MemorySegment c, long c0, long rowStep, int rows, int columns) {
        int whole = columns - columns % W;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < whole; j += W) {
                FloatVector.fromArray(S, tile, i * width + j)
                        .intoMemorySegment(c, c0 + i * rowStep + 4L * j, NATIVE);
            }
        }
        if (whole < columns) {
            VectorMask<Float> rest = S.indexInRange(whole, columns);
            for (int i = 0; i < rows; i++) {
                FloatVector.fromArray(S, tile, i * width + whole)
                        .intoMemorySegment(c, c0 + i * rowStep + 4L * whole, NATIVE, rest);
            }
        }
    }

    /// Sets the first elements of a tile to +0.
    static void clear(float[] tile, int count) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < count; i += W) {
            zero.intoArray(tile, i);
        }
    }
}
