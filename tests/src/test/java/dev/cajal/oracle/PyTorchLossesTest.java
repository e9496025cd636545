package dev.cajal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Training;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.ObjectInputs;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.TrainState;
import dev.cajal.nn.train.Trainer;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The losses of the first 20 steps are those of PyTorch, from the same weights and data: `src/test/python/pytorch_losses.py`.
///
/// Leaves the comparison in `target/pytorch.md`, of which `docs/pytorch.md` is a copy.
class PyTorchLossesTest {
    private static final Fixture PYTORCH = Fixture.read("pytorch-losses.csv");
    private static final int STEPS = 20;
    private static final int EXAMPLES = 100;
    private static final int FEATURES = 64;
    private static final int CLASSES = 10;
    private static final SequencedMap<String, List<Double>> REACHED = new LinkedHashMap<>();

    /// The generator of numbers in [-0.5, 0.5) that the C standard gives as an example, as in the script.
    private static final class Numbers {
        private long state = 1;

        double next() {
            state = (1103515245L * state + 12345) % (1L << 31);
            return state / (double) (1L << 31) - 0.5;
        }

        float[] floats(int count, double scale) {
            float[] numbers = new float[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (float) (next() * scale);
            }
            return numbers;
        }
    }

    record Run(String name, Optimizer optimizer, int... hidden) {
        /// The network's parameters in the order in which the script draws them.
        SequencedMap<String, Tensor> parameters(Numbers numbers) {
            SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
            int in = FEATURES;
            for (int i = 0; i <= hidden.length; i++) {
                int out = i < hidden.length ? hidden[i] : CLASSES;
                double scale = hidden.length == 0 ? 0.2 : 2 * Math.pow(3.0 / in, 0.5);
                parameters.put(i + "/kernel", Tensor.of(numbers.floats(in * out, scale), Shape.of(in, out)));
                parameters.put(i + "/bias", Tensor.of(numbers.floats(out, 0.1)));
                in = out;
            }
            return parameters;
        }

        Layer network() {
            Stream<Layer> layers = IntStream.of(hidden).mapToObj(units -> Dense.of(units, Activations.RELU));
            return Network.sequential(Stream.concat(layers, Stream.of(Dense.of(CLASSES))).toArray(Layer[]::new));
        }

        /// All examples are one batch, so an epoch is a step, and the loss of the epoch is the one before its update.
        List<Double> losses() {
            Numbers numbers = new Numbers();
            SequencedMap<String, Tensor> parameters = parameters(numbers);
            float[] inputs = numbers.floats(EXAMPLES * FEATURES, 2);
            int[] labels = IntStream.range(0, EXAMPLES).map(_ -> (int) ((numbers.next() + 0.5) * CLASSES)).toArray();
            Examples<float[], Integer> examples = new Examples<>(
                    ObjectInputs.like(new float[FEATURES]).raw(),
                    new ClassTargets<>(IntStream.range(0, CLASSES).boxed().toList()),
                    Rows.of(inputs, Shape.of(FEATURES)),
                    Rows.of(labels, Shape.SCALAR));
            Fit fit = Fit.of().withEpochs(STEPS).withBatch(EXAMPLES).withShuffle(false).withOptimizer(optimizer);
            TrainState state = new TrainState(parameters, new LinkedHashMap<>(), optimizer.init(parameters));
            return Training.of(network(), examples, fit)
                    .run(Trainer.Snapshot.start(state), TrainingListener.NONE, _ -> {})
                    .ending()
                    .snapshot()
                    .position()
                    .history()
                    .values("loss");
        }

        List<Double> expected() {
            return PYTORCH.rows().stream()
                    .filter(row -> row.getFirst().equals(name))
                    .map(row -> (double) Float.parseFloat(row.getLast()))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Run> runs() {
        return List.of(
                new Run("logistic regression, SGD 0.5", Optimizers.sgd(0.5)),
                new Run("MLP 64-48-32-10, SGD 0.1", Optimizers.sgd(0.1), 48, 32),
                new Run("MLP 64-48-32-10, momentum 0.9", Optimizers.momentum(0.05, 0.9), 48, 32),
                new Run("MLP 64-48-32-10, Adam 0.01", Optimizers.adam(0.01), 48, 32));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void lossesAreThoseOfPyTorch(Run run) {
        List<Double> expected = run.expected();
        List<Double> reached = run.losses();
        REACHED.put(run.name(), reached);
        assertThat(expected).hasSize(STEPS);
        assertThat(reached).hasSize(STEPS);
        for (int i = 0; i < STEPS; i++) {
            assertThat(difference(expected.get(i), reached.get(i))).as("relative difference in step %s", i)
                    .isLessThan(1e-5);
        }
    }

    private static double difference(double expected, double reached) {
        return Math.abs(reached - expected) / Math.abs(expected);
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        String tables = runs().stream()
                .filter(run -> REACHED.containsKey(run.name()))
                .map(run -> table(run, REACHED.get(run.name())))
                .collect(Collectors.joining("\n"));
        String page = """
                # Losses step by step, beside PyTorch

                Twenty steps from the same weights, on the same 100 examples, all of them one batch. Losses are means before the step's update, in
                32-bit floating point. Both sides draw weights and data from a few lines of integer arithmetic, so no file of weights is needed:
                [pytorch_losses.py](../tests/src/test/python/pytorch_losses.py) and
                [PyTorchLossesTest](../tests/src/test/java/dev/cajal/oracle/PyTorchLossesTest.java), which fails where the relative difference reaches 1e-5.

                Made with %s. To make this page again:

                ```
                ./mvnw test -Dtest=PyTorchLossesTest && cp tests/target/pytorch.md docs/pytorch.md
                ```

                %s"""
                .formatted(PYTORCH.origin(), tables);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "pytorch.md"), page);
    }

    private static String table(Run run, List<Double> reached) {
        String rows = IntStream.range(0, reached.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "| %d | %.7f | %.7f | %.1e |\n",
                        i,
                        run.expected().get(i),
                        reached.get(i),
                        difference(run.expected().get(i), reached.get(i))))
                .collect(Collectors.joining());
        return "## " + run.name() + "\n\n| step | PyTorch | Cajal | relative difference |\n|---:|---:|---:|---:|\n"
                + rows;
    }
}
