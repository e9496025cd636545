package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.ir.Attention;
import dev.cajal.ir.Node;
import dev.cajal.type.Shape;

/// What attention works on. Queries are `[batch, queries, heads, size]`, keys and values `[batch, keys, groups, size]`.
///
/// @param masked whether some keys may be absent
record AttentionShape(int batch, int queries, int keys, int heads, int groups, int size, boolean causal,
        boolean masked) {
    static AttentionShape of(Node node, Attention attention) {
        Shape q = node.inputs().get(0).shape();
        Shape k = node.inputs().get(1).shape();
        int others = attention.isGradient() ? 5 : 0;
        return new AttentionShape(q.dim(0), q.dim(1), k.dim(1), q.dim(2), k.dim(2), q.dim(3), attention.causal(),
                node.inputs().size() - others > 3);
    }

    int headsOfGroup() {
        return heads / groups;
    }

    float scale() {
        return (float) (1 / Math.sqrt(size));
    }

    /// From position to position of queries, in elements.
    long queryStep() {
        return (long) heads * size;
    }

    /// From position to position of keys and values, in elements.
    long keyStep() {
        return (long) groups * size;
    }

    /// Where a query is, in bytes.
    long query(int item, int head, int position) {
        return 4 * (((long) item * queries + position) * queryStep() + (long) head * size);
    }

    /// Where a key is, or its value, in bytes.
    long key(int item, int group, int position) {
        return 4 * (((long) item * keys + position) * keyStep() + (long) group * size);
    }

    /// Where a number for each query is, in bytes.
    long sum(int item, int head, int position) {
        return 4 * (((long) item * heads + head) * queries + position);
    }

    /// Into how many blocks positions are divided.
    static int blocks(int positions) {
        return Math.ceilDiv(positions, StripProduct.MOST);
    }

    /// Positions of a block, but for the last one: all of about the same length.
    static int block(int positions) {
        return Math.ceilDiv(positions, blocks(positions) * StripProduct.ROWS) * StripProduct.ROWS;
    }

    /// A strip times the transpose of some positions.
    Product across(int positions, long step) {
        return product(StripProduct.ROWS, positions, size, false, true, step, StripProduct.ROW);
    }

    /// A strip times some positions.
    Product along(int positions, long step, long resultStep) {
        return product(StripProduct.ROWS, size, positions, false, false, step, resultStep);
    }

    /// The transpose of a strip with so many columns times as many keys as it has rows.
    Product back(int rows, int columns) {
        return product(columns, size, rows, true, false, keyStep(), queryStep());
    }

    private static Product product(int m, int n, int k, boolean transposeA, boolean transposeB, long step,
            long resultStep) {
        return new Product(1, m, n, k, transposeA, transposeB, StripProduct.ROW, step, resultStep, 0, 0, 0, false);
    }
}
