package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.Trial;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A small product on scratch data.
final class MatmulTrial implements Trial<MatmulKernel> {
    /// Products of a run.
    private static final int REPETITIONS = 4;

    private final Product product;
    /// The part of it that fills its tiles.
    private final Product whole;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;

    /// @param product of which the first tiles are full
    /// @param whole no larger
    MatmulTrial(Product product, Product whole) {
        this.product = product;
        this.whole = whole;
        Arena arena = Arena.ofAuto();
        this.a = arena.allocate(4L * product.m() * product.k(), 64);
        this.b = arena.allocate(4L * product.k() * product.n(), 64);
        this.c = arena.allocate(4L * product.m() * product.n(), 64);
    }

    @Override
    public void run(MatmulKernel kernel) {
        for (int i = 0; i < REPETITIONS; i++) {
            // Begun with zeros, and with what there is.
            kernel.multiply(i % 2 == 0 ? product : product.withAccumulate(true), a, 0, b, 0, c, 0, 0, product.m(), 0,
                    product.n());
        }
    }

    @Override
    public void probe(MatmulKernel kernel) {
        kernel.multiply(whole, a, 0, b, 0, c, 0, 0, whole.m(), 0, whole.n());
    }

    @Override
    public long instructions() {
        // A multiplication, and as much again for what is around it.
        return 2L * whole.m() * (whole.n() / Lanes.floats()) * whole.k();
    }
}
