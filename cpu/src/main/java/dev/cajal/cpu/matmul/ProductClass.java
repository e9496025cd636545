package dev.cajal.cpu.matmul;

/// Products by the tiles and ways of packing that they need: how the operands are stored, whether there is one row, whether there are columns for the widest tile, and how many
/// vectors are left beside those. Needs the Vector API.
final class ProductClass {
    /// Vectors that may be left beside the widest tiles, or none.
    private static final int EDGES = VectorTiles.COLUMNS / VectorTiles.VECTOR;
    /// How many classes there are.
    static final int COUNT = 16 * EDGES;
    /// Rows that fill tiles of any height.
    private static final int WHOLE_ROWS = 12;
    /// Small, so that methods are called often enough to be compiled as a whole, before their loops are.
    private static final int K = 24;

    private ProductClass() {}

    /// The class of a product, from 0 on.
    static int number(Product product) {
        int edge = Math.ceilDiv(product.n() % VectorTiles.COLUMNS, VectorTiles.VECTOR) % EDGES;
        return bit(product.transposeA()) + 2 * bit(product.transposeB()) + 4 * bit(product.m() == 1)
                + 8 * bit(product.n() >= VectorTiles.COLUMNS - VectorTiles.VECTOR + 1) + 16 * edge;
    }

    private static int bit(boolean is) {
        return is ? 1 : 0;
    }

    /// A trial for the products of a class.
    static MatmulTrial trial(int number) {
        boolean one = (number & 4) != 0;
        int wide = (number & 8) != 0 ? VectorTiles.COLUMNS : 0;
        int edge = number / 16 * VectorTiles.VECTOR;
        // The last vector is not full, nor is the last tile.
        int columns = Math.max(1, wide + edge - (edge > 0 ? VectorTiles.VECTOR / 2 : 0));
        int whole = wide > 0 ? wide : VectorTiles.VECTOR;
        return new MatmulTrial(product(number, one ? 1 : WHOLE_ROWS + 2, Math.max(columns, whole)),
                product(number, one ? 1 : WHOLE_ROWS, whole));
    }

    private static Product product(int number, int rows, int columns) {
        return Product.of(rows, columns, K, (number & 1) != 0, (number & 2) != 0);
    }
}
