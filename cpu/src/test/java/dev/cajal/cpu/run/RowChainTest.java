package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.cpu.loop.RowChain;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.RowRule;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Loops and reductions that go block by block through the same rows give the bits that they give one after the other.
class RowChainTest {
    private static final int THREADS = WorkerPool.shared().threads();
    private static final Axes LAST = Axes.of(-1).kept();
    private static final Backend APART = new CpuBackend(RowRule.NONE);

    /// What is done with rows, given another tensor of the same shape.
    enum Sample {
        SOFTMAX((x, _) -> x.softmax(-1)), LOG_SOFTMAX((x, _) -> x.logSoftmax(-1)), SOFTMAX_GRADIENT(
                gradient((x, y) -> x.softmax(-1).times(y))), LOG_SOFTMAX_GRADIENT(gradient(
                        (x, y) -> x.logSoftmax(-1).times(y))), LAYER_NORM(RowChainTest::layerNorm), LAYER_NORM_GRADIENT(
                                gradient((x, y) -> layerNorm(x, y).times(y.plus(1)))), TWO_SUMS(
                                        (x, y) -> x.minus(x.sum(LAST)).times(x.times(y).sum(LAST))), MASKED(
                                                (x, y) -> Tensor.range(x.dim(-1), DType.I32).gt(3).choose(x, -1e9)
                                                        .softmax(-1).plus(y)), TRUTH(
                                                                (x, y) -> x.gt(y).choose(x.max(LAST), y.min(LAST))
                                                                        .minus(x)), WHOLE_NUMBERS((x, y) -> {
                                                                            Tensor whole = x.times(10)
                                                                                    .asType(DType.I32);
                                                                            return whole.minus(whole.sum(LAST))
                                                                                    .times(whole.max(LAST))
                                                                                    .asType(DType.F32).plus(y);
                                                                        }),
        /// The first element of each row is read by all of it.
        SLICED((x, y) -> {
            Tensor exp = x.exp();
            return exp.div(exp.sum(LAST)).plus(exp.slice(-1, 0, 1)).times(y);
        }),
        /// The operand's rows lie across.
        TRANSPOSED((x, y) -> x.shape().rank() < 2 ? x : x.swapAxes(-1, -2).softmax(-1).times(y.swapAxes(-1, -2)));

        private final BinaryOperator<Tensor> function;

        Sample(BinaryOperator<Tensor> function) {
            this.function = function;
        }
    }

    private static Tensor layerNorm(Tensor x, Tensor y) {
        Tensor scale = Tensor.range(x.dim(-1), DType.F32).times(0.01).plus(1);
        Tensor centred = x.minus(x.mean(LAST));
        return centred.times(centred.square().mean(LAST).plus(1e-5).rsqrt()).times(scale).plus(y);
    }

    private static BinaryOperator<Tensor> gradient(BinaryOperator<Tensor> function) {
        return (x, y) -> Transform.grad((Tensor z) -> function.apply(z, y).sum()).apply(x);
    }

    @AfterEach
    void sameThreadsAsBefore() {
        WorkerPool.shared().resize(THREADS);
    }

    private static Tensor normal(int seed, int... dims) {
        return RandomKey.of(seed).normal(Shape.of(dims)).evaluate();
    }

    private static float[] run(Backend backend, BinaryOperator<Tensor> function, Tensor x, Tensor y) {
        return Backends.using(backend, () -> Transform.compile(function::apply).apply(x, y).toFloats());
    }

    private static void assertSameBits(float[] actual, float[] expected, String what) {
        assertThat(Arrays.mismatch(actual, expected)).as("first difference, %s", what).isEqualTo(-1);
    }

    private static void compare(BinaryOperator<Tensor> function, Tensor x, Tensor y) {
        float[] apart = run(APART, function, x, y);
        float[] reference = run(new ReferenceBackend(), function, x, y);
        for (int threads : new int[] {1, 3}) {
            WorkerPool.shared().resize(threads);
            assertSameBits(run(new CpuBackend(), function, x, y), apart, x.shape() + ", threads: " + threads);
        }
        for (int i = 0; i < apart.length; i++) {
            if (Float.isFinite(reference[i])) {
                assertThat((double) apart[i]).isCloseTo(reference[i], within(2e-3 * (1 + Math.abs(reference[i]))));
            } else {
                assertThat(apart[i]).isEqualTo(reference[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChainHasTheBitsOfItsParts(Sample sample) {
        int[][] shapes = {{1, 1}, {1, 10}, {128, 10}, {3, 16}, {40, 17}, {2, 3, 1000}, {300, 65}, {2, 5000}, {7, 4097},
            {2, 3, 4, 33}, {1, 1, 12, 5}, {513, 2}, {17}, {5000}, {0, 10}};
        for (int i = 0; i < shapes.length; i++) {
            compare(sample.function, normal(i, shapes[i]), normal(100 + i, shapes[i]));
        }
        SplittableRandom random = new SplittableRandom(sample.ordinal());
        for (int i = 0; i < 8; i++) {
            int[] dims = random.ints(random.nextInt(1, 5), 1, 24).toArray();
            compare(sample.function, normal(i, dims), normal(100 + i, dims));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsWithNumbersThatAreNone(Sample sample) {
        float[] numbers = normal(1, 6, 20).toFloats();
        numbers[3] = Float.NaN;
        numbers[25] = Float.POSITIVE_INFINITY;
        numbers[45] = Float.NEGATIVE_INFINITY;
        numbers[65] = -0f;
        for (int i = 80; i < 100; i++) {
            numbers[i] = Float.NEGATIVE_INFINITY;
        }
        Tensor x = Tensor.of(numbers, Shape.of(6, 20));
        Tensor y = normal(2, 6, 20);
        assertSameBits(run(new CpuBackend(), sample.function, x, y), run(APART, sample.function, x, y), sample.name());
    }

    /// The chains of a function.
    private static List<Region.Rows> chains(UnaryOperator<Tensor> function, Tensor x) {
        List<Region.Rows> chains = new ArrayList<>();
        RowRule rule = (rows, regions) -> {
            boolean allowed = RowChain.allows(rows, regions);
            if (allowed) {
                chains.removeIf(shorter -> rows.parts().containsAll(shorter.parts()));
                chains.add(rows);
            }
            return allowed;
        };
        Backends.using(new CpuBackend(rule), () -> Transform.compile(function::apply).apply(x).toFloats());
        return chains;
    }

    @Test
    void softmaxAndLayerNormAreOneRegion() {
        Tensor x = normal(1, 4, 50, 30);
        assertThat(chains(t -> t.softmax(-1), x)).singleElement()
                .satisfies(chain -> assertThat(chain.parts()).hasSize(4));
        assertThat(chains(t -> layerNorm(t, t), x)).singleElement()
                .satisfies(chain -> assertThat(chain.outputs()).hasSize(1));
        // One row, for an answer to one question.
        assertThat(chains(t -> t.softmax(-1), normal(1, 1, 10))).hasSize(1);
    }

    /// The gradient computes the centred and scaled rows again.
    @Test
    void aNormWritesNothingOfFullSizeButItsResult() {
        Tensor weights = normal(3, 30, 30);
        UnaryOperator<Tensor> gradient = Transform.grad(
                (Tensor t) -> layerNorm(t.exp(), t).matmul(weights).tanh().sum())::apply;
        assertThat(chains(gradient, normal(1, 50, 30))).hasSize(2).first().satisfies(forward -> assertThat(
                forward.outputs().stream().filter(output -> output.shape().size() == 50 * 30))
                .hasSizeLessThanOrEqualTo(2));
    }

    @Test
    void whatReadsOtherRowsStaysApart() {
        Tensor x = normal(1, 40, 40);
        UnaryOperator<Tensor> both = t -> t.softmax(-1).plus(t.softmax(-1).transpose());
        assertThat(chains(both, x)).allSatisfy(chain -> assertThat(chain.parts()).hasSizeLessThanOrEqualTo(4));
        compare((t, _) -> both.apply(t), x, x);
        // Sums of rows that are read in another order.
        compare((t, y) -> t.plus(y.sum(-1)).times(t.sum(LAST)), x, normal(2, 40, 40));
        compare((t, y) -> t.sum(LAST).slice(0, 0, 20).plus(y.sum(LAST).slice(0, 20, 40)), x, normal(2, 40, 40));
    }

    /// Rows that are long and few are for all threads.
    @Test
    void fewLongRowsStayApart() {
        assertThat(chains(t -> t.softmax(-1), normal(1, 2, 20_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aDonatedArgumentThatOtherPartsReadIsNotWrittenOver(int threads) {
        WorkerPool.shared().resize(threads);
        for (int[] dims : new int[][] {{600, 70}, {9, 4500}, {1, 10}}) {
            for (Sample sample : Sample.values()) {
                Tensor y = normal(2, dims);
                float[] apart = run(APART, sample.function, normal(1, dims), y);
                float[] inPlace = Backends.using(new CpuBackend(), () -> Transform.compile(sample.function::apply)
                        .donating(0)
                        .apply(normal(1, dims), y)
                        .toFloats());
                assertSameBits(inPlace, apart, sample + " " + Shape.of(dims));
            }
        }
    }

    record Pair(Tensor first, Tensor second) {}

    @Test
    void aRunThatFailsLeavesItsArgumentsAlone() {
        Backends.using(new CpuBackend(), () -> {
            Tensor x = normal(1, 30, 20);
            float[] before = x.toFloats();
            Tensor index = Tensor.of(new int[] {3, 40});
            var step = Transform.compile((Tensor t, Tensor i) -> new Pair(t.softmax(-1), t.take(i)))
                    .donating(0);
            Assertions.assertThatThrownBy(() -> step.apply(x, index).first().toFloats())
                    .isInstanceOf(CajalException.class);
            assertThat(x.toFloats()).containsExactly(before);
            return List.of();
        });
    }
}
