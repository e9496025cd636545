package dev.cajal.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.backend.RunException;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    /// Each loss with a target that fits a prediction of three rows of two numbers.
    static Stream<Arguments> all() {
        Tensor values = Tensor.of(new float[][] {{1, -2}, {0, 0}, {3, 0.5f}});
        Tensor answers = Tensor.of(new float[][] {{1, 0}, {0, 0}, {1, 1}});
        Tensor labels = Tensor.of(new int[] {1, 0, 1});
        Tensor shares = Tensor.of(new float[][] {{1, 0}, {0.5f, 0.5f}, {0.25f, 0.75f}});
        return Stream.of(
                Arguments.of(Losses.meanSquaredError(), values),
                Arguments.of(Losses.quadraticCost(), values),
                Arguments.of(Losses.meanAbsoluteError(), values),
                Arguments.of(Losses.huber(1), values),
                Arguments.of(Losses.logCosh(), values),
                Arguments.of(Losses.binaryCrossEntropy(), answers),
                Arguments.of(BinaryCrossEntropy.of().withPositiveWeight(5).withSmoothing(0.1), answers),
                Arguments.of(Losses.categoricalCrossEntropy(), labels),
                Arguments.of(Losses.categoricalCrossEntropy(), shares),
                Arguments.of(CategoricalCrossEntropy.of().withSmoothing(0.1).withClassWeights(1, 9), labels),
                Arguments.of(Losses.hinge(), answers),
                Arguments.of(Losses.squaredHinge(), answers),
                Arguments.of(Losses.multiClassHinge(), labels),
                Arguments.of(Losses.kullbackLeibler(), shares),
                Arguments.of(Poisson.ofRates(), answers),
                Arguments.of(Losses.cosineDistance(), values));
    }

    @ParameterizedTest
    @MethodSource("all")
    void extremePredictionsHaveFiniteLossesAndGradients(Loss loss, Tensor target) {
        Tensor prediction = Tensor.of(new float[][] {{1e4f, -1e4f}, {-1e4f, 1e4f}, {1e4f, 1e4f}});
        if (loss instanceof Poisson) {
            prediction = prediction.abs();
        }
        for (Tensor p : List.of(prediction, prediction.negate(), Tensor.zerosLike(prediction))) {
            if (loss instanceof Poisson && p != prediction) {
                continue;
            }
            var both = Transform.valueAndGrad((Tensor x) -> loss.mean(x, target)).apply(p);
            assertThat(both.value().item()).isFinite();
            assertThat(both.gradient().isFinite().toBooleans()).containsOnly(true);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void weightsMakeAMean(Loss loss, Tensor target) {
        Tensor prediction = Tensor.of(new float[][] {{0.5f, 2}, {1, 0.25f}, {0.125f, 1.5f}});
        double[] each = loss.perExample(prediction, target).toDoubles();
        assertThat(loss.mean(prediction, target).item()).isCloseTo((each[0] + each[1] + each[2]) / 3, within(1e-6));
        assertThat(loss.mean(prediction, target, Tensor.of(new float[] {1, 1, 1})).item())
                .isCloseTo((each[0] + each[1] + each[2]) / 3, within(1e-6));
        assertThat(loss.mean(prediction, target, Tensor.of(new float[] {3, 1, 0})).item())
                .isCloseTo((3 * each[0] + each[1]) / 4, within(1e-6));
    }

    @Test
    void paddingDoesNotCountWhateverItHolds() {
        Tensor prediction = Tensor.of(new float[] {1, Float.NaN, 3});
        Tensor target = Tensor.of(new float[] {1, 5, 1});
        Tensor weights = Tensor.of(new float[] {1, 0, 1});
        assertThat(new MeanSquaredError().mean(prediction, target, weights).item()).isEqualTo(2);
        assertThat(new MeanSquaredError().mean(prediction, target, Tensor.zeros(3)).item()).isEqualTo(0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBatchOfPaddingHasNoGradient(Loss loss, Tensor target) {
        Tensor prediction = Tensor.of(new float[][] {{0.5f, 2}, {1, 0.25f}, {0.125f, 1.5f}});
        Tensor gradient = Transform.grad((Tensor x) -> loss.mean(x, target, Tensor.zeros(3))).apply(prediction);
        assertThat(gradient.abs().toFloats()).containsOnly(0);
    }

    @Test
    void smallLossesKeepTheirDigits() {
        // log(1 + e^-20), where 1 + e^-20 is 1 in f32.
        double small = Math.log1p(Math.exp(-20));
        Tensor z = Tensor.of(new float[] {20, -20});
        double[] losses = BinaryCrossEntropy.of().perExample(z, Tensor.of(new float[] {1, 0})).toDoubles();
        assertThat(losses[0]).isCloseTo(small, within(1e-6 * small));
        assertThat(losses[1]).isCloseTo(small, within(1e-6 * small));
        double[] cosh = Losses.logCosh()
                .perExample(Tensor.of(new float[] {1e-3f, 1e-2f}), Tensor.zeros(2)).toDoubles();
        assertThat(cosh[0]).isCloseTo(5e-7, within(1e-9));
        assertThat(cosh[1]).isCloseTo(4.99992e-5, within(1e-8));
    }

    @Test
    void aClassOfProbabilityZeroMayBeMasked() {
        Tensor logits = Tensor.of(new float[][] {{1, Float.NEGATIVE_INFINITY, 1}});
        Tensor target = Tensor.of(new float[][] {{0.5f, 0, 0.5f}});
        var both = Transform.valueAndGrad((Tensor x) -> CategoricalCrossEntropy.of().mean(x, target)).apply(logits);
        assertThat(both.value().item()).isCloseTo(Math.log(2), within(1e-6));
        assertThat(both.gradient().toFloats()).containsExactly(new float[] {0, 0, 0}, within(1e-6f));
        assertThat(Losses.kullbackLeibler().mean(logits, target).item()).isCloseTo(0, within(1e-6));
    }

    @Test
    void positionsOfASequenceAreAveraged() {
        Tensor logits = Tensor.of(new float[] {1, 2, 3, 0, 0, 5, 1, 1, 1, 2, 0, 2}, Shape.of(2, 2, 3));
        Tensor labels = Tensor.of(new int[] {0, 2, 1, 1}, Shape.of(2, 2));
        double[] sequence = CategoricalCrossEntropy.of().perExample(logits, labels).toDoubles();
        double[] rows = CategoricalCrossEntropy.of().perExample(logits.reshape(4, 3), labels.flatten()).toDoubles();
        assertThat(sequence).containsExactly(
                new double[] {(rows[0] + rows[1]) / 2, (rows[2] + rows[3]) / 2}, within(1e-6));
    }

    @Test
    void aColumnIsAVector() {
        Tensor column = Tensor.of(new float[][] {{1}, {2}, {3}});
        Tensor vector = Tensor.of(new float[] {1, 2, 5});
        assertThat(new MeanSquaredError().perExample(column, vector).toFloats()).containsExactly(0, 0, 4);
        assertThat(new MeanSquaredError().perExample(vector, column).toFloats()).containsExactly(0, 0, 4);
    }

    @Test
    void shapesAreNotBroadcast() {
        Tensor prediction = Tensor.zeros(4, 3);
        assertThatThrownBy(() -> new MeanSquaredError().perExample(prediction, Tensor.zeros(4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("prediction has shape [4, 3] and the target [4]");
        assertThatThrownBy(() -> new MeanSquaredError().perExample(Tensor.of(1f), Tensor.of(1f)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("needs a batch");
        assertThatThrownBy(() -> new MeanSquaredError().mean(prediction, prediction, Tensor.ones(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("one weight for each example, of shape [4]");
    }

    @Test
    void targetsOfTheWrongKindAreExplained() {
        Loss loss = CategoricalCrossEntropy.of();
        assertThatThrownBy(() -> loss.perExample(Tensor.zeros(4, 3), Tensor.zeros(4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("asType(DType.I32)");
        assertThatThrownBy(() -> loss.perExample(Tensor.zeros(4, 1), Tensor.zeros(DType.I32, Shape.of(4))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("at least two classes");
        assertThatThrownBy(() -> loss.perExample(Tensor.zeros(4, 3), Tensor.zeros(DType.I32, Shape.of(5))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("i32[4]");
        assertThatThrownBy(() -> Losses.kullbackLeibler()
                .perExample(Tensor.zeros(4, 3), Tensor.zeros(DType.I32, Shape.of(4))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("class numbers");
        assertThatThrownBy(() -> CategoricalCrossEntropy.of().withClassWeights(1, 2)
                .perExample(Tensor.zeros(4, 3), Tensor.zeros(DType.I32, Shape.of(4))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 class weights, but the prediction has 3 classes");
    }

    @Test
    void aLabelThatDoesNotExistFails() {
        Tensor labels = Tensor.of(new int[] {0, 3});
        for (Loss loss : List.of(CategoricalCrossEntropy.of(), MultiClassHinge.of())) {
            assertThatThrownBy(() -> loss.perExample(Tensor.zeros(2, 3), labels).toFloats())
                    .isInstanceOf(RunException.class);
        }
    }

    @Test
    void halfPrecisionIsComputedInSingle() {
        Tensor prediction = Tensor.of(new float[] {1, 2}).asType(DType.BF16);
        Tensor losses = new MeanSquaredError().perExample(prediction, Tensor.of(new float[] {1.001f, 2}));
        assertThat(losses.dtype()).isEqualTo(DType.F32);
        assertThat(losses.toFloats()[0]).isCloseTo(1e-6f, within(1e-8f));
    }

    @Test
    void outputsSayWhatTheyMean() {
        assertThat(CategoricalCrossEntropy.of().fromLogits()).isTrue();
        assertThat(BinaryCrossEntropy.of().fromLogits()).isTrue();
        assertThat(Losses.kullbackLeibler().fromLogits()).isTrue();
        assertThat(Losses.hinge().fromLogits()).isFalse();
        assertThat(Losses.poisson().output()).isEqualTo(OutputKind.LOG_RATES);
        assertThat(Losses.huber(1).output()).isEqualTo(OutputKind.QUANTITIES);
        Tensor z = Tensor.of(new float[][] {{0, (float) Math.log(3)}});
        assertThat(OutputKind.CLASS_LOGITS.apply(z).toFloats()).containsExactly(new float[] {0.25f, 0.75f},
                within(1e-6f));
        assertThat(OutputKind.BINARY_LOGITS.apply(z).toFloats()).containsExactly(new float[] {0.5f, 0.75f},
                within(1e-6f));
        assertThat(OutputKind.LOG_RATES.apply(z).toFloats()).containsExactly(new float[] {1, 3}, within(1e-6f));
        assertThat(OutputKind.VALUES.apply(z)).isSameAs(z);
    }

    @Test
    void logCoshKeepsSmallAndLargeErrors() {
        float[] errors = {1e-8f, 1e-7f, 1e-6f, 1e-3f, 0.5f, 0.999f, 1, 1.001f, 5, 100, 1e3f, 1e30f};
        Tensor d = Tensor.of(errors);
        Tensor zero = Tensor.zeros(errors.length);
        float[] losses = Losses.logCosh().perExample(d, zero).toFloats();
        float[] slopes = Transform.grad((Tensor p) -> Losses.logCosh().perExample(p, zero).sum()).apply(d).toFloats();
        for (int i = 0; i < errors.length; i++) {
            double x = errors[i];
            double wanted = x < 0.1 ? x * x / 2 - x * x * x * x / 12 : x + Math.log1p(Math.exp(-2 * x)) - Math.log(2);
            assertThat((double) losses[i]).as("loss of %s", x).isCloseTo(wanted, within(2e-6 * wanted));
            assertThat((double) slopes[i]).as("slope at %s", x).isCloseTo(Math.tanh(x), within(2e-6 * Math.tanh(x)));
        }
    }

    @Test
    void classNumbersStandForOneHotRows() {
        Tensor z = Tensor.of(new float[][] {{0.1f, 0.7f, -0.2f}, {0.3f, 0.2f, 0.9f}});
        Tensor numbers = Tensor.of(new int[] {1, 2});
        Tensor rows = Tensor.of(new float[][] {{0, 1, 0}, {0, 0, 1}});
        for (Loss loss : List.of(Losses.meanSquaredError(), Losses.quadraticCost(), Losses.meanAbsoluteError(),
                Losses.huber(1), Losses.hinge(), Losses.binaryCrossEntropy(), Losses.cosineDistance())) {
            assertThat(loss.perExample(z, numbers).toFloats())
                    .as(loss.toString())
                    .isEqualTo(loss.perExample(z, rows).toFloats());
        }
    }

    @Test
    void numbersBecomeProbabilitiesOfClasses() {
        Tensor z = Tensor.of(new float[][] {{-1, 0.5f, 1.5f}, {-3, -1, -2}});
        for (OutputKind kind : OutputKind.values()) {
            Tensor probabilities = kind.probabilities(z);
            assertThat(probabilities.sum(-1).toFloats()).as(kind.name()).containsExactly(new float[] {1, 1},
                    within(1e-6f));
            assertThat(probabilities.ge(0).all().item()).isEqualTo(1);
            assertThat(probabilities.argMax(-1).toInts()).containsExactly(2, 1);
        }
        assertThat(OutputKind.QUANTITIES.probabilities(z).toFloats()).startsWith(0, 0.25f, 0.75f);
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> Huber.of(0)).isInstanceOf(CajalException.class).hasMessageContaining("delta");
        assertThatThrownBy(() -> BinaryCrossEntropy.of().withSmoothing(1)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> BinaryCrossEntropy.of().withPositiveWeight(0)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> CategoricalCrossEntropy.of().withClassWeights(1, -1))
                .isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> new MultiClassHinge(Double.NaN)).isInstanceOf(CajalException.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void configurationsAreRecords(Loss loss, Tensor target) {
        RecordCodec codec = new RecordCodec(Losses.types());
        assertThat(codec.read(codec.write(loss), Loss.class)).isEqualTo(loss);
    }
}
