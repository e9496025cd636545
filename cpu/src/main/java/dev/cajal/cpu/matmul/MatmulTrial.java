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
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;

    MatmulTrial(Product product) {
        this.product = product;
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
    public long instructions() {
        // A multiplication, and as much again for what is around it.
        int vectors = Math.ceilDiv(product.n(), Lanes.floats());
        return 2L * REPETITIONS * product.m() * vectors * product.k();
    }
}
