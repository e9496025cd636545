package dev.cajal.onednn;

import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Model;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training with products of bf16, by oneDNN.
class MixedTrainingTest {
    @TempDir
    Path folder;

    /// 20 batches of 64, four noisy classes in 48 dimensions.
    private static Examples<float[], Integer> examples() {
        Random random = new Random(4);
        List<float[]> inputs = new ArrayList<>();
        float[][] centres = new float[4][48];
        for (float[] centre : centres) {
            for (int i = 0; i < centre.length; i++) {
                centre[i] = (float) random.nextGaussian() / 2;
            }
        }
        for (int i = 0; i < 20 * 64; i++) {
            float[] input = centres[i % 4].clone();
            for (int j = 0; j < input.length; j++) {
                input[j] += (float) random.nextGaussian();
            }
            inputs.add(input);
        }
        List<Integer> order = IntStream.range(0, inputs.size()).boxed().toList();
        return Examples.of(order, inputs::get, i -> i % 4);
    }

    private static Training.Trained<float[], Integer> train(DType precision, int accumulate) {
        Fit fit = Fit.of().withEpochs(1).withBatch(64).withOptimizer(Optimizers.adam(3e-3)).withPrecision(precision)
                .withAccumulation(accumulate);
        return Training.of(Network.sequential(Dense.of(96, RELU), Dense.of(64, RELU), Dense.of(4)), examples(), fit)
                .run(TrainingListener.NONE);
    }

    private static void requireUsable() {
        OneDnn library = new OneDnn();
        Assumptions.assumeTrue(library.obstacle().isEmpty(), () -> library.obstacle().orElseThrow().toString());
    }

    @Test
    void twentyStepsStayNearThoseOfSinglePrecision() {
        requireUsable();
        for (int accumulate : new int[] {1, 2}) {
            Training.Trained<float[], Integer> narrow = train(DType.BF16, accumulate);
            Training.Trained<float[], Integer> wide = train(DType.F32, accumulate);
            double loss = wide.model().evaluate(examples()).loss();
            // Operands are off by up to 2^-9.
            assertThat(narrow.model().evaluate(examples()).loss()).isCloseTo(loss, within(0.02 * loss));
            double first = wide.history().epochs().getFirst().value("loss").orElseThrow();
            assertThat(narrow.history().epochs().getFirst().value("loss").orElseThrow())
                    .isCloseTo(first, within(0.01 * first)).isNotEqualTo(first);
            assertThat(loss).isLessThan(0.5 * first);
        }
    }

    @Test
    void weightsAreInSinglePrecisionAlsoInAFile() {
        requireUsable();
        Model<float[], Integer> model = train(DType.BF16, 1).model();
        Path file = folder.resolve("model.cajal");
        model.save(file);
        Model<float[], Integer> loaded = Model.load(file, float[].class, Integer.class);
        int finer = 0;
        for (var entry : loaded.variables().parameters().entrySet()) {
            Tensor saved = entry.getValue();
            assertThat(saved.dtype()).isEqualTo(DType.F32);
            float[] numbers = saved.toFloats();
            assertThat(numbers).isEqualTo(model.variables().parameters().get(entry.getKey()).toFloats());
            for (float number : numbers) {
                finer += (Float.floatToIntBits(number) & 0xffff) != 0 ? 1 : 0;
            }
        }
        assertThat(finer).as("weights with more digits than bf16 has").isGreaterThan(5000);
        float[] input = new float[48];
        assertThat(loaded.predict(input)).isEqualTo(model.predict(input));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        requireUsable();
        Model<float[], Integer> first = train(DType.BF16, 1).model();
        Model<float[], Integer> second = train(DType.BF16, 1).model();
        first.variables().parameters().forEach((name, tensor) -> assertThat(tensor.toFloats())
                .isEqualTo(second.variables().parameters().get(name).toFloats()));
    }
}
