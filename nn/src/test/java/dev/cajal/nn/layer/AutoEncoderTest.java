package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.cajal.nn.Applied;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.generate.Codes;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.GradientCheck;
import dev.cajal.transform.Tree;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks that give their input back.
class AutoEncoderTest {
    private static final Variables NONE = new Variables(new LinkedHashMap<>(), new LinkedHashMap<>());

    /// Points on a circle in a plane that lies askew in four dimensions.
    private static Examples<double[], Integer> circle() {
        List<double[]> points = IntStream.range(0, 128).mapToObj(i -> {
            double x = Math.cos(i * Math.PI / 64);
            double y = Math.sin(i * Math.PI / 64);
            return new double[] {x + y, x - 2 * y, 0.5 * x, 3 * y};
        }).toList();
        return Examples.of(IntStream.range(0, 128).boxed().toList(), points::get, i -> i % 2);
    }

    private static final AutoEncoder NETWORK = AutoEncoder.of(
            Network.sequential(Dense.of(8, TANH), Dense.of(2)), Network.sequential(Dense.of(8, TANH), Dense.of(4)));

    @Test
    void thePenaltyIsTheDivergenceFromTheStandardNormalDistribution() {
        Layer latent = GaussianLatent.of(3).withWeight(0.5);
        Tensor x = RandomKey.of(2).normal(Shape.of(4, 5));
        Variables variables = latent.init(RandomKey.of(1), x);
        Applied<Tensor> applied = latent.apply(variables, x, Mode.inference());
        float[] mean = applied.output().toFloats();
        float[] variance = x.matmul(variables.parameters().get("variance/kernel")).toFloats();
        double expected = 0;
        for (int i = 0; i < mean.length; i++) {
            expected += 0.5 * (mean[i] * mean[i] + Math.exp(variance[i]) - variance[i] - 1) / 4;
        }
        assertThat(applied.penalties()).hasSize(1);
        assertThat(applied.penalties().getFirst().item()).isCloseTo(0.5 * expected, within(1e-5));

        Tensor weights = Tensor.of(new float[] {1, 1, 0, 0});
        Tensor counted = latent.apply(variables, x, Mode.training(RandomKey.of(3), weights)).penalties().getFirst();
        Tensor half = latent.apply(variables, x.slice(0, 0, 2), Mode.inference()).penalties().getFirst();
        assertThat(counted.item()).isCloseTo(half.item(), within(1e-6));
    }

    @Test
    void thePenaltyHasAGradient() {
        Layer latent = GaussianLatent.of(3);
        Tensor x = GradientNoise.of(Shape.of(4, 5));
        SequencedMap<String, Tensor> parameters = Tree.map(latent.init(RandomKey.of(1), x).parameters(),
                tensor -> GradientNoise.of(tensor.shape()));
        assertThat(GradientCheck.of(point -> latent.apply(new Variables(point, new LinkedHashMap<>()), x,
                Mode.training(RandomKey.of(5))).penalties().getFirst(), parameters)).isEmpty();
    }

    @Test
    void whereThereIsALossCodesAreDrawn() {
        Layer latent = GaussianLatent.of(2);
        Tensor x = Tensor.zeros(10_000, 1);
        Variables variables = latent.init(RandomKey.of(1), x);
        Tensor drawn = latent.apply(variables, x, Mode.training(RandomKey.of(7))).output();
        assertThat(drawn.mean().item()).isCloseTo(0, within(0.03));
        assertThat(drawn.square().mean().item()).isCloseTo(1, within(0.05));
        assertThat(latent.apply(variables, x, Mode.inference()).output().abs().max().item()).isZero();
        Mode measured = Mode.measurement(RandomKey.of(7), Tensor.ones(10_000));
        assertThat(latent.apply(variables, x, measured).output().sameBits(drawn)).isTrue();
    }

    /// Of normal numbers, a linear model with a normal error of variance 1/2 knows the probability of each number, and the bound can touch it: the optimum is a scale and a variance of 1/2.
    /// With means of codes instead of drawn ones, the loss would be 1/4 below.
    @Test
    void theMeasuredLossIsABoundOfTheLogProbability() {
        Random random = new Random(4);
        List<double[]> numbers = IntStream.range(0, 4000).mapToObj(i -> new double[] {random.nextGaussian()}).toList();
        Examples<double[], double[]> examples = Examples.of(numbers, x -> x, _ -> 0.0).reconstructing();
        AutoEncoder network = AutoEncoder.of(Network.sequential(GaussianLatent.of(1)), Network.sequential(Dense.of(1)));
        Model<double[], double[]> model = network.fit(examples,
                Fit.of().withEpochs(12).withBatch(100).withOptimizer(Optimizers.adam(0.01)));
        SequencedMap<String, Tensor> parameters = model.variables().parameters();
        String kernel = parameters.keySet().stream().filter(name -> name.startsWith("dec") && name.endsWith("kernel"))
                .findFirst().orElseThrow();
        double scale = parameters.get(kernel).item();
        double variance = scale * scale + 0.5;
        // The inputs are standardised, so their squares are 1 in the mean.
        double surprise = 0.5 * (Math.log(2 * Math.PI * variance) + 1 / variance);
        double loss = model.evaluate(examples).loss();
        assertThat(loss + 0.5 * Math.log(Math.PI)).isCloseTo(surprise, within(0.03));
        assertThat(model.evaluate(examples).loss()).isEqualTo(loss);
        // What comes back is that of the mean of the code: half of each number.
        assertThat(model.evaluate(examples).metric("squared_error")).isCloseTo(0.25, within(0.05));
    }

    /// The rows that fill up the last batch have no code that counts.
    @Test
    void aMeasuredPenaltyIsOfTheExamplesAlone() {
        Examples<double[], double[]> examples = circle().reconstructing();
        double weight = 1e6;
        Layer encoder = Network.sequential(Dense.of(8, TANH), GaussianLatent.of(2).withWeight(weight));
        Model<double[], double[]> model = AutoEncoder.of(encoder, Dense.of(4)).fit(examples,
                Fit.of().withEpochs(1).withBatch(32).withOptimizer(Optimizers.sgd(1e-12)));
        for (int count : new int[] {128, 5}) {
            Rows rows = examples.first(count).inputs();
            Tensor inputs = model.inputs().prepare(rows.batch(IntStream.range(0, count).toArray(), 0, count, count));
            Applied<Tensor> applied = model.network().apply(model.variables(), inputs, Mode.inference());
            // All but a millionth of the loss is the penalty.
            assertThat(model.evaluate(examples.first(count)).loss() / weight)
                    .isCloseTo(applied.penalties().getFirst().item() / weight, withinPercentage(0.1));
        }
    }

    @Test
    void aPenaltyIsOneNumber() {
        Layer wrong = Layer.of((x, scope) -> {
            scope.penalize(x);
            return x;
        });
        assertThatThrownBy(() -> wrong.init(RandomKey.of(1), Tensor.zeros(2, 3))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 3]").hasMessageContaining("mean over the batch");
    }

    @Test
    void noiseIsForTrainingOnly() {
        Tensor x = Tensor.ones(1000);
        for (Layer layer : List.of(MaskingNoise.of(0.25), GaussianNoise.of(0.5))) {
            Variables none = layer.init(RandomKey.of(1), x);
            assertThat(layer.apply(none, x, Mode.inference()).output().sameBits(x)).isTrue();
            assertThat(layer.apply(none, x, Mode.measurement(RandomKey.of(3), Tensor.ones(1))).output().sameBits(x))
                    .isTrue();
        }
        Tensor masked = MaskingNoise.of(0.25)
                .apply(NONE, x, Mode.training(RandomKey.of(3))).output();
        assertThat(masked.mean().item()).isCloseTo(0.75, within(0.05));
        Tensor noisy = GaussianNoise.of(0.5).apply(NONE, x, Mode.training(RandomKey.of(3))).output();
        assertThat(noisy.minus(1).square().mean().item()).isCloseTo(0.25, within(0.04));
    }

    @Test
    void twoNumbersAreEnoughForAPlane(@TempDir Path folder) {
        Examples<double[], double[]> examples = circle().reconstructing();
        Model<double[], double[]> model = NETWORK.fit(examples,
                Fit.of().withEpochs(300).withBatch(32).withOptimizer(Optimizers.adam(0.01)));
        assertThat(model.evaluate(examples).metric("squared_error")).isLessThan(0.1);
        assertThat(model.evaluate(examples).rmse())
                .isCloseTo(Math.sqrt(model.evaluate(examples).metric("squared_error") / 4), within(1e-6));
        assertThat(model.loss().getClass().getSimpleName()).isEqualTo("MeanSquaredError");
        assertThat(((Reconstruction<?>) model.targets()).input()).isEqualTo(model.inputs());

        Path file = folder.resolve("model.cajal");
        model.save(file);
        Model<?, ?> again = Model.load(file);
        assertThat(again.network()).isEqualTo(NETWORK);
        assertThat(again.answers(examples.inputs())).isEqualTo(model.answers(examples.inputs()));

        Codes<double[]> codes = Codes.of(model);
        assertThat(codes.encode(new double[] {1, 1, 0.5, 0})).hasSize(2);
        assertThatThrownBy(() -> codes.decode(0, 0)).hasMessageContaining("ObjectInputs");
        assertThatThrownBy(() -> codes.draw(1, 1)).hasMessageContaining("variational");
        assertThatThrownBy(() -> model.evaluate((Examples) circle())).hasMessageContaining("inputs themselves");
    }

    @Test
    void otherModelsHaveNoCodes() {
        Examples<double[], Integer> examples = circle();
        Model<double[], Integer> model = Dense.of(2).fit(examples, Fit.of().withEpochs(1));
        assertThatThrownBy(() -> Codes.of(model)).isInstanceOf(CajalException.class).hasMessageContaining("Dense");
        assertThatThrownBy(() -> Dense.of(3).fit(examples.reconstructing(), Fit.of()))
                .hasMessageContaining("one for each number of an input");
    }

    /// Normal numbers in double precision.
    private static final class GradientNoise {
        private static final Random RANDOM = new Random(5);

        static Tensor of(Shape shape) {
            double[] numbers = RANDOM.doubles(shape.size()).map(x -> 2 * x - 1).toArray();
            return Tensor.of(numbers, shape).asType(DType.F64);
        }
    }
}
