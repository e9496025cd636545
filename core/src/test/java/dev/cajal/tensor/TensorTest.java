package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TensorTest {
    private final Tensor matrix = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void theExampleOfTheDocumentation() {
        Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
        assertThat(x.matmul(x).plus(1).mean().item()).isEqualTo(14.5);
    }

    @Test
    void broadcastingAlignsTheLastDimensions() {
        assertThat(matrix.plus(Tensor.of(new float[] {10, 20, 30})).toFloats()).containsExactly(11, 22, 33, 14, 25, 36);
        assertThat(matrix.times(Tensor.of(new float[][] {{1}, {10}})).toFloats()).containsExactly(1, 2, 3, 40, 50, 60);
        assertThatThrownBy(() -> matrix.plus(Tensor.of(new float[] {1, 2})))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3] and [2]")
                .hasMessageContaining("dimension 1 from the end is 3 on the left and 2 on the right");
    }

    @Test
    void typesArePromoted() {
        Tensor whole = Tensor.of(new int[] {1, 2});
        assertThat(whole.plus(1).dtype()).isEqualTo(DType.I32);
        assertThat(whole.plus(0.5).dtype()).isEqualTo(DType.F32);
        assertThat(whole.plus(Tensor.of(1f)).dtype()).isEqualTo(DType.F32);
        assertThat(whole.div(2).toInts()).containsExactly(0, 1);
        assertThat(whole.mean().item()).isEqualTo(1.5);
        assertThat(whole.gt(1).sum().item()).isEqualTo(1);
    }

    @Test
    void reductionsTakeAxesFromBothEnds() {
        assertThat(matrix.sum().item()).isEqualTo(21);
        assertThat(matrix.sum(0).toFloats()).containsExactly(5, 7, 9);
        assertThat(matrix.mean(-1).toFloats()).containsExactly(2, 5);
        assertThat(matrix.max(Axes.of(1).kept()).shape()).isEqualTo(Shape.of(2, 1));
        assertThat(matrix.variance(1).toFloats()).containsExactly(2f / 3, 2f / 3);
        assertThat(matrix.argMax(1).toInts()).containsExactly(2, 2);
        assertThat(matrix.product(0).toFloats()).containsExactly(4, 10, 18);
        assertThat(matrix.cumulativeSum(1).toFloats()).containsExactly(1, 3, 6, 4, 9, 15);
    }

    @Test
    void softmaxSurvivesLargeNumbers() {
        Tensor logits = Tensor.of(new float[] {1000, 1001, -1e30f});
        float[] p = logits.softmax(0).toFloats();
        assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-6f));
        assertThat(p[1] / p[0]).isCloseTo((float) Math.E, within(1e-4f));
        assertThat(logits.logSumExp(Axes.ALL).item()).isCloseTo(1001.3133, within(1e-3));
    }

    @Test
    void shapes() {
        assertThat(matrix.transpose().toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(matrix.reshape(3, -1).shape()).isEqualTo(Shape.of(3, 2));
        assertThat(matrix.get(1).toFloats()).containsExactly(4, 5, 6);
        assertThat(matrix.get(-1, 0).item()).isEqualTo(4);
        assertThat(matrix.slice(1, 1, 3).toFloats()).containsExactly(2, 3, 5, 6);
        assertThat(matrix.flip(0).get(0, 0).item()).isEqualTo(4);
        assertThat(matrix.pad(1, 1, 0, 9).toFloats()).containsExactly(9, 1, 2, 3, 9, 4, 5, 6);
        assertThat(matrix.split(1, 3)).hasSize(3).allMatch(part -> part.shape().equals(Shape.of(2, 1)));
        assertThat(Tensor.concatenate(0, matrix, matrix).shape()).isEqualTo(Shape.of(4, 3));
        assertThat(Tensor.stack(0, List.of(matrix, matrix)).shape()).isEqualTo(Shape.of(2, 2, 3));
        assertThatThrownBy(() -> matrix.reshape(4, -1)).hasMessageContaining("6 elements do not divide by 4");
    }

    @Test
    void products() {
        assertThat(matrix.matmul(matrix.transpose()).toFloats()).containsExactly(14, 32, 32, 77);
        Tensor vector = Tensor.of(new float[] {1, 0, -1});
        assertThat(matrix.matmul(vector).toFloats()).containsExactly(-2, -2);
        assertThat(vector.matmul(vector).item()).isEqualTo(2);
        Tensor batch = Tensor.stack(0, List.of(matrix, matrix.times(2)));
        assertThat(batch.matmul(matrix.transpose()).get(1, 1, 1).item()).isEqualTo(154);
        assertThat(batch.matmul(batch.transpose(0, 2, 1)).get(1, 0, 0).item()).isEqualTo(56);
        assertThatThrownBy(() -> matrix.matmul(matrix)).hasMessageContaining("3 columns, the right 2 rows");
    }

    @Test
    void indexing() {
        assertThat(matrix.take(Tensor.of(new int[] {1, 1, 0})).get(0).toFloats()).containsExactly(4, 5, 6);
        assertThat(matrix.takeAlongLast(Tensor.of(new int[] {2, 0})).toFloats()).containsExactly(3, 4);
        assertThat(matrix.addAt(Tensor.of(new int[] {0, 0}), matrix).get(0).toFloats()).containsExactly(6, 9, 12);
        assertThat(Tensor.of(new int[] {2, 0}).oneHot(3, DType.F32).toFloats()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(Tensor.of(new float[] {3, 1, 2}).argSort(0).toInts()).containsExactly(1, 2, 0);
        assertThat(Tensor.of(new float[] {3, 1, 2}).topK(2).values().toFloats()).containsExactly(3, 2);
        assertThatThrownBy(() -> matrix.take(Tensor.of(new int[] {2})).toFloats()).hasMessageContaining("index 2");
        assertThat(Tensor.eye(2).toFloats()).containsExactly(1, 0, 0, 1);
    }

    @Test
    void chooseDoesNotLookAtTheOtherBranch() {
        Tensor x = Tensor.of(new float[] {-1, 4});
        assertThat(x.gt(0).choose(x.sqrt(), 0).toFloats()).containsExactly(0, 2);
    }

    @Test
    void theErrorFunctionAgainstKnownValues() {
        double[] x = {-6, -2, -0.5, -1e-3, 0, 0.3, 0.46875, 1, 2.5, 3.9, 5.5};
        double[] erf = {
            -1, -0.9953222650189527, -0.5204998778130465, -0.0011283787909692363, 0, 0.3286267594591274,
            0.49261347321793753,
            0.8427007929497149, 0.999593047982555, 0.9999999652077514, 0.9999999999999927
        };
        Tensor points = Tensor.of(x, Shape.of(x.length));
        assertThat(points.erf().toDoubles()).containsExactly(erf, within(2e-15));
        assertThat(points.asType(DType.F32).erf().toDoubles()).containsExactly(erf, within(4e-7));
        Tensor far = Tensor.of(new float[] {4, -4, 1e30f, Float.NEGATIVE_INFINITY});
        assertThat(far.erf().toFloats()).containsExactly(1, -1, 1, -1);
        assertThat(far.asType(DType.F64).times(2).erf().toDoubles()).containsExactly(1, -1, 1, -1);
    }

    @Test
    void randomNumbersAreThoseOfThreefry() {
        // Known answers of Random123's test vectors.
        Threefry.Words words = Threefry.apply(
                Tensor.of(new int[] {0, 0}), Tensor.of(new int[] {0}), Tensor.of(new int[] {0}));
        assertThat(words.first().toInts()).containsExactly(0x6b200159);
        assertThat(words.second().toInts()).containsExactly(0x99ba4efe);
        words = Threefry.apply(
                Tensor.of(new int[] {0x13198a2e, 0x03707344}),
                Tensor.of(new int[] {0x243f6a88}),
                Tensor.of(new int[] {0x85a308d3}));
        assertThat(words.first().toInts()).containsExactly(0xc4923a9c);
        assertThat(words.second().toInts()).containsExactly(0x483df7a0);
    }

    @Test
    void distributions() {
        RandomKey key = RandomKey.of(7);
        Tensor uniform = key.uniform(Shape.of(20_000));
        assertThat(uniform.min().item()).isBetween(0.0, 1e-3);
        assertThat(uniform.max().item()).isBetween(0.999, 1.0);
        assertThat(uniform.mean().item()).isCloseTo(0.5, within(0.01));
        Tensor normal = key.foldIn("other").normal(Shape.of(20_000));
        assertThat(normal.mean().item()).isCloseTo(0, within(0.03));
        assertThat(normal.variance().item()).isCloseTo(1, within(0.03));
        Tensor truncated = key.truncatedNormal(Shape.of(20_000), -2, 2);
        assertThat(truncated.abs().max().item()).isLessThanOrEqualTo(2);
        assertThat(truncated.standardDeviation().item()).isCloseTo(0.8796, within(0.02));
        assertThat(key.bernoulli(0.3, Shape.of(20_000)).asType(DType.F32).mean().item()).isCloseTo(0.3, within(0.01));
        assertThat(key.permutation(50).sort(0).toInts()).isEqualTo(Tensor.range(50, DType.I32).toInts());
        assertThat(key.integers(Shape.of(1000), 3, 6).toInts()).containsOnly(3, 4, 5);
        assertThat(key.split(2).get(0).uniform(Shape.of(3)).toFloats())
                .isNotEqualTo(key.split(2).get(1).uniform(Shape.of(3)).toFloats());
    }

    @Test
    void textNeverComputes() {
        Tensor sum = matrix.plus(1);
        assertThat(sum).hasToString("f32[2, 3] (not computed yet; evaluate() does it)");
        sum.evaluate();
        assertThat(sum).hasToString("f32[2, 3]\n[[2.0, 3.0, 4.0],\n [5.0, 6.0, 7.0]]");
        assertThat(Tensor.range(100, DType.I32).evaluate()).hasToString("i32[100] [0, 1, 2, ..., 97, 98, 99]");
    }

    @Test
    void longChainsAreComputedOnTheWay() {
        Tensor x = Tensor.of(0f);
        for (int i = 0; i < 50_000; i++) {
            x = x.plus(1);
        }
        assertThat(x.item()).isEqualTo(50_000);
    }

    @Test
    @Tag("slow")
    void aMillionEagerOperationsNeedNoMemory() {
        Tensor x = Tensor.of(new float[64]);
        Tensor y = Tensor.ones(64);
        for (int i = 0; i < 250_000; i++) {
            x = x.plus(y).times(0.5).maximum(y.negate()).minus(0.25);
        }
        assertThat(x.get(0).item()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void keysOfDifferentNamesDiffer() {
        RandomKey key = RandomKey.of(1);
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(key.foldIn("Aa").words().toInts()).isNotEqualTo(key.foldIn("BB").words().toInts());
        assertThat(key.foldIn("Aa").words().toInts()).isEqualTo(key.foldIn("Aa").words().toInts());
    }
}
