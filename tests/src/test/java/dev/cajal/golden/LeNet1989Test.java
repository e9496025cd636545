package dev.cajal.golden;

import static dev.cajal.nn.activation.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.dataset.Split;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.zoo.ModelSpec;
import dev.cajal.zoo.Zoo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The network of 1989 as A. Karpathy trained it again in 2022 ([lecun1989-repro](https://github.com/karpathy/lecun1989-repro)): with as many images of MNIST as there were zip codes,
/// scaled to 16 x 16; one example at a time, 23 times over.
///
/// His images are a random choice, and scaled without averaging; these here are another one, and averaged.
@Tag("golden")
class LeNet1989Test {
    private static final int TRAIN = 7291;
    private static final int TEST = 2007;
    private static final int PASSES = 23;
    private static final double RATE = 0.03;
    private static final int SEEDS = 3;

    /// The network is to give 1 for the right class and -1 for the others.
    private record SignTarget(Loss loss) implements Loss {
        @Override
        public Tensor perExample(Tensor prediction, Tensor target) {
            return loss.perExample(prediction,
                    target.oneHot(prediction.dim(-1), prediction.dtype()).times(2).minus(1));
        }
    }

    /// Percent that a network gets wrong.
    private record Errors(double test, double train) {}

    private static Examples<Image, Integer> small(Examples<Image, Integer> all, int count, long seed) {
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int[] order = all.order(seed);
        byte[] pixels = new byte[28 * 28];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (byte) (int) all.inputs().get(order[i], j);
            }
            images.add(Image.of(28, 28, 1, pixels).resized(16, 16));
            labels.add((int) all.targets().get(order[i], 0));
        }
        return Examples.of(new ImageInputs(16, 16, 1), new ClassTargets<>(IntStream.range(0, 10).boxed().toList()),
                images, labels);
    }

    @Test
    void theErrorIsThatOfTheReproduction() throws IOException {
        Split<Image, Integer> mnist = Handwriting.load();
        long began = System.nanoTime();
        // Side by side, since one example is too little work for several threads.
        List<Errors> each = LongStream.rangeClosed(1, SEEDS).parallel().mapToObj(seed -> train(mnist, seed)).toList();
        double testError = each.stream().mapToDouble(Errors::test).average().orElseThrow();
        double trainError = each.stream().mapToDouble(Errors::train).average().orElseThrow();
        String tests = each.stream().map(one -> String.format(Locale.ROOT, "%.2f", one.test()))
                .collect(Collectors.joining(", "));
        Results.write(
                "05-lecun-1989",
                new Results.Line(
                        "MNIST at 16 x 16, 7,291 to train and 2,007 to test",
                        "network of 1989, 9,760 parameters, squared error",
                        "as in Karpathy's reproduction: tanh, SGD, rate 0.03, one example at a time, 23 passes, in an order of its own for each",
                        "test error 4.09 %, training error 0.62 % (paper, zip codes: 5.00 %, 0.14 %)",
                        String.format(Locale.ROOT, "test error %.2f %% (%s), training error %.2f %%; means of %s",
                                testError, tests, trainError, SEEDS),
                        (System.nanoTime() - began) / 1e9 / SEEDS,
                        "1 to " + SEEDS));
        assertThat(testError).isCloseTo(4.09, within(0.6));
        assertThat(trainError).isCloseTo(0.62, within(0.3));
    }

    private static Errors train(Split<Image, Integer> mnist, long seed) {
        Examples<Image, Integer> train = small(mnist.train(), TRAIN, seed);
        Examples<Image, Integer> test = small(mnist.test(), TEST, seed);
        var network = Network.sequential(Zoo.create("lenet1989", ModelSpec.of(Shape.of(16, 16, 1), 10)), TANH);
        Fit fit = Fit.of()
                .withEpochs(PASSES)
                .withBatch(1)
                .withSeed(seed)
                .withLoss(new SignTarget(Losses.meanSquaredError()))
                .withOptimizer(Optimizers.sgd(RATE));
        Model<Image, Integer> model = Training.of(network, train, fit).run(TrainingListener.NONE).model();
        return new Errors(100 * (1 - model.evaluate(test).accuracy()), 100 * (1 - model.evaluate(train).accuracy()));
    }
}
