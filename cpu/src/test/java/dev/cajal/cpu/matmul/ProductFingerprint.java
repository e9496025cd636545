package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/// Products of several shapes, by the kernel that is in force.
public final class ProductFingerprint {
    private static final Product[] PRODUCTS = {Product.of(7, 70, 20, false, false), Product.of(13, 9, 17, true, false),
        Product.of(5, 33, 21, false, true), Product.of(1, 40, 30, false, false), Product.of(1, 40, 30, false, true),
        Product.of(20, 20, 3, true, true), Product.of(8, 80, 20, false, false).withAccumulate(true)};

    private ProductFingerprint() {}

    public static long compute() {
        SplittableRandom random = new SplittableRandom(12);
        long hash = 0;
        try (Arena arena = Arena.ofShared()) {
            for (Product product : PRODUCTS) {
                MemorySegment a = numbers(arena, random, product.m() * product.k());
                MemorySegment b = numbers(arena, random, product.k() * product.n());
                MemorySegment c = numbers(arena, random, product.m() * product.n());
                new FloatMatmul(WorkerPool.shared(), product).multiply(a, 0, b, 0, c, 0);
                for (float value : c.toArray(ValueLayout.JAVA_FLOAT)) {
                    hash = 31 * hash + Float.floatToIntBits(value);
                }
            }
        }
        return hash;
    }

    private static MemorySegment numbers(Arena arena, SplittableRandom random, int count) {
        MemorySegment numbers = arena.allocate(4L * count, 64);
        for (int i = 0; i < count; i++) {
            numbers.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
        }
        return numbers;
    }
}
