package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.Trial;
import dev.cajal.cpu.Twin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Which form of the transformations works: the scalar one until the vector one is warm.
final class WinogradTransforms {
    private static final WinogradTransform SCALAR = new ScalarWinogradTransform();

    private WinogradTransforms() {}

    /// The form that goes with a kernel of the products.
    static WinogradTransform of(MatmulKernel kernel) {
        return kernel == MatmulKernels.scalar() ? SCALAR : Vector.TWIN.kernel();
    }

    /// Loaded only where the Vector API is present.
    private static final class Vector {
        static final Twin<WinogradTransform> TWIN = Twin.of("a transformation of Winograd", SCALAR,
                VectorWinogradTransform::new, new Some());
    }

    /// A strip of some tiles.
    private static final class Some implements Trial<WinogradTransform> {
        private static final int TILES = 14;
        private static final int CHANNELS = 64;
        private static final long POINT = 4L * TILES * CHANNELS;
        private static final long LINE = 4L * 2 * (TILES + 1) * CHANNELS;

        private final MemorySegment lines = Arena.ofAuto().allocate(WinogradTransform.SIDE * LINE, 64);
        private final MemorySegment points = Arena.ofAuto().allocate(WinogradTransform.POINTS * POINT, 64);

        @Override
        public void run(WinogradTransform transform) {
            // With and without a half tile at each edge.
            for (int missing = 0; missing < 2; missing++) {
                transform.input(lines, LINE, TILES, CHANNELS, points, 0, POINT);
                transform.output(points, 0, POINT, CHANNELS, 2 - missing, 2 * TILES - missing, lines, 0, LINE);
            }
        }

        @Override
        public void probe(WinogradTransform transform) {
            run(transform);
        }

        @Override
        public long instructions() {
            return 4L * TILES * (CHANNELS / Lanes.floats()) * 3 * WinogradTransform.POINTS;
        }
    }
}
