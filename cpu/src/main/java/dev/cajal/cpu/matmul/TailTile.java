package dev.cajal.cpu.matmul;

import org.jspecify.annotations.Nullable;

/// How much of a product is handed over to its tail at a time. All tiles of a task are about equally large: what is packed for a tile is packed for few rows or columns if it is a small rest.
///
/// @param rows a multiple of the kernel's unit
/// @param columns likewise
record TailTile(int rows, int columns) {
    /// Elements of a tile: 240 KB, which the second-level cache keeps.
    static final int MOST = 61_440;
    /// Columns of a tile of a low product, and of a high one, whose tasks have all columns of some rows.
    private static final int COLUMNS = 256;
    private static final int WIDE_COLUMNS = 512;
    /// Rows of a tile where A is packed beforehand: so many share what is packed of B.
    private static final int ROWS = 512;

    /// @param packed which operand is packed beforehand
    static TailTile of(Split split, @Nullable PackedOperand packed) {
        Product product = split.product();
        int rowUnit = split.kernel().rowUnit();
        int columnUnit = split.kernel().columnUnit();
        if (packed != null && packed.isLeft()) {
            int rows = part(split.rows(), ROWS, rowUnit);
            return new TailTile(rows, part(split.columns(), MOST / rows, columnUnit));
        }
        int columns = part(split.columns(), product.m() <= MOST / COLUMNS ? COLUMNS : WIDE_COLUMNS, columnUnit);
        return new TailTile(part(split.rows(), MOST / columns, rowUnit), columns);
    }

    /// The length of equal parts, none longer than `most`.
    private static int part(int extent, int most, int unit) {
        int units = Math.ceilDiv(extent, unit);
        int mostUnits = Math.max(1, most / unit);
        return Math.ceilDiv(units, Math.ceilDiv(units, mostUnits)) * unit;
    }
}
