package dev.cajal.cpu.matmul;

import dev.cajal.cpu.codegen.TileShape;

/// Products by the tiles and ways of packing that they need: how the operands are stored, whether there is one row or few or many, whether there are columns for the widest
/// tile, and how many vectors are left beside those. Needs the Vector API.
final class ProductClass {
    /// Vectors that may be left beside the widest tiles, or none.
    private static final int EDGES = VectorTiles.WIDEST_COLUMNS / VectorTiles.VECTOR;
    /// How many rows there are: one, few, which are read where they are, or many, which are packed.
    private static final int SIZES = 3;
    private static final int MANY = 2;
    /// How many classes there are.
    static final int COUNT = 8 * SIZES * EDGES;
    /// Rows that fill tiles of any height, by size.
    private static final int[] WHOLE_ROWS = {1, 12, 36};
    /// Small, so that methods are called often enough to be compiled as a whole, before their loops are.
    private static final int K = 24;

    private ProductClass() {}

    /// The class of a product, from 0 on.
    static int number(Product product) {
        int size = VectorMatmul.operands(product, product.m()) != TileShape.Operands.ROWS
                ? MANY
                : product.m() == 1 ? 0 : 1;
        int widest = widest(size);
        int edge = Math.ceilDiv(product.n() % widest, VectorTiles.VECTOR) % (widest / VectorTiles.VECTOR);
        return bit(product.transposeA()) + 2 * bit(product.transposeB())
                + 4 * bit(product.n() >= widest - VectorTiles.VECTOR + 1) + 8 * size + 8 * SIZES * edge;
    }

    private static int widest(int size) {
        return switch (size) {
            case 0 -> VectorTiles.WIDEST_COLUMNS;
            case MANY -> VectorTiles.COLUMNS;
            default -> VectorTiles.WIDE_COLUMNS;
        };
    }

    private static int bit(boolean is) {
        return is ? 1 : 0;
    }

    /// A trial for the products of a class.
    static MatmulTrial trial(int number) {
        int size = number / 8 % SIZES;
        int wide = (number & 4) != 0 ? widest(size) : 0;
        int edge = number / (8 * SIZES) * VectorTiles.VECTOR;
        // The last vector is not full, nor is the last tile.
        int columns = Math.max(1, wide + edge - (edge > 0 ? VectorTiles.VECTOR / 2 : 0));
        int whole = wide > 0 ? wide : VectorTiles.VECTOR;
        int rows = WHOLE_ROWS[size];
        return new MatmulTrial(product(number, size == 0 ? rows : rows + 2, Math.max(columns, whole)),
                product(number, rows, whole));
    }

    private static Product product(int number, int rows, int columns) {
        return Product.of(rows, columns, K, (number & 1) != 0, (number & 2) != 0);
    }
}
