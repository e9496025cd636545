package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import dev.cajal.cpu.codegen.TileKernel;
import dev.cajal.cpu.codegen.TileKernels;
import dev.cajal.cpu.codegen.TileShape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Which register tiles there are, and what goes in and out of them.
///
/// A tile's accumulators begin and end in a small heap array that stays in the first-level cache: see
/// [TileKernel]. That also makes edges simple, and a finished tile in an array is where a bias or an activation can be applied before anything is
/// written to memory.
final class VectorTiles {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final long BYTES = S.vectorByteSize();
    /// Elements of a vector.
    static final int VECTOR = W;
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    /// Vectors across a panel of packed columns.
    private static final int PANEL = 2;
    /// Columns of a panel.
    static final int COLUMNS = PANEL * W;
    /// Vectors across the widest tile that reads B where it is: four where there are 32 vector registers, two where there are 16.
    private static final int WIDEST = TileShape.MANY_REGISTERS ? 4 : 2;
    /// Columns of that tile.
    static final int WIDE_COLUMNS = WIDEST * W;
    /// Vectors across the tile of a single row. It is bound by reading B: the more of a row of B is read at once, the better the processor guesses what comes next.
    private static final int WIDEST_ROW = TileShape.MANY_REGISTERS ? 16 : 8;
    /// Columns of that tile, the widest of all.
    static final int WIDEST_COLUMNS = WIDEST_ROW * W;
    /// Rows of tiles that read A where it is.
    private static final int ROWS = 6;
    /// The same for tiles of one vector: as many accumulators as keep the multipliers busy.
    private static final int NARROW_ROWS = 12;
    /// Elements of the largest tile.
    static final int MOST = Math.max(ROWS * WIDEST * W, Math.max(NARROW_ROWS * W, TileShape.STRIPE * COLUMNS));

    private static final TileKernel[][] KERNELS = new TileKernel[TileShape.Operands.values().length][];
    /// For a vector times a matrix.
    private static final TileKernel[] ONE_ROW_KERNELS = new TileKernel[WIDEST_ROW + 1];

    static {
        for (TileShape.Operands operands : TileShape.Operands.values()) {
            TileKernel[] kernels = new TileKernel[WIDEST + 1];
            for (int vectors = 1; vectors <= widest(operands); vectors *= 2) {
                kernels[vectors] = TileKernels.of(new TileShape(rows(operands, vectors), vectors, operands));
            }
            KERNELS[operands.ordinal()] = kernels;
        }
        for (int vectors = 1; vectors <= WIDEST_ROW; vectors *= 2) {
            ONE_ROW_KERNELS[vectors] = TileKernels.of(new TileShape(1, vectors, TileShape.Operands.ROWS));
        }
    }

    private VectorTiles() {}

    private static int widest(TileShape.Operands operands) {
        return operands == TileShape.Operands.ROWS ? WIDEST : PANEL;
    }

    /// How many vectors wide a tile is taken where `columns` are left.
    ///
    /// @param one whether there is but one row, and nothing packed
    static int vectors(TileShape.Operands operands, boolean one, int columns) {
        int needed = (columns + W - 1) / W;
        return Integer.highestOneBit(Math.min(needed, one ? WIDEST_ROW : widest(operands)));
    }

    /// How many rows a tile of so many vectors has.
    static int rows(TileShape.Operands operands, int vectors) {
        return operands != TileShape.Operands.ROWS ? TileShape.STRIPE : vectors == 1 ? NARROW_ROWS : ROWS;
    }

    /// The kernel for tiles of so many vectors.
    ///
    /// @param one whether there is but one row, and nothing packed
    static TileKernel kernel(TileShape.Operands operands, int vectors, boolean one) {
        return one ? ONE_ROW_KERNELS[vectors] : KERNELS[operands.ordinal()][vectors];
    }

    /// The kernels, by vectors across the tile, that read A where it is, and panels of B.
    ///
    /// @param step from row to row of a block, or from step to step along `k` of stripes
    static TileKernel[] kernels(TileShape.Operands operands, int step) {
        TileKernel[] kernels = new TileKernel[PANEL + 1];
        for (int vectors = 1; vectors <= PANEL; vectors *= 2) {
            kernels[vectors] = TileKernels.of(new TileShape(TileShape.STRIPE, vectors, operands, step));
        }
        return kernels;
    }

    /// Clears the first `vectors` vectors of a tile.
    static void clear(float[] tile, int vectors) {
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < vectors; i++) {
            zero.intoArray(tile, i * W);
        }
    }

    /// Copies the rows of a tile two vectors wide.
    private static void storePairs(float[] tile, int first, MemorySegment c, long c0, long rowStep, int rows) {
        long row = c0;
        for (int i = first; i < first + rows; i++) {
            FloatVector.fromArray(S, tile, 2 * i * W).intoMemorySegment(c, row, NATIVE);
            FloatVector.fromArray(S, tile, 2 * i * W + W).intoMemorySegment(c, row + BYTES, NATIVE);
            row += rowStep;
        }
    }

    private static void loadPairs(MemorySegment c, long c0, long rowStep, int rows, float[] tile) {
        long row = c0;
        for (int i = 0; i < rows; i++) {
            FloatVector.fromMemorySegment(S, c, row, NATIVE).intoArray(tile, 2 * i * W);
            FloatVector.fromMemorySegment(S, c, row + BYTES, NATIVE).intoArray(tile, 2 * i * W + W);
            row += rowStep;
        }
    }

    /// Copies `rows` x `columns` elements of C into a tile whose rows are `width` apart; offsets in bytes.
    static void load(MemorySegment c, long c0, long rowStep, int rows, int columns, float[] tile, int width) {
        if (columns == COLUMNS && width == COLUMNS) {
            loadPairs(c, c0, rowStep, rows, tile);
            return;
        }
        int whole = columns - columns % W;
        for (int i = 0; i < rows; i++) {
            long row = c0 + i * rowStep;
            for (int j = 0; j < whole; j += W) {
                FloatVector.fromMemorySegment(S, c, row + 4L * j, NATIVE).intoArray(tile, i * width + j);
            }
            // Not with a mask: see LaneEdges.
            if (whole < columns) {
                MemorySegment.copy(c, ValueLayout.JAVA_FLOAT_UNALIGNED, row + 4L * whole, tile, i * width + whole,
                        columns - whole);
            }
        }
    }

    /// Copies `rows` x `columns` elements of a tile whose rows are `width` apart into C; offsets in bytes.
    static void store(float[] tile, int width, MemorySegment c, long c0, long rowStep, int rows, int columns) {
        store(tile, 0, width, c, c0, rowStep, rows, columns);
    }

    /// As [#store] for the rows from `first` on.
    static void store(float[] tile, int first, int width, MemorySegment c, long c0, long rowStep, int rows,
            int columns) {
        if (columns == COLUMNS && width == COLUMNS) {
            storePairs(tile, first, c, c0, rowStep, rows);
            return;
        }
        int whole = columns - columns % W;
        for (int i = 0; i < rows; i++) {
            long row = c0 + i * rowStep;
            for (int j = 0; j < whole; j += W) {
                FloatVector.fromArray(S, tile, (first + i) * width + j).intoMemorySegment(c, row + 4L * j, NATIVE);
            }
            if (whole < columns) {
                MemorySegment.copy(tile, (first + i) * width + whole, c, ValueLayout.JAVA_FLOAT_UNALIGNED,
                        row + 4L * whole,
                        columns - whole);
            }
        }
    }
}
