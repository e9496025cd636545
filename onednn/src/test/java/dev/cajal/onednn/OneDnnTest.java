package dev.cajal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.backend.ProductLibrary.Matrices;
import dev.cajal.cpu.matmul.LibraryMatmul;
import dev.cajal.cpu.matmul.Product;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.OpSamples;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class OneDnnTest {
    private final OneDnn library = new OneDnn();

    private void requireUsable() {
        Assumptions.assumeTrue(library.obstacle().isEmpty(), () -> library.obstacle().orElseThrow().toString());
    }

    private static MemorySegment random(Arena arena, SplittableRandom random, long count) {
        MemorySegment memory = arena.allocate(2 * count, 64);
        for (long i = 0; i < count; i++) {
            int bits = Float.floatToIntBits((float) random.nextDouble(-1, 1));
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (bits >>> 16));
        }
        return memory;
    }

    private static double get(MemorySegment memory, long index) {
        return Float.intBitsToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, index) << 16);
    }

    @Test
    void anyShapeWithAnySteps() {
        requireUsable();
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 80; round++) {
            int m = 1 + random.nextInt(round % 5 == 0 ? 300 : 40);
            int n = 1 + random.nextInt(round % 5 == 1 ? 300 : 40);
            int k = 1 + random.nextInt(round % 5 == 2 ? 900 : 60);
            boolean transposeA = random.nextBoolean();
            boolean transposeB = random.nextBoolean();
            long lda = (transposeA ? m : k) + random.nextInt(4);
            long ldb = (transposeB ? k : n) + random.nextInt(4);
            long ldc = n + random.nextInt(4);
            DType result = random.nextInt(3) == 0 ? DType.BF16 : DType.F32;
            Matrices shape = new Matrices(m, n, k, transposeA ? 1 : lda, transposeA ? lda : 1, transposeB ? 1 : ldb,
                    transposeB ? ldb : 1, ldc, result);
            try (Arena arena = Arena.ofShared()) {
                long offset = random.nextInt(3);
                MemorySegment a = random(arena, random, offset + shape.bytesA() / 2);
                MemorySegment b = random(arena, random, offset + shape.bytesB() / 2);
                MemorySegment c = arena.allocate(shape.bytesC());
                library.kernel(shape).multiply(a, 2 * offset, b, 2 * offset, c, 0);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        double size = 0;
                        for (int p = 0; p < k; p++) {
                            double product = get(a, offset + i * shape.rowA() + p * shape.columnA())
                                    * get(b, offset + p * shape.rowB() + j * shape.columnB());
                            sum += product;
                            size += Math.abs(product);
                        }
                        long at = i * ldc + j;
                        double found = result == DType.F32 ? c.getAtIndex(ValueLayout.JAVA_FLOAT, at) : get(c, at);
                        double rounding = result == DType.F32 ? 0 : Math.abs(sum) * 0x1p-8;
                        assertThat(Math.abs(found - sum)).as("%s, row %s, column %s: %s", shape, i, j, found)
                                .isLessThanOrEqualTo(rounding + k * 0x1p-24 * size + 1e-30);
                    }
                }
            }
        }
    }

    @Test
    void productsOfTrainingUseTheProcessorsInstructions() {
        requireUsable();
        for (int[] s : new int[][] {{128, 512, 784}, {784, 256, 128}, {128, 256, 512}, {128, 10, 256}}) {
            for (int form = 0; form < 4; form++) {
                boolean transposeA = (form & 1) != 0;
                boolean transposeB = (form & 2) != 0;
                Matrices shape = new Matrices(s[0], s[1], s[2], transposeA ? 1 : s[2], transposeA ? s[0] : 1,
                        transposeB ? 1 : s[1], transposeB ? s[2] : 1, s[1], DType.F32);
                assertThat(library.kernel(shape).implementation()).as("%s", shape).contains("brg_matmul")
                        .doesNotContain("avx2").doesNotContain("ref");
            }
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        requireUsable();
        SplittableRandom random = new SplittableRandom(9);
        for (Product product : List.of(Product.of(300, 700, 500, false, false), Product.of(784, 512, 128, true, false),
                Product.of(128, 784, 512, false, true), Product.batched(24, 64, 64, 32, false, true))) {
            try (Arena arena = Arena.ofShared()) {
                MemorySegment a = random(arena, random, product.batch() * product.strideA());
                MemorySegment b = random(arena, random, product.batch() * product.strideB());
                MemorySegment first = arena.allocate(4 * product.batch() * product.strideC());
                LibraryMatmul matmul = LibraryMatmul.of(library, product, DType.F32);
                for (int threads = 1; threads <= 4; threads++) {
                    MemorySegment c = threads == 1 ? first : arena.allocate(first.byteSize());
                    try (WorkerPool pool = WorkerPool.withThreads(threads)) {
                        matmul.multiply(pool, a, b, c);
                    }
                    assertThat(c.mismatch(first)).as("%s with %s threads", product, threads).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void manyThreadsMayUseOneKernel() throws InterruptedException {
        requireUsable();
        int size = 96;
        Matrices shape = new Matrices(size, size, size, size, 1, size, 1, size, DType.F32);
        MatmulKernel kernel = library.kernel(shape);
        AtomicInteger different = new AtomicInteger();
        try (Arena arena = Arena.ofShared()) {
            SplittableRandom random = new SplittableRandom(2);
            MemorySegment a = random(arena, random, size * size);
            MemorySegment b = random(arena, random, size * size);
            MemorySegment once = arena.allocate(shape.bytesC());
            kernel.multiply(a, 0, b, 0, once, 0);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                MemorySegment c = arena.allocate(shape.bytesC());
                threads.add(Thread.startVirtualThread(() -> {
                    for (int round = 0; round < 200; round++) {
                        kernel.multiply(a, 0, b, 0, c, 0);
                        if (c.mismatch(once) != -1) {
                            different.incrementAndGet();
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(different).hasValue(0);
    }

    @Test
    void infinitiesAndNansGoThroughAndTheSmallestNumbersAreZero() {
        requireUsable();
        float[][] rows = {{Float.POSITIVE_INFINITY, 1}, {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY},
            {Float.NaN, 1}, {0x1p-127f, 0}, {0x1p-126f, 0}, {3e38f, 3e38f}};
        float[] expected = {Float.POSITIVE_INFINITY, Float.NaN, Float.NaN, 0, 0x1p-26f, Float.POSITIVE_INFINITY};
        Matrices shape = new Matrices(rows.length, 1, 2, 2, 1, 1, 1, 1, DType.F32);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment a = arena.allocate(shape.bytesA(), 64);
            MemorySegment b = arena.allocate(shape.bytesB(), 64);
            MemorySegment c = arena.allocate(shape.bytesC(), 64);
            for (int i = 0; i < 2; i++) {
                b.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToIntBits(0x1p100f) >>> 16));
            }
            for (int i = 0; i < 2 * rows.length; i++) {
                a.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToIntBits(rows[i / 2][i % 2]) >>> 16));
            }
            library.kernel(shape).multiply(a, 0, b, 0, c, 0);
            assertThat(c.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(expected);
        }
    }

    @Test
    void placesOutsideOfASegmentAreRefused() {
        requireUsable();
        MatmulKernel kernel = library.kernel(new Matrices(4, 4, 4, 4, 1, 4, 1, 4, DType.F32));
        try (Arena arena = Arena.ofShared()) {
            MemorySegment matrix = arena.allocate(32, 64);
            MemorySegment c = arena.allocate(64, 64);
            kernel.multiply(matrix, 0, matrix, 0, c, 0);
            assertThatThrownBy(() -> kernel.multiply(matrix, 2, matrix, 0, c, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> kernel.multiply(matrix, 0, matrix, 0, matrix, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void allProductsOfTheSamplesAgreeWithTheReference() {
        requireUsable();
        Backend cpu = Backends.named("cpu");
        List<String> differences = new ArrayList<>();
        int products = 0;
        for (GraphSample sample : OpSamples.all(4)) {
            if (sample.graph().toString().contains("dot") && sample.graph().toString().contains("bf16")) {
                products++;
                Agreement.check(sample, Backends.named("reference"), cpu).ifPresent(differences::add);
            }
        }
        assertThat(products).isGreaterThan(80);
        assertThat(differences).isEmpty();
    }

    @Test
    void aProcessorWithoutTheInstructionsIsRefused() {
        int avx512 = 0x67;
        assertThat(OneDnn.lack(avx512)).map(Phrase::toString).hasValueSatisfying(
                why -> assertThat(why).contains("AVX512_BF16"));
        int sapphireRapids = 0xfef;
        assertThat(OneDnn.lack(sapphireRapids)).isEmpty();
        assertThat(OneDnn.lack(0xe7)).isEmpty();
    }

    @Test
    void aLibraryThatIsNotThereIsAnObstacleAndNoError() {
        OneDnn broken = new OneDnn(() -> {
            throw new NativeException(Phrase.words("it is gone"));
        });
        assertThat(broken.obstacle()).map(Phrase::toString).isEqualTo(Optional.of("it is gone"));
        assertThat(broken.name()).isEqualTo("oneDNN");
        assertThatThrownBy(() -> broken.kernel(new Matrices(1, 1, 1, 1, 1, 1, 1, 1, DType.F32)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("it is gone");
    }

    @Test
    void itsVersionIsTheOneInTheJar() {
        requireUsable();
        assertThat(library.name()).isEqualTo("oneDNN 3.13.0");
    }
}
