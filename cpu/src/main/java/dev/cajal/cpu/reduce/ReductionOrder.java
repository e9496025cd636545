package dev.cajal.cpu.reduce;

/// The order of every floating-point sum and product: **a function of the shape alone**. Every kernel, written or generated, scalar or
/// vector, keeps to it, so that results have the same bits at any vector width and any number of threads.
///
/// **Along a row** (`count` contiguous elements, or `count` values computed from them):
///
/// 1. The row is cut into blocks of [#BLOCK] elements; the last one may be shorter.
/// 2. Within a block there are [#LANES] virtual lanes, all starting from the identity (`+0` or `1`). Element `i` of the block is
///    added to lane `i mod 16`, in order of `i`. Lanes beyond a short end get nothing (adding the identity there is the same).
/// 3. The lanes are folded by halves: lane `j` += lane `j + 8` for `j < 8`, then `j + 4`, `j + 2`, `j + 1`; lane 0 is the
///    block's value.
/// 4. One block: done. Several: their values are a row again, reduced by these rules.
///
/// One vector of 512 bits is the 16 lanes; at 256 bits vectors `a, b` stand for them and `a + b` is the first fold; at 128 bits it is
/// `(a + c) + (b + d)`. Independent rows and blocks may be interleaved to hide latency.
///
/// **Along columns** (`rows` x `count`, each column summed over its rows): rows are cut into blocks of [#ROW_BLOCK]; within a block each
/// column is added up in order of rows from the identity; several blocks give a matrix of partial sums, one row each, reduced by the
/// same rule.
///
/// **Several axes at once**: neighbouring reduced axes count as one. If the innermost axis is reduced, it is reduced first, along rows; what remains
/// is reduced along columns, the innermost remaining axis first.
///
/// **Maximum and minimum** need no order: NaN wins, and `+0` is larger than `-0`, as in [Math#max(float, float)].
///
/// Threads share the work by rows, blocks, or ranges of columns, and never add into one another's numbers.
public final class ReductionOrder {
    private ReductionOrder() {}

    /// Virtual lanes of a row reduction.
    public static final int LANES = 16;
    /// Elements of a block of a row; a multiple of [#LANES].
    public static final int BLOCK = 4096;
    /// Rows of a block of a column reduction.
    public static final int ROW_BLOCK = 256;

    /// How many blocks a row of `count` elements has; at least 1.
    public static int blocks(long count) {
        return Math.toIntExact(Math.max(1, (count + BLOCK - 1) / BLOCK));
    }

    /// How many blocks of rows a matrix of `rows` rows has; at least 1.
    public static int rowBlocks(long rows) {
        return Math.toIntExact(Math.max(1, (rows + ROW_BLOCK - 1) / ROW_BLOCK));
    }
}
