package dev.cajal.golden;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.data.dataset.Split;
import dev.cajal.data.image.Image;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.Gru;
import dev.cajal.nn.layer.MaxPool2d;
import dev.cajal.nn.layer.RandomFlip;
import dev.cajal.nn.layer.Reshape;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Schedules;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.oracle.ReferenceData;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Fashion-MNIST: what its page says of several kinds of networks. H. Xiao, K. Rasul, R. Vollgraf, *Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms*, 2017.
@Tag("golden")
class FashionTest {
    private static final long SEED = 1;

    /// Trains with Adam along a cosine and tells the share of test pictures that are named right.
    private static double accuracy(Layer network, int epochs, int batch, double rate) {
        ReferenceData.file("fashion-mnist/t10k-images-idx3-ubyte.gz");
        Split<Image, String> fashion = Mnist.fashion();
        int steps = epochs * Math.ceilDiv(fashion.train().size(), batch);
        Fit fit = Fit.of().withEpochs(epochs).withBatch(batch).withSeed(SEED)
                .withOptimizer(Optimizers.adam(rate).withLearningRate(Schedules.cosine(rate, steps)));
        return Training.of(network, fashion.train(), fit).run(TrainingListener.NONE).model().evaluate(fashion.test())
                .accuracy();
    }

    private static void write(String order, String network, String training, String published, double reached,
            long began) throws IOException {
        Results.write(order, new Results.Line("Fashion-MNIST", network, training, published,
                String.format(Locale.ROOT, "%.2f %% right", 100 * reached), (System.nanoTime() - began) / 1e9,
                String.valueOf(SEED)));
    }

    @Test
    void aPerceptronOfThreeHiddenLayers() throws IOException {
        long began = System.nanoTime();
        double reached = accuracy(Network.sequential(Flatten.of(),
                Dense.of(256, RELU), Dropout.of(0.2), Dense.of(128, RELU), Dropout.of(0.2), Dense.of(100, RELU),
                Dense.of(10)), 10, 128, 1e-3);
        write("06-fashion-1-mlp", "MLP 784-256-128-100-10",
                "modern: ReLU, dropout 0.2; Adam, rate 0.001 along a cosine, batch 128, 10 epochs", "88.33 % right",
                reached, began);
        assertThat(reached).isGreaterThanOrEqualTo(0.8833);
    }

    @Test
    void twoConvolutionsWithPooling() throws IOException {
        long began = System.nanoTime();
        double reached = accuracy(Network.sequential(Reshape.of(28, 28, 1), RandomFlip.of(),
                Conv2d.of(16, 5, RELU).withSamePadding(), MaxPool2d.of(2),
                Conv2d.of(32, 5, RELU).withSamePadding(), MaxPool2d.of(2),
                Flatten.of(), Dropout.of(0.3), Dense.of(128, RELU), Dropout.of(0.3), Dense.of(10)), 4, 128, 2e-3);
        write("06-fashion-2-cnn", "two convolutions of 5 x 5 with 16 and 32 filters, pooling, 128 units",
                "modern: ReLU, dropout 0.3, pictures mirrored at random; Adam, rate 0.002 along a cosine, batch 128, 4 epochs",
                "87.6 to 93.4 % right", reached, began);
        assertThat(reached).isGreaterThanOrEqualTo(0.895);
    }

    /// A picture as a sequence of 28 rows of 28 pixels.
    @Test
    void gatedUnitsReadRowByRow() throws IOException {
        long began = System.nanoTime();
        double reached = accuracy(Network.sequential(Reshape.of(28, 28), Gru.of(128), Dense.of(10)), 6, 128, 4e-3);
        write("06-fashion-3-gru", "GRU of 128 units over the rows of a picture",
                "modern: softmax, cross-entropy; Adam, rate 0.004 along a cosine, batch 128, 6 epochs",
                "88.8 % right (GRU with a support vector machine)", reached, began);
        assertThat(reached).isGreaterThanOrEqualTo(0.888);
    }
}
