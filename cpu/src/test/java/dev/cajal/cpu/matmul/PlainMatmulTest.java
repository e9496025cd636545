package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Against three plain loops.
class PlainMatmulTest {
    @Test
    void anyShapeAndForm() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 100; round++) {
            Product product = Product
                    .batched(1 + random.nextInt(2), random.nextInt(40), random.nextInt(30), random.nextInt(20),
                            random.nextBoolean(), random.nextBoolean())
                    .withAccumulate(random.nextBoolean());
            try (Arena arena = Arena.ofShared(); WorkerPool pool = WorkerPool.withThreads(2)) {
                long[] a = random.longs((long) product.batch() * product.m() * product.k()).toArray();
                long[] b = random.longs((long) product.batch() * product.k() * product.n()).toArray();
                long[] c = random.longs((long) product.batch() * product.m() * product.n()).toArray();
                int offset = random.nextInt(3);
                longs(pool, arena, product, a, b, c, offset);
                ints(pool, arena, product, a, b, c, offset);
                doubles(pool, arena, product, a, b, c, offset);
            }
        }
    }

    private static void longs(WorkerPool pool, Arena arena, Product product, long[] a, long[] b, long[] c, int offset) {
        MemorySegment ma = arena.allocate(8L * (a.length + offset));
        MemorySegment mb = arena.allocate(8L * (b.length + offset));
        MemorySegment mc = arena.allocate(8L * (c.length + offset));
        MemorySegment.copy(a, 0, ma, ValueLayout.JAVA_LONG, 8L * offset, a.length);
        MemorySegment.copy(b, 0, mb, ValueLayout.JAVA_LONG, 8L * offset, b.length);
        MemorySegment.copy(c, 0, mc, ValueLayout.JAVA_LONG, 8L * offset, c.length);
        PlainMatmul.multiplyLongs(pool, product, ma, offset, mb, offset, mc, offset);
        long[] expected = product(product, a, b, c);
        for (int i = 0; i < c.length; i++) {
            assertThat(mc.getAtIndex(ValueLayout.JAVA_LONG, offset + i)).isEqualTo(expected[i]);
        }
    }

    private static void ints(WorkerPool pool, Arena arena, Product product, long[] a, long[] b, long[] c, int offset) {
        MemorySegment ma = ints(arena, a, offset);
        MemorySegment mb = ints(arena, b, offset);
        MemorySegment mc = ints(arena, c, offset);
        PlainMatmul.multiplyInts(pool, product, ma, offset, mb, offset, mc, offset);
        long[] expected = product(product, a, b, c);
        for (int i = 0; i < c.length; i++) {
            assertThat(mc.getAtIndex(ValueLayout.JAVA_INT, offset + i)).isEqualTo((int) expected[i]);
        }
    }

    private static MemorySegment ints(Arena arena, long[] values, int offset) {
        MemorySegment memory = arena.allocate(4L * (values.length + offset));
        for (int i = 0; i < values.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_INT, offset + i, (int) values[i]);
        }
        return memory;
    }

    private static void doubles(WorkerPool pool, Arena arena, Product product, long[] a, long[] b, long[] c,
            int offset) {
        MemorySegment ma = doubles(arena, a, offset);
        MemorySegment mb = doubles(arena, b, offset);
        MemorySegment mc = doubles(arena, c, offset);
        PlainMatmul.multiplyDoubles(pool, product, ma, offset, mb, offset, mc, offset);
        for (int at = 0; at < c.length; at++) {
            int item = at / (product.m() * product.n());
            int i = at / product.n() % product.m();
            int j = at % product.n();
            double sum = product.accumulate() ? c[at] * 0x1p-40 : 0;
            for (int p = 0; p < product.k(); p++) {
                sum = Math.fma(a[indexA(product, item, i, p)] * 0x1p-40, b[indexB(product, item, p, j)] * 0x1p-40, sum);
            }
            assertThat(mc.getAtIndex(ValueLayout.JAVA_DOUBLE, offset + at)).isEqualTo(sum);
        }
    }

    private static MemorySegment doubles(Arena arena, long[] values, int offset) {
        MemorySegment memory = arena.allocate(8L * (values.length + offset));
        for (int i = 0; i < values.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_DOUBLE, offset + i, values[i] * 0x1p-40);
        }
        return memory;
    }

    private static long[] product(Product product, long[] a, long[] b, long[] c) {
        long[] result = product.accumulate() ? c.clone() : new long[c.length];
        for (int at = 0; at < c.length; at++) {
            int item = at / (product.m() * product.n());
            int i = at / product.n() % product.m();
            int j = at % product.n();
            for (int p = 0; p < product.k(); p++) {
                result[at] += a[indexA(product, item, i, p)] * b[indexB(product, item, p, j)];
            }
        }
        return result;
    }

    private static int indexA(Product product, int item, int i, int p) {
        return item * product.m() * product.k() + (product.transposeA() ? p * product.m() + i : i * product.k() + p);
    }

    private static int indexB(Product product, int item, int p, int j) {
        return item * product.k() * product.n() + (product.transposeB() ? j * product.k() + p : p * product.n() + j);
    }
}
