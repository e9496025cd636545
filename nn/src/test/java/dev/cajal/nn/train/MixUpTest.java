package dev.cajal.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixUpTest {
    private static final int DRAWS = 1500;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 1})
    void sharesAreOfABetaDistribution(double alpha) {
        var draw = Transform.compile((RandomKey key) -> new MixUp(alpha).draw(key, 3).share());
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double share = draw.apply(RandomKey.of(i)).item();
            assertThat(share).isBetween(0.0, 1.0);
            sum += share;
            squares += (share - 0.5) * (share - 0.5);
        }
        double variance = 1 / (4 * (2 * alpha + 1));
        assertThat(sum / DRAWS).isCloseTo(0.5, within(4 * Math.sqrt(variance / DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(variance, within(0.012));
    }

    @Test
    void inputsLossesAndLabelsAreMixedAlike() {
        MixUp.Mixture mixture = new MixUp.Mixture(Tensor.of(0.25f), Tensor.of(new int[] {2, 0, 1}));
        assertThat(mixture.inputs(Tensor.of(new float[][] {{0, 4}, {8, 0}, {4, 8}})).toFloats())
                .containsExactly(3, 7, 2, 3, 7, 2);
        Tensor labels = Tensor.of(new int[] {5, 6, 7});
        assertThat(mixture.dominant(labels).toInts()).containsExactly(7, 5, 6);
        assertThat(mixture.loss(labels, of -> of.get(0).asType(DType.F32)).item()).isEqualTo(0.25 * 5 + 0.75 * 7);
        MixUp.Mixture half = new MixUp.Mixture(Tensor.of(0.5f), Tensor.of(new int[] {2, 0, 1}));
        assertThat(half.dominant(labels).toInts()).containsExactly(5, 6, 7);
        assertThat(new MixUp(0.3).draw(RandomKey.of(1), 50).partners().toInts())
                .containsExactlyInAnyOrder(IntStream.range(0, 50).toArray());
    }

    private static Examples<double[], Integer> points(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<double[]> points = IntStream.range(0, count)
                .mapToObj(_ -> new double[] {random.nextDouble() - 0.5, random.nextDouble() - 0.5}).toList();
        return Examples.of(points, point -> point, point -> point[0] > point[1] ? 1 : 0);
    }

    @Test
    void theFirstStepHasTheLossOfTheMixture() {
        Layer network = Network.sequential(Dense.of(2));
        Examples<double[], Integer> examples = points(40);
        Fit fit = Fit.of().withEpochs(1).withBatch(40).withShuffle(false).withMixUp(0.5);
        Training<double[], Integer> training = Training.of(network, examples, fit);
        TrainState start = training.start().state();
        double loss = training.run(TrainingListener.NONE).history().epochs().getFirst().training().get("loss");

        int[] order = IntStream.range(0, 40).toArray();
        var model = training.model(training.start().state());
        Tensor inputs = model.inputs().prepare(examples.inputs().batch(order, 0, 40, 40));
        Tensor labels = examples.targets().batch(order, 0, 40, 40);
        RandomKey key = RandomKey.of(fit.seed()).foldIn("training").foldIn(start.optimizer().step());
        MixUp.Mixture mixture = new MixUp(0.5).draw(key.foldIn("mix-up"), 40);
        Tensor output = network.apply(model.variables(), mixture.inputs(inputs), Mode.training(key)).output();
        Tensor expected = mixture.loss(labels, of -> Losses.categoricalCrossEntropy().mean(output, of));
        assertThat(loss).isCloseTo(expected.item(), within(1e-5));
        assertThat(loss).isNotCloseTo(Training.of(network, examples, fit.withSeed(7)).run(TrainingListener.NONE)
                .history().epochs().getFirst().training().get("loss"), within(1e-5));
    }

    @Test
    void mixturesTeachToo() {
        Fit fit = Fit.of().withEpochs(30).withBatch(32).withOptimizer(Optimizers.adam(0.05))
                .withMixUp(0.2);
        assertThat(Network.sequential(Dense.of(2)).fit(points(320), fit).evaluate(points(320)).accuracy())
                .isGreaterThan(0.95);
        Fit inParts = fit.withEpochs(2).withAccumulation(4);
        assertThat(Network.sequential(Dense.of(2)).fit(points(320), inParts).evaluate(points(320)).accuracy())
                .isBetween(0.0, 1.0);
    }

    private record Letters() implements Tokenizer {
        @Override
        public int size() {
            return 256;
        }

        @Override
        public int[] encode(String text) {
            return text.chars().toArray();
        }

        @Override
        public byte[] bytes(int token) {
            return String.valueOf((char) token).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void whatCannotBeMixedIsRefused() {
        for (double alpha : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> Fit.of().withMixUp(alpha)).isInstanceOf(CajalException.class)
                    .hasMessageContaining("at most 1, but is");
        }
        TextInputs texts = new TextInputs(new Letters(), 3);
        Examples<String, String> examples = Examples.of(texts, new NextTokens(new Letters(), 3), List.of("abc"),
                List.of("bcd"));
        Layer network = Network.sequential(Embedding.of(256, 4), Dense.of(256));
        assertThatThrownBy(() -> Training.of(network, examples, Fit.of().withMixUp(0.2)))
                .isInstanceOf(CajalException.class).hasMessageContaining("these are i32[1, 3]");
    }
}
