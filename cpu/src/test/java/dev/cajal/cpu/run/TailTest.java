package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loops that work on a product while it is being computed give the bits of loops that come after it.
class TailTest {
    private static final int THREADS = WorkerPool.shared().threads();

    @AfterEach
    void sameThreadsAsBefore() {
        WorkerPool.shared().resize(THREADS);
    }

    /// A product and what is done with it; `other` has the product's shape, `row` that of one of its rows.
    private record Sample(Tensor a, Tensor b, Tensor other, Tensor row) {
        static Sample random(SplittableRandom random, int largest) {
            int m = random.nextInt(1, largest);
            int n = random.nextInt(1, largest);
            int k = random.nextInt(1, largest);
            RandomKey key = RandomKey.of(random.nextInt());
            return new Sample(normal(key, 0, m, k), normal(key, 1, k, n), normal(key, 2, m, n), normal(key, 3, n));
        }

        private static Tensor normal(RandomKey key, int stream, int... dims) {
            return key.foldIn(stream).normal(Shape.of(dims)).evaluate();
        }
    }

    private static void assertSameBits(Supplier<Tensor> together, Supplier<Tensor> apart) {
        assertThat(together.get().toFloats()).containsExactly(apart.get().toFloats());
    }

    /// As one graph, and with the product in memory first.
    private static void compare(Tensor a, Tensor b, BinaryOperator<Tensor> product, UnaryOperator<Tensor> tail) {
        assertSameBits(
                () -> Transform.compile((Tensor x, Tensor y) -> tail.apply(product.apply(x, y))).apply(a, b),
                () -> Transform.compile((Tensor p) -> tail.apply(p))
                        .apply(Transform.compile((Tensor x, Tensor y) -> product.apply(x, y)).apply(a, b)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aTailHasTheBitsOfALoopOfItsOwn(int threads) {
        WorkerPool.shared().resize(threads);
        Backends.using(new CpuBackend(), () -> {
            SplittableRandom random = new SplittableRandom(threads);
            for (int i = 0; i < 25; i++) {
                Sample s = Sample.random(random, i < 20 ? 40 : 600);
                compare(s.a(), s.b(), Tensor::matmul, p -> p.plus(s.row()).maximum(0));
                compare(s.a(), s.b(), Tensor::matmul, p -> p.times(s.other()).plus(p.tanh()));
                compare(s.a().transpose(), s.b(), (x, y) -> x.transpose().matmul(y),
                        p -> s.other().minus(p.times(0.1)));
                compare(s.a(), s.b().transpose(), (x, y) -> x.matmul(y.transpose()),
                        p -> p.minus(s.other()).abs().sqrt());
            }
            return List.of();
        });
    }

    @Test
    void batchesAndOtherShapesOfTheSameRows() {
        Backends.using(new CpuBackend(), () -> {
            SplittableRandom random = new SplittableRandom(9);
            for (int i = 0; i < 10; i++) {
                int batch = random.nextInt(1, 5);
                int m = random.nextInt(1, 70);
                int n = random.nextInt(2, 300);
                RandomKey key = RandomKey.of(i);
                Tensor a = Sample.normal(key, 0, batch, m, 30);
                Tensor b = Sample.normal(key, 1, batch, 30, n);
                Tensor flat = Sample.normal(key, 2, 30, n);
                Tensor other = Sample.normal(key, 3, batch, m, n);
                compare(a, b, Tensor::matmul, p -> p.plus(other).maximum(0));
                compare(a, flat, (x, y) -> x.reshape(batch * m, 30).matmul(y).reshape(batch, m, n),
                        p -> p.plus(other).exp());
            }
            return List.of();
        });
    }

    @Test
    void aProductThatOthersNeedTooIsWritten() {
        Backends.using(new CpuBackend(), () -> {
            Sample s = Sample.random(new SplittableRandom(4), 200);
            var both = Transform.compile((Tensor x, Tensor y) -> {
                Tensor p = x.matmul(y);
                Tensor h = p.plus(s.row()).maximum(0);
                // The sum over rows has to wait for all of h, and reads the product again.
                return h.sum(0).plus(p).times(h);
            });
            Tensor p = s.a().matmul(s.b()).evaluate();
            Tensor h = p.plus(s.row()).maximum(0).evaluate();
            assertThat(both.apply(s.a(), s.b()).toFloats())
                    .containsExactly(h.sum(0).evaluate().plus(p).times(h).toFloats());
            return List.of();
        });
    }

    /// A step of gradient descent over two layers: the first layer's gradient needs the second layer's old weights, and both are updated in place.
    @Test
    void anUpdateInPlaceWaitsForAllReadersOfTheOldValue() {
        Backends.using(new CpuBackend(), () -> {
            RandomKey key = RandomKey.of(7);
            Tensor x = Sample.normal(key, 0, 64, 50);
            Tensor first = Sample.normal(key, 1, 50, 70);
            Tensor second = Sample.normal(key, 2, 70, 70);
            record Weights(Tensor first, Tensor second) {}
            var loss = (Function<Weights, Tensor>) w -> x.matmul(w.first()).tanh().matmul(w.second()).tanh()
                    .sum();
            UnaryOperator<Weights> update = w -> {
                Weights gradient = Transform.grad(loss).apply(w);
                return new Weights(w.first().minus(gradient.first().times(0.01)),
                        w.second().minus(gradient.second().times(0.01)));
            };
            var inPlace = Transform.compile(update::apply).donating(0);
            var copying = Transform.compile(update::apply);
            Weights a = new Weights(first.plus(0).evaluate(), second.plus(0).evaluate());
            Weights b = new Weights(first, second);
            for (int step = 0; step < 5; step++) {
                Object memory = a.second().evaluate().buffer();
                a = inPlace.apply(a);
                b = copying.apply(b);
                assertThat(a.first().toFloats()).containsExactly(b.first().toFloats());
                assertThat(a.second().toFloats()).containsExactly(b.second().toFloats());
                assertThat(a.second().buffer()).isSameAs(memory);
            }
            return List.of();
        });
    }
}
