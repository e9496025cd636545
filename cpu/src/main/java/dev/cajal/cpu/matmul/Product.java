package dev.cajal.cpu.matmul;

/// The shape of a matrix product `C = op(A) op(B)`, or `C = C + op(A) op(B)`, of `batch` pairs of matrices.
///
/// Matrices are stored by rows. `lda`, `ldb` and `ldc` are the distances between their rows in elements, `strideA`, `strideB` and `strideC`
/// the distances between matrices of the batch; 0 lets all items of the batch share one A or B.
///
/// @param batch how many products
/// @param m rows of C
/// @param n columns of C
/// @param k columns of op(A), rows of op(B)
/// @param transposeA whether A is stored as `k` x `m`
/// @param transposeB whether B is stored as `n` x `k`
/// @param accumulate whether the sums start from what is in C instead of `+0`
public record Product(int batch, int m, int n, int k, boolean transposeA, boolean transposeB, long lda, long ldb,
        long ldc, long strideA, long strideB, long strideC, boolean accumulate) {
    /// One product of dense matrices.
    public static Product of(int m, int n, int k, boolean transposeA, boolean transposeB) {
        return batched(1, m, n, k, transposeA, transposeB);
    }

    /// Products of dense matrices that lie one behind the other.
    public static Product batched(int batch, int m, int n, int k, boolean transposeA, boolean transposeB) {
        return new Product(batch, m, n, k, transposeA, transposeB, transposeA ? m : k, transposeB ? k : n, n,
                (long) m * k,
                (long) k * n, (long) m * n, false);
    }

    public Product {
        if (batch < 0 || m < 0 || n < 0 || k < 0) {
            throw new IllegalArgumentException("negative extent in " + batch + " x [" + m + ", " + n + ", " + k + "]");
        }
    }

    /// This product with other distances between the rows of its matrices.
    public Product withRows(long lda, long ldb, long ldc) {
        return new Product(batch, m, n, k, transposeA, transposeB, lda, ldb, ldc, strideA, strideB, strideC,
                accumulate);
    }

    /// This product with other distances between the matrices of its batch.
    public Product withStrides(long strideA, long strideB, long strideC) {
        return new Product(batch, m, n, k, transposeA, transposeB, lda, ldb, ldc, strideA, strideB, strideC,
                accumulate);
    }

    /// This product, added to what is in C or not.
    public Product withAccumulate(boolean accumulate) {
        return new Product(batch, m, n, k, transposeA, transposeB, lda, ldb, ldc, strideA, strideB, strideC,
                accumulate);
    }

    /// Floating-point operations, an addition and a multiplication counting as two.
    public double flops() {
        return 2.0 * batch * m * n * k;
    }
}
