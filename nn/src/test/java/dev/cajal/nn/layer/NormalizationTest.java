package dev.cajal.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.WithAux;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class NormalizationTest {
    private static final RandomKey KEY = RandomKey.of(1);
    private static final Mode TRAINING = Mode.training(KEY);

    private static Applied<Tensor> applied(Layer layer, Tensor x, Mode mode) {
        return layer.apply(layer.init(KEY, x), x, mode);
    }

    private static Tensor train(Layer layer, Tensor x) {
        return applied(layer, x, TRAINING).output();
    }

    @Test
    void aBatchIsNormalisedByFeature() {
        Tensor x = KEY.normal(Shape.of(64, 5, 3)).times(7).plus(Tensor.of(new float[] {-100, 0, 30}));
        Tensor y = train(BatchNorm.of(), x);
        assertThat(y.mean(0, 1).toFloats()).containsExactly(new float[3], within(1e-4f));
        assertThat(y.variance(0, 1).toFloats()).containsExactly(new float[] {1, 1, 1}, within(1e-3f));
    }

    @Test
    void statisticsFollowInTrainingOnly() {
        BatchNorm norm = BatchNorm.of();
        Tensor x = Tensor.of(new float[][] {{1}, {3}});
        Variables variables = norm.init(KEY, x);
        // They begin with 0 and 1 whatever the example holds.
        assertThat(variables.statistics().get("mean").toFloats()).containsExactly(0);
        assertThat(variables.statistics().get("variance").toFloats()).containsExactly(1);

        var after = norm.apply(variables, x, TRAINING).statistics();
        // Of the batch: mean 2, biased variance 1, unbiased 2.
        assertThat(after.get("mean").item()).isCloseTo(0.1 * 2, within(1e-6));
        assertThat(after.get("variance").item()).isCloseTo(0.9 + 0.1 * 2, within(1e-6));
        var predicted = norm.apply(variables.withStatistics(after), x, Mode.inference());
        assertThat(predicted.statistics()).isEqualTo(after);
        assertThat(predicted.output().get(0, 0).item()).isCloseTo((1 - 0.2) / Math.sqrt(1.1 + 1e-5), within(1e-6));
    }

    @Test
    void predictionDoesNotDependOnTheBatch() {
        BatchNorm norm = BatchNorm.of();
        Tensor x = KEY.normal(Shape.of(8, 3));
        Variables variables = norm.init(KEY, x);
        Tensor all = norm.apply(variables, x, Mode.inference()).output();
        Tensor first = norm.apply(variables, x.slice(0, 0, 1), Mode.inference()).output();
        assertThat(all.slice(0, 0, 1).sameBits(first)).isTrue();
    }

    @Test
    void noGradientFlowsIntoStatistics() {
        BatchNorm norm = BatchNorm.of();
        Tensor x = KEY.normal(Shape.of(8, 3));
        Variables variables = norm.init(KEY, x);
        Tensor gradient = Transform.grad((Tensor z) -> norm.apply(variables, z, TRAINING).statistics().get("mean")
                .sum()).apply(x);
        assertThat(gradient.toFloats()).containsOnly(0);
    }

    @Test
    void gradientsFlowThroughTheBatchsMean() {
        Tensor x = KEY.normal(Shape.of(8, 3));
        Tensor weights = Tensor.range(24, DType.F32).reshape(8, 3);
        // What is added to all examples alike cannot change the output.
        Tensor shift = Transform.grad((Tensor s) -> train(BatchNorm.of(), x.plus(s)).square().times(weights).sum())
                .apply(Tensor.zeros(3));
        assertThat(shift.toFloats()).containsExactly(new float[3], within(1e-3f));
    }

    @Test
    void oneExampleHasNoVariance() {
        Applied<Tensor> one = applied(BatchNorm.of(), Tensor.of(new float[][] {{5, -7}}), TRAINING);
        assertThat(one.output().toFloats()).containsExactly(0, 0);
        assertThat(one.statistics().get("variance").toFloats()).containsExactly(0.9f, 0.9f);
    }

    @Test
    void rowsThatFillUpABatchDoNotCount() {
        BatchNorm norm = BatchNorm.of();
        for (Shape shape : List.of(Shape.of(3, 4), Shape.of(3, 2, 2, 4))) {
            Tensor x = KEY.normal(shape).plus(5);
            Variables variables = norm.init(KEY, x);
            // As class weights would make them: only 0 means that a row does not count.
            Tensor weights = Tensor.of(new float[] {2, 1, 0.5f, 0, 0});
            Tensor filled = Tensor.concatenate(0, x, Tensor.full(DType.F32, shape.withDim(0, 2), Double.NaN));
            Applied<Tensor> expected = norm.apply(variables, x, TRAINING);
            Applied<Tensor> actual = norm.apply(variables, filled, Mode.training(KEY, weights));
            assertThat(actual.output().slice(0, 0, 3).toFloats())
                    .containsExactly(expected.output().toFloats(), within(1e-5f));
            expected.statistics().forEach((name, tensor) -> assertThat(
                    actual.statistics().get(name).toFloats()).containsExactly(tensor.toFloats(), within(1e-6f)));

            Tensor numbers = RandomKey.of(8).normal(shape);
            Tensor gradient = Transform.grad((Tensor z) -> norm.apply(variables, z, TRAINING)
                    .output().times(numbers).sum()).apply(x);
            Tensor zeros = Tensor.zeros(DType.F32, shape.withDim(0, 2));
            Tensor masked = Transform.grad((Tensor z) -> norm
                    .apply(variables, Tensor.concatenate(0, z, zeros), Mode.training(KEY, weights))
                    .output().slice(0, 0, 3).times(numbers).sum()).apply(x);
            assertThat(masked.toFloats()).containsExactly(gradient.toFloats(), within(1e-5f));
        }
    }

    @Test
    void theLastBatchOfAnEpochIsNotDrownedInFilling() {
        // With momentum 0 the statistics are those of the last batch, which is one row of four.
        Layer network = Network.sequential(BatchNorm.of().withMomentum(0), Dense.of(1));
        List<Double> numbers = List.of(1.0, 2.0, 3.0, 4.0, 10.0);
        Examples<Double, Double> examples = Examples.of(numbers, x -> x, x -> 2 * x);
        var model = network.fit(examples, Fit.of().withBatch(4).withShuffle(false).withEpochs(1));
        double standardised = (10 - 4) / Math.sqrt(10);
        assertThat(model.variables().statistics().get("0/mean").item()).isCloseTo(standardised, within(1e-5));
    }

    @Test
    void aBatchOfFillingLeavesTheStatistics() {
        BatchNorm norm = BatchNorm.of();
        Tensor x = Tensor.ones(2, 3).times(7);
        Variables variables = norm.init(KEY, x);
        Applied<Tensor> applied = norm.apply(variables, x, Mode.training(KEY, Tensor.zeros(2)));
        assertThat(applied.statistics().get("mean").toFloats()).containsOnly(0);
        assertThat(applied.statistics().get("variance").toFloats()).containsOnly(1);
        assertThat(applied.output().isFinite().toBooleans()).containsOnly(true);
    }

    @Test
    void weightsNeedTheBatchInFront() {
        Layer network = Network.sequential(Layer.of((x, _) -> x.reshape(-1, 1)), BatchNorm.of());
        Tensor x = Tensor.ones(2, 3);
        Variables variables = network.init(KEY, x);
        assertThatThrownBy(() -> network.apply(variables, x, Mode.training(KEY, Tensor.ones(2))))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith(
                        "In layer 1: The batch has weights of shape [2], but the input here is f32[6, 1]:");
    }

    @Test
    void statisticsCanBeHandedOutOfACompiledGradient() {
        Layer network = Network.sequential(Dense.of(4), BatchNorm.of());
        Tensor x = KEY.normal(Shape.of(8, 3));
        var step = Transform.compile((Variables v) -> Transform.valueAndGradWithAux(
                (SequencedMap<String, Tensor> p) -> {
                    Applied<Tensor> applied = network.apply(v.withParameters(p), x, TRAINING);
                    return new WithAux<>(applied.output().square().sum(), applied.statistics());
                }).apply(v.parameters()));
        Variables variables = network.init(KEY, x);
        var result = step.apply(variables);
        var direct = network.apply(variables, x, TRAINING).statistics();
        assertThat(result.aux().keySet()).containsExactly("1/mean", "1/variance");
        assertThat(result.aux().get("1/mean").toFloats())
                .containsExactly(direct.get("1/mean").toFloats(), within(1e-6f));
    }

    @Test
    void rowsAreNormalisedOneByOne() {
        Tensor x = KEY.normal(Shape.of(6, 50)).times(7).plus(Tensor.range(6, DType.F32).expandDims(1).times(100));
        for (Mode mode : List.of(TRAINING, Mode.inference())) {
            Tensor y = applied(LayerNorm.of(), x, mode).output();
            assertThat(y.mean(1).toFloats()).containsExactly(new float[6], within(1e-4f));
            assertThat(y.variance(1).toFloats()).containsExactly(new float[] {1, 1, 1, 1, 1, 1}, within(1e-3f));
        }
        assertThat(LayerNorm.of().init(KEY, x).statistics()).isEmpty();
    }

    @Test
    void largeMeansDoNotDrownSmallVariances() {
        Tensor x = KEY.normal(Shape.of(256, 1)).plus(10_000);
        assertThat(train(BatchNorm.of(), x).variance().item()).isCloseTo(1, within(0.01));
        assertThat(train(LayerNorm.of(), x.transpose()).variance().item()).isCloseTo(1, within(0.01));
    }

    @Test
    void scaleAndBiasCanGo() {
        Tensor x = Tensor.zeros(2, 3);
        assertThat(BatchNorm.of().init(KEY, x).parameters().keySet()).containsExactly("scale", "bias");
        assertThat(BatchNorm.of().withoutScale().init(KEY, x).parameters().keySet()).containsExactly("bias");
        assertThat(BatchNorm.of().withoutBias().withoutScale().init(KEY, x).parameters()).isEmpty();
        assertThat(LayerNorm.of().withoutBias().init(KEY, x).parameters().keySet()).containsExactly("scale");
        assertThat(LayerNorm.of().withoutScale().withoutBias().init(KEY, x).parameters()).isEmpty();
        Tensor noise = KEY.normal(Shape.of(4, 3));
        for (Layer off : List.of(
                BatchNorm.of().withScale(Initializers.zeros()), LayerNorm.of().withScale(Initializers.zeros()))) {
            assertThat(train(off, noise).abs().toFloats()).containsOnly(0);
        }
    }

    @Test
    void halfPrecisionIsSummedInSingle() {
        Tensor x = KEY.normal(Shape.of(512, 2)).plus(3).asType(DType.BF16);
        for (Layer layer : List.of(BatchNorm.of(), LayerNorm.of())) {
            assertThat(train(layer, x).dtype()).isEqualTo(DType.BF16);
        }
        Tensor y = train(BatchNorm.of(), x).asType(DType.F32);
        assertThat(y.mean(0).toFloats()).containsExactly(new float[2], within(5e-3f));
        assertThat(applied(BatchNorm.of(), x, TRAINING).statistics().get("mean").dtype()).isEqualTo(DType.F32);
    }

    @Test
    void settingsAndInputsAreChecked() {
        assertThatThrownBy(() -> BatchNorm.of().withMomentum(1.5))
                .isInstanceOf(CajalException.class)
                .hasMessage("The momentum of BatchNorm has to be from 0 to 1, but is 1.5.");
        assertThatThrownBy(() -> BatchNorm.of().withEpsilon(0)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> LayerNorm.of().withEpsilon(-1)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> train(LayerNorm.of(), Tensor.zeros(3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("LayerNorm takes inputs of shape [batch, ..., features], but got f32[3].");
        assertThatThrownBy(() -> train(BatchNorm.of(), Tensor.zeros(3))).isInstanceOf(ShapeException.class);
    }
}
