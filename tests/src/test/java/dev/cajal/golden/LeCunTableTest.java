package dev.cajal.golden;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.dataset.Split;
import dev.cajal.data.image.Image;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fully connected networks of the table of test errors at <http://yann.lecun.com/exdb/mnist/>: the same architectures, trained as one does
/// today, with ReLU, Adam, a rate that falls along a cosine, and dropout where the table asks for less than 2 %.
@Tag("golden")
class LeCunTableTest {
    private static final Loss CROSS_ENTROPY = Losses.categoricalCrossEntropy();
    private static final Loss SQUARED_ERROR = new OneHotTarget(Losses.meanSquaredError());
    private static final int BATCH = 100;
    private static final long SEED = 1;

    /// @param place in the table of results
    /// @param error the published one, in percent
    private record Row(
            char place, double error, String name, String settings, Layer network, Loss loss, Optimizer optimizer,
            double rate, int epochs) {
        Fit fit(int examples) {
            int steps = epochs * Math.ceilDiv(examples, BATCH);
            return Fit.of()
                    .withEpochs(epochs)
                    .withBatch(BATCH)
                    .withSeed(SEED)
                    .withLoss(loss)
                    .withOptimizer(optimizer.withLearningRate(Schedules.cosine(rate, steps)));
        }

        String configuration() {
            return String.format(
                    Locale.ROOT, "%s; %s, batch %d, rate %s along a cosine, %d epochs", name, settings, BATCH, rate, epochs);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        Layer linear = Network.sequential(Flatten.of(), Dense.of(10));
        Layer oneHidden = Network.sequential(Flatten.of(), Dense.of(300, RELU), Dense.of(10));
        Layer twoHidden = Network.sequential(Flatten.of(), Dense.of(300, RELU), Dense.of(100, RELU), Dense.of(10));
        Layer wide = Network.sequential(
                Flatten.of(), Dropout.of(0.1), Dense.of(800, RELU), Dropout.of(0.4), Dense.of(10));
        Layer deep = Network.sequential(
                Flatten.of(),
                Dropout.of(0.1),
                Dense.of(500, RELU),
                Dropout.of(0.3),
                Dense.of(300, RELU),
                Dropout.of(0.3),
                Dense.of(10));
        Optimizer adam = Optimizers.adam(1e-3);
        return List.of(
                new Row('a', 12.0, "linear classifier 784-10", "softmax, Adam", linear, CROSS_ENTROPY, adam, 1e-3, 3),
                new Row('b', 4.7, "784-300-10, mean squared error", "Adam", oneHidden, SQUARED_ERROR, adam, 1e-3, 3),
                new Row('c', 3.05, "784-300-100-10", "mean squared error, Adam", twoHidden, SQUARED_ERROR, adam, 1e-3,
                        3),
                new Row('d', 1.6, "784-800-10, cross-entropy", "dropout 0.1 and 0.4, Adam", wide, CROSS_ENTROPY, adam,
                        2e-3, 12),
                new Row('e', 1.53, "784-500-300-10, softmax, cross-entropy, weight decay",
                        "dropout 0.1, 0.3 and 0.3, AdamW", deep, CROSS_ENTROPY, Optimizers.adamW(1e-3), 2e-3, 12));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theErrorIsAtMostThePublishedOne(Row row) throws IOException {
        Split<Image, Integer> mnist = Handwriting.load();
        long began = System.nanoTime();
        double accuracy = Training.of(row.network(), mnist.train(), row.fit(mnist.train().size()))
                .run(TrainingListener.NONE)
                .model()
                .evaluate(mnist.test())
                .accuracy();
        double error = 100 * (1 - accuracy);
        Results.write(
                "04-lecun-" + row.place(),
                new Results.Line(
                        "MNIST",
                        row.configuration(),
                        String.format(Locale.ROOT, "error %.2f %%", row.error()),
                        String.format(Locale.ROOT, "error %.2f %%", error),
                        (System.nanoTime() - began) / 1e9,
                        String.valueOf(SEED)));
        assertThat(error).isLessThanOrEqualTo(row.error());
    }
}
