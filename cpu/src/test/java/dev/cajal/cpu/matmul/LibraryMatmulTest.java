package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.ProductLibrary;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How products are split between the kernels of a library, shown with one that is three plain loops.
class LibraryMatmulTest {
    /// Whole numbers, so that sums are exact, whatever their order.
    private static final class Loops implements ProductLibrary {
        final List<Matrices> asked = Collections.synchronizedList(new ArrayList<>());
        private final Optional<Phrase> obstacle;

        Loops(Optional<Phrase> obstacle) {
            this.obstacle = obstacle;
        }

        @Override
        public String name() {
            return "loops";
        }

        @Override
        public Optional<Phrase> obstacle() {
            return obstacle;
        }

        @Override
        public Kernel kernel(Matrices shape) {
            asked.add(shape);
            return (a, offsetA, b, offsetB, c, offsetC) -> {
                assertThat(offsetA + shape.bytesA()).isLessThanOrEqualTo(a.byteSize());
                assertThat(offsetB + shape.bytesB()).isLessThanOrEqualTo(b.byteSize());
                assertThat(offsetC + shape.bytesC()).isLessThanOrEqualTo(c.byteSize());
                for (int i = 0; i < shape.m(); i++) {
                    for (int j = 0; j < shape.n(); j++) {
                        float sum = 0;
                        for (int p = 0; p < shape.k(); p++) {
                            sum += get(a, offsetA / 2 + i * shape.rowA() + p * shape.columnA())
                                    * get(b, offsetB / 2 + p * shape.rowB() + j * shape.columnB());
                        }
                        long at = i * shape.rowC() + j;
                        if (shape.result() == DType.F32) {
                            c.set(ValueLayout.JAVA_FLOAT, offsetC + 4 * at, sum);
                        } else {
                            c.set(ValueLayout.JAVA_SHORT, offsetC + 2 * at, (short) (Float.floatToIntBits(sum) >>> 16));
                        }
                    }
                }
            };
        }
    }

    private static float get(MemorySegment memory, long index) {
        return Float.intBitsToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, index) << 16);
    }

    private static MemorySegment random(Arena arena, SplittableRandom random, long count) {
        MemorySegment memory = arena.allocate(2 * count, 64);
        for (long i = 0; i < count; i++) {
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i,
                    (short) (Float.floatToIntBits(random.nextInt(-1, 2)) >>> 16));
        }
        return memory;
    }

    @Test
    void everyElementOfEveryItemIsComputedOnce() {
        SplittableRandom random = new SplittableRandom(3);
        int split = 0;
        for (int round = 0; round < 60; round++) {
            boolean large = round % 6 == 0;
            Product product = Product.batched(large ? 1 : 1 + random.nextInt(4),
                    (large ? 150 : 1) + random.nextInt(large ? 400 : 70),
                    (large ? 250 : 1) + random.nextInt(large ? 400 : 70), large ? 120 : 1 + random.nextInt(30),
                    random.nextBoolean(),
                    random.nextBoolean());
            DType result = random.nextBoolean() ? DType.F32 : DType.BF16;
            Loops library = new Loops(Optional.empty());
            try (Arena arena = Arena.ofShared(); WorkerPool pool = WorkerPool.withThreads(2)) {
                MemorySegment a = random(arena, random, product.batch() * product.strideA());
                MemorySegment b = random(arena, random, product.batch() * product.strideB());
                MemorySegment c = arena.allocate(result.byteSize() * product.batch() * product.strideC());
                c.fill((byte) 0x7f);
                LibraryMatmul.of(library, product, result).multiply(pool, a, b, c);
                for (int item = 0; item < product.batch(); item++) {
                    require(product, item, result, a, b, c);
                }
            }
            split += library.asked.size() > 1 ? 1 : 0;
        }
        assertThat(split).isGreaterThan(3);
    }

    private static void require(Product product, int item, DType result, MemorySegment a, MemorySegment b,
            MemorySegment c) {
        for (int i = 0; i < product.m(); i++) {
            for (int j = 0; j < product.n(); j++) {
                float sum = 0;
                for (int p = 0; p < product.k(); p++) {
                    long left = product.transposeA() ? p * product.lda() + i : i * product.lda() + p;
                    long right = product.transposeB() ? j * product.ldb() + p : p * product.ldb() + j;
                    sum += get(a, item * product.strideA() + left) * get(b, item * product.strideB() + right);
                }
                long at = item * product.strideC() + i * product.ldc() + j;
                float found = result == DType.F32 ? c.getAtIndex(ValueLayout.JAVA_FLOAT, at) : get(c, at);
                assertThat(found).as("%s, item %s, row %s, column %s", product, item, i, j).isEqualTo(sum);
            }
        }
    }

    @Test
    void theSplitDependsOnTheShapeAlone() {
        Product product = Product.of(512, 700, 300, false, true);
        Loops library = new Loops(Optional.empty());
        LibraryMatmul.of(library, product, DType.F32);
        assertThat(library.asked).hasSizeBetween(2, 4).doesNotHaveDuplicates()
                .allMatch(shape -> shape.n() < 700 && shape.k() == 300 && shape.rowB() == 1);
    }

    @Test
    void withoutALibraryTheMessageNamesTheDependency() {
        assertThatThrownBy(() -> Libraries.require(List.of())).isInstanceOf(CajalException.class)
                .hasMessageContaining("dev.cajal:cajal-onednn")
                .extracting(failure -> ((CajalException) failure).code()).isEqualTo("cpu.bf16-library");
    }

    @Test
    void aLibraryThatCannotBeUsedSaysWhy() {
        Loops refused = new Loops(Optional.of(Phrase.words("the moon is full")));
        assertThatThrownBy(() -> Libraries.require(List.of(refused))).isInstanceOf(CajalException.class)
                .hasMessage("Products in bf16 cannot be computed on this machine: the moon is full. Compute in f32.");
        assertThatCode(() -> Libraries.require(List.of(refused, new Loops(Optional.empty()))))
                .doesNotThrowAnyException();
    }
}
