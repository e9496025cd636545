package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Twin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Which kernel multiplies: the scalar one until the vector one is warm.
final class MatmulKernels {
    private static final MatmulKernel SCALAR = new ScalarMatmul();

    private MatmulKernels() {}

    /// The kernel without vectors.
    static MatmulKernel scalar() {
        return SCALAR;
    }

    /// The kernel with vectors, only where there are some.
    static MatmulKernel vector() {
        return Vector.KERNEL;
    }

    /// The twin of both; it begins to warm up when it is first asked for.
    static Twin<MatmulKernel> twin() {
        return Pair.TWIN;
    }

    private static final class Pair {
        static final Twin<MatmulKernel> TWIN = Twin.of("the matrix product", SCALAR, MatmulKernels::vector,
                new Trial()::run);
    }

    /// Loaded only where the Vector API is present.
    private static final class Vector {
        static final MatmulKernel KERNEL = new VectorMatmul();
    }

    /// Small products that go through every tile and every way of packing. `k` is small so that methods are called often enough to
    /// be compiled as a whole, before their loops are.
    private static final class Trial {
        private static final int K = 24;
        private static final Product[] PRODUCTS = {Product.of(24, 64, K, false, false),
            Product.of(12, 64, K, true, false),
            Product.of(12, 26, K, false, false), Product.of(24, 4, K, false, false),
            Product.of(1, 128, 32, false, false),
            Product.of(1, 128, 32, false, true), Product.of(7, 70, K, false, false).withAccumulate(true)};

        private final MemorySegment a = Arena.ofAuto().allocate(4L * 24 * 32, 64);
        private final MemorySegment b = Arena.ofAuto().allocate(4L * 32 * 128, 64);
        private final MemorySegment c = Arena.ofAuto().allocate(4L * 24 * 128, 64);

        void run(MatmulKernel kernel) {
            for (Product product : PRODUCTS) {
                kernel.multiply(product, a, 0, b, 0, c, 0, 0, product.m(), 0, product.n());
            }
        }
    }
}
