package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;

/// Which kernel multiplies.
final class MatmulKernels {
    private MatmulKernels() {}

    private static final MatmulKernel SCALAR = new ScalarMatmul();

    /// The kernel without vectors.
    static MatmulKernel scalar() {
        return SCALAR;
    }

    /// The vector kernel; only where [Lanes#available].
    static MatmulKernel vector() {
        return Vector.KERNEL;
    }

    /// The fastest one at this moment.
    static MatmulKernel current() {
        return Lanes.available() ? Vector.KERNEL : SCALAR;
    }

    /// Loaded only where the Vector API is present.
    private static final class Vector {
        static final MatmulKernel KERNEL = new VectorMatmul();
    }
}
