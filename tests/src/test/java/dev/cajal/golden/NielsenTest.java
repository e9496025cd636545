package dev.cajal.golden;

import static dev.cajal.nn.activation.Activations.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.dataset.Split;
import dev.cajal.data.image.Image;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The first program of M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 1: sigmoid neurons, the quadratic cost, plain gradient
/// descent with batches of 10 at a rate of 3, standard normal weights and biases, the first 50,000 images of MNIST.
@Tag("golden")
class NielsenTest {
    private static final int EPOCHS = 30;

    /// Accuracies on the test images after each epoch.
    private record Curve(List<Double> accuracies, double seconds) {
        double peak() {
            return Collections.max(accuracies);
        }
    }

    @Test
    void thirtyHiddenNeurons() throws IOException {
        Split<Image, Integer> mnist = Handwriting.load();
        List<Curve> curves = new ArrayList<>();
        for (long seed : new long[] {1, 2, 3}) {
            curves.add(train(mnist, 30, EPOCHS, seed));
        }
        double peak = curves.stream().mapToDouble(Curve::peak).average().orElseThrow();
        Results.write(
                "03-nielsen-30",
                new Results.Line(
                        "MNIST",
                        "784-30-10 sigmoid, quadratic cost, SGD, batch 10, rate 3.0, 30 epochs, 50,000 images",
                        "peak 95.42 %; 9129, 9295, 9348 right after epochs 0, 1, 2",
                        String.format(
                                Locale.ROOT,
                                "peak %.2f %%; %.0f, %.0f, %.0f right (means of 3)",
                                100 * peak,
                                right(curves, 0),
                                right(curves, 1),
                                right(curves, 2)),
                        curves.stream().mapToDouble(Curve::seconds).average().orElseThrow(),
                        "1, 2, 3"));
        assertThat(peak).isBetween(0.9492, 0.9592);
    }

    @Test
    void aHundredHiddenNeurons() throws IOException {
        Curve curve = train(Handwriting.load(), 100, EPOCHS, 1);
        Results.write(
                "03-nielsen-a-100",
                new Results.Line(
                        "MNIST",
                        "the same with 100 hidden units",
                        "96.59 %",
                        String.format(Locale.ROOT, "peak %.2f %%", 100 * curve.peak()),
                        curve.seconds(),
                        "1"));
        assertThat(curve.peak()).isBetween(0.9609, 0.9709);
    }

    private static double right(List<Curve> curves, int epoch) {
        return curves.stream().mapToDouble(curve -> 10_000 * curve.accuracies().get(epoch)).average().orElseThrow();
    }

    private static Curve train(Split<Image, Integer> mnist, int hidden, int epochs, long seed) {
        long began = System.nanoTime();
        Layer network = Network.sequential(Flatten.of(), neurons(hidden), neurons(10));
        Examples<Image, Integer> training = mnist.train().first(50_000);
        Fit fit = Fit.of()
                .withEpochs(epochs)
                .withBatch(10)
                .withSeed(seed)
                .withLoss(new OneHotTarget(Losses.quadraticCost()))
                .withOptimizer(Optimizers.sgd(3));
        List<Double> accuracies = Training.of(network, training, mnist.test(), fit)
                .run(TrainingListener.NONE)
                .ending()
                .snapshot()
                .position()
                .history()
                .values("accuracy");
        return new Curve(accuracies, (System.nanoTime() - began) / 1e9);
    }

    private static Dense neurons(int units) {
        return Dense.of(units, SIGMOID).withKernel(Initializers.normal(1)).withBias(Initializers.normal(1));
    }
}
