package dev.cajal.backend;

import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Matrix products of bf16 by somebody else's library, for the processor's own instructions that Java does not reach. Found as a service by
/// backends.
///
/// A library computes on the calling thread only and starts no threads of its own: the backend splits the work. Implementations are safe for
/// use by many threads.
public interface ProductLibrary {
    /// Its name and version, for people: `oneDNN 3.13.0`.
    String name();

    /// Why it cannot be used here: a missing file, another processor. Empty if nothing is in the way. The first call may take a while.
    Optional<Phrase> obstacle();

    /// A kernel for products of one shape. Takes long compared with a product; callers keep the result. Only where there is no
    /// [#obstacle].
    Kernel kernel(Matrices matrices);

    /// The shape of a product `C = A B` of one pair of matrices with elements of bf16, `m` x `k` by `k` x `n`.
    ///
    /// The element in row `i` and column `j` of a matrix lies `i * row + j * column` elements behind its beginning; one of both steps is 1.
    ///
    /// @param m rows of A and C; this and the other lengths are at least 1
    /// @param n columns of B and C
    /// @param k columns of A, rows of B
    /// @param rowA from row to row of A
    /// @param columnA from column to column of A
    /// @param rowB from row to row of B
    /// @param columnB from column to column of B
    /// @param rowC from row to row of C, whose columns lie one behind the other
    /// @param result element type of C: [DType#F32], or [DType#BF16], which is rounded once from the sum
    record Matrices(int m, int n, int k, long rowA, long columnA, long rowB, long columnB, long rowC, DType result) {
        /// Bytes from the first element of A to behind its last one.
        public long bytesA() {
            return 2 * ((m - 1) * rowA + (k - 1) * columnA + 1);
        }

        /// Bytes from the first element of B to behind its last one.
        public long bytesB() {
            return 2 * ((k - 1) * rowB + (n - 1) * columnB + 1);
        }

        /// Bytes from the first element of C to behind its last one.
        public long bytesC() {
            return result.byteSize() * ((m - 1) * rowC + n);
        }
    }

    /// Multiplies matrices of one shape. Sums are accumulated in single precision; the same operands always give the same bits.
    @FunctionalInterface
    interface Kernel {
        /// Computes C. Called by many threads at once. The segments are off-heap; offsets are in bytes.
        void multiply(MemorySegment a, long offsetA, MemorySegment b, long offsetB, MemorySegment c, long offsetC);
    }
}
