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
    /// Elements of a vector.
    static final int VECTOR = W;
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final boolean MANY_REGISTERS = S.vectorBitSize() == 512
            || System.getProperty("os.arch").equals("aarch64");

    /// Vectors across the widest tile: four where there are 32 vector registers, two where there are 16.
    private static final int VECTORS = MANY_REGISTERS ? 4 : 2;
    /// Rows of tiles of one vector: as many accumulators as keep the multipliers busy.
    private static final int NARROW_ROWS = 2 * TileShape.STRIPE;
    /// Columns of the widest tile.
    static final int COLUMNS = VECTORS * W;
    /// Elements of the largest tile.
    static final int MOST = Math.max(TileShape.STRIPE * COLUMNS, NARROW_ROWS * W);

    private static final TileKernel[] ROWS_KERNELS = kernels(TileShape.Operands.ROWS, false);
    private static final TileKernel[] PACKED_KERNELS = kernels(TileShape.Operands.PACKED, false);
    /// For a vector times a matrix.
    private static final TileKernel[] ONE_ROW_KERNELS = kernels(TileShape.Operands.ROWS, true);

    private VectorTiles() {}

    /// By vectors across the tile; one for each of 1, 2 and [#VECTORS].
    private static TileKernel[] kernels(TileShape.Operands operands, boolean one) {
        TileKernel[] kernels = new TileKernel[VECTORS + 1];
        for (int vectors : new int[] {1, 2, VECTORS}) {
            kernels[vectors] = TileKernels.of(new TileShape(one ? 1 : rows(vectors), vectors, operands));
        }
        return kernels;
    }

    /// How many vectors wide a tile is taken where `columns` are left.
    static int vectors(int columns) {
        int needed = (columns + W - 1) / W;
        return needed >= VECTORS ? VECTORS : needed >= 2 ? 2 : 1;
    }

    /// How many rows a tile of so many vectors has.
    static int rows(int vectors) {
        return vectors == 1 ? NARROW_ROWS : TileShape.STRIPE;
    }

    /// The kernel for operands that lie by rows.
    ///
    /// @param one whether there is but one row
    static TileKernel byRows(int vectors, boolean one) {
        return (one ? ONE_ROW_KERNELS : ROWS_KERNELS)[vectors];
    }

    /// The kernel for operands in stripes and panels.
    static TileKernel packed(int vectors) {
        return PACKED_KERNELS[vectors];
    }

    /// Copies `rows` x `columns` elements of C into a tile whose rows are `width` apart; offsets in bytes.
    static void load(MemorySegment c, long c0, long rowStep, int rows, int columns, float[] tile, int width) {
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
        int whole = columns - columns % W;
        for (int i = 0; i < rows; i++) {
            long row = c0 + i * rowStep;
            for (int j = 0; j < whole; j += W) {
                FloatVector.fromArray(S, tile, i * width + j).intoMemorySegment(c, row + 4L * j, NATIVE);
            }
            if (whole < columns) {
                MemorySegment.copy(tile, i * width + whole, c, ValueLayout.JAVA_FLOAT_UNALIGNED, row + 4L * whole,
                        columns - whole);
            }
        }
    }
}
