package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Every kernel gives, bit for bit, what three plain loops give: the chain of fused multiply-adds in order of k.
class FloatMatmulTest {
    private static final int[] EXTENTS = {0, 1, 2, 3, 5, 6, 7, 8, 10, 12, 13, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63,
        64, 65,
        97, 100, 128, 130, 191, 200};

    @Test
    void anyShapeAndForm() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 250; round++) {
            int m = EXTENTS[random.nextInt(EXTENTS.length)];
            int n = EXTENTS[random.nextInt(EXTENTS.length)];
            int k = EXTENTS[random.nextInt(EXTENTS.length)];
            int batch = random.nextInt(4) == 0 ? random.nextInt(4) : 1;
            check(random, Product.batched(batch, m, n, k, random.nextBoolean(), random.nextBoolean()));
        }
    }

    @Test
    void largerThanAllBlocks() {
        SplittableRandom random = new SplittableRandom(6);
        for (int form = 0; form < 4; form++) {
            check(random, Product.of(211, 601, 777, (form & 1) != 0, (form & 2) != 0));
        }
        check(random, Product.of(7, 5, 1500, false, true));
        check(random, Product.of(401, 3, 9, true, false));
        check(random, Product.of(1, 700, 900, false, true));
        check(random, Product.of(1, 700, 900, true, true));
        check(random, Product.of(1, 700, 900, false, false));
        check(random, Product.of(1, 700, 784, false, false));
        check(random, Product.of(700, 1, 900, false, false));
    }

    /// So many copies of a packed operand would take too much memory: threads share one.
    @Test
    void manyThreads() {
        SplittableRandom random = new SplittableRandom(7);
        try (Arena arena = Arena.ofShared();
                WorkerPool pool = WorkerPool.withThreads(48)) {
            for (boolean transposed : new boolean[] {false, true}) {
                Product product = Product.of(211, 301, 3000, transposed, false);
                FloatMatmul multiplication = new FloatMatmul(pool, product);
                FloatMatmul keeping = new FloatMatmul(pool, Contraction.of(product), true);
                MemorySegment result = arena.allocate(4L * 211 * 301, 64);
                for (int run = 0; run < 2; run++) {
                    MemorySegment a = numbers(arena, random, 211 * 3000);
                    MemorySegment b = numbers(arena, random, 3000 * 301);
                    multiplication.multiply(MatmulKernels.vector(), a, 0, b, 0, result, 0);
                    float[] expected = expected(product, a, b, result, 0);
                    assertSameBits(result, expected, MatmulKernels.vector(), pool, product);
                    keeping.renewRight();
                    for (int trip = 0; trip < 2; trip++) {
                        result.fill((byte) 0);
                        keeping.multiply(MatmulKernels.vector(), a, 0, b, 0, result, 0);
                        assertSameBits(result, expected, MatmulKernels.vector(), pool, product);
                    }
                }
            }
        }
    }

    /// The product as it is, and with everything that can be varied varied.
    private static void check(SplittableRandom random, Product dense) {
        check(random, dense, 0);
        Product loose = dense
                .withRows(dense.lda() + random.nextInt(5), dense.ldb() + random.nextInt(5),
                        dense.ldc() + random.nextInt(5))
                .withAccumulate(true);
        long sizeA = loose.lda() * (dense.transposeA() ? dense.k() : dense.m());
        long sizeB = loose.ldb() * (dense.transposeB() ? dense.n() : dense.k());
        check(random, loose.withStrides(random.nextBoolean() ? 0 : sizeA, random.nextBoolean() ? 0 : sizeB + 3,
                loose.ldc() * dense.m()), random.nextInt(20));
    }

    private static void check(SplittableRandom random, Product product, int offset) {
        try (Arena arena = Arena.ofShared();
                WorkerPool one = WorkerPool.withThreads(1);
                WorkerPool three = WorkerPool.withThreads(3)) {
            int batch = Math.max(1, product.batch());
            MemorySegment a = numbers(arena, random, offset + product.strideA() * (batch - 1)
                    + product.lda() * (product.transposeA() ? product.k() : product.m()));
            MemorySegment b = numbers(arena, random, offset + product.strideB() * (batch - 1)
                    + product.ldb() * (product.transposeB() ? product.n() : product.k()));
            MemorySegment c = numbers(arena, random,
                    offset + product.strideC() * (batch - 1) + product.ldc() * product.m());
            float[] expected = expected(product, a, b, c, offset);
            for (MatmulKernel kernel : new MatmulKernel[] {MatmulKernels.scalar(), MatmulKernels.vector()}) {
                for (WorkerPool pool : new WorkerPool[] {one, three}) {
                    MemorySegment result = arena.allocate(c.byteSize(), 64);
                    FloatMatmul multiplication = new FloatMatmul(pool, product);
                    MemorySegment other = numbers(arena, random, b.byteSize() / 4);
                    // It has had other operands before.
                    multiplication.multiply(kernel, numbers(arena, random, a.byteSize() / 4), offset, other, offset,
                            result, offset);
                    result.copyFrom(c);
                    multiplication.multiply(kernel, a, offset, b, offset, result, offset);
                    assertSameBits(result, expected, kernel, pool, product);
                    // One that keeps B, and had another one before.
                    FloatMatmul keeping = new FloatMatmul(pool, Contraction.of(product), true);
                    keeping.multiply(kernel, a, offset, other, offset, result, offset);
                    keeping.renewRight();
                    for (int trip = 0; trip < 2; trip++) {
                        result.copyFrom(c);
                        keeping.multiply(kernel, a, offset, b, offset, result, offset);
                        assertSameBits(result, expected, kernel, pool, product);
                    }
                }
            }
        }
    }

    private static void assertSameBits(MemorySegment result, float[] expected, MatmulKernel kernel, WorkerPool pool,
            Product product) {
        float[] actual = result.toArray(ValueLayout.JAVA_FLOAT);
        for (int i = 0; i < actual.length; i++) {
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                assertThat(actual[i])
                        .as("%s, %s threads, %s, element %s", kernel, pool.threads(), product, i)
                        .isEqualTo(expected[i]);
            }
        }
    }

    private static float[] expected(Product product, MemorySegment a, MemorySegment b, MemorySegment c, int offset) {
        float[] result = c.toArray(ValueLayout.JAVA_FLOAT);
        for (int item = 0; item < product.batch(); item++) {
            long a0 = offset + item * product.strideA();
            long b0 = offset + item * product.strideB();
            for (int i = 0; i < product.m(); i++) {
                for (int j = 0; j < product.n(); j++) {
                    int at = (int) (offset + item * product.strideC() + i * product.ldc() + j);
                    float sum = product.accumulate() ? result[at] : 0f;
                    for (int p = 0; p < product.k(); p++) {
                        long pa = product.transposeA() ? p * product.lda() + i : i * product.lda() + p;
                        long pb = product.transposeB() ? j * product.ldb() + p : p * product.ldb() + j;
                        sum = Math.fma(a.getAtIndex(ValueLayout.JAVA_FLOAT, a0 + pa),
                                b.getAtIndex(ValueLayout.JAVA_FLOAT, b0 + pb), sum);
                    }
                    result[at] = sum;
                }
            }
        }
        return result;
    }

    private static MemorySegment numbers(Arena arena, SplittableRandom random, long count) {
        MemorySegment numbers = arena.allocate(4 * count, 64);
        for (long i = 0; i < count; i++) {
            float value = switch (random.nextInt(50)) {
                case 0 -> -0f;
                case 1 -> 0f;
                case 2 -> Float.MIN_VALUE * random.nextInt(100);
                default -> (float) random.nextDouble(-1, 1);
            };
            numbers.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
        return numbers;
    }
}
