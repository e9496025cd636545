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
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.AdamW;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.TrainingListener;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The fully connected networks of the table of test errors at <http://yann.lecun.com/exdb/mnist/>, of the same architectures, trained as
/// one does today: ReLU, Adam, a rate that falls along a cosine.
@Tag("golden")
class LeCunTableTest {
    private static final int TRAINING = 60_000;

    private record Row(
            String order, String name, String settings, double published, Layer network, int epochs, int batch,
            Optimizer optimizer,
            boolean squared) {
        Fit fit() {
            Fit fit = Fit.of().withEpochs(epochs).withBatch(batch).withSeed(1).withOptimizer(
                    optimizer.withLearningRate(Schedules.cosine(1e-3, epochs * Math.ceilDiv(TRAINING, batch))));
            return squared ? fit.withLoss(new OneHotTarget(Losses.meanSquaredError())) : fit;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("04-lecun-a", "linear classifier, 784-10", "softmax, cross-entropy, Adam, batch 100, 4 epochs",
                        12.0, Network.sequential(Flatten.of(), Dense.of(10)), 4, 100, Optimizers.adam(1e-3), false),
                new Row("04-lecun-b", "784-300-10, squared error", "ReLU, Adam, batch 100, 4 epochs",
                        4.7, Network.sequential(Flatten.of(), Dense.of(300, RELU), Dense.of(10)), 4, 100,
                        Optimizers.adam(1e-3), true),
                new Row("04-lecun-c", "784-300-100-10", "ReLU, squared error, Adam, batch 100, 4 epochs",
                        3.05, Network.sequential(Flatten.of(), Dense.of(300, RELU), Dense.of(100, RELU), Dense.of(10)),
                        4, 100, Optimizers.adam(1e-3), true),
                new Row("04-lecun-d", "784-800-10, cross-entropy",
                        "ReLU, dropout 0.2 and 0.5, Adam, batch 100, 15 epochs",
                        1.6,
                        Network.sequential(Flatten.of(), Dropout.of(0.2), Dense.of(800, RELU), Dropout.of(0.5),
                                Dense.of(10)),
                        15, 100, Optimizers.adam(1e-3), false),
                new Row("04-lecun-e", "784-500-300-10, softmax, cross-entropy, weight decay",
                        "ReLU, dropout 0.2, AdamW with decay 0.01, batch 100, 15 epochs",
                        1.53,
                        Network.sequential(Flatten.of(),
                                Dropout.of(0.2), Dense.of(500, RELU), Dropout.of(0.2), Dense.of(300, RELU),
                                Dropout.of(0.2), Dense.of(10)),
                        15, 100, AdamW.of(1e-3), false));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theErrorIsAtMostThePublishedOne(Row row) throws IOException {
        Split<Image, Integer> mnist = Handwriting.load();
        long began = System.nanoTime();
        double accuracy = Training.of(row.network(), mnist.train(), row.fit())
                .run(TrainingListener.NONE)
                .model()
                .evaluate(mnist.test())
                .accuracy();
        double error = 100 * (1 - accuracy);
        Results.write(
                row.order(),
                new Results.Line(
                        "MNIST, " + row.name(),
                        row.settings() + ", rate 0.001 along a cosine",
                        String.format(Locale.ROOT, "error %.2f %%", row.published()),
                        String.format(Locale.ROOT, "error %.2f %%", error),
                        (System.nanoTime() - began) / 1e9,
                        "1"));
        assertThat(error).isLessThanOrEqualTo(row.published());
    }
}
