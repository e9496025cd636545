package dev.cajal.benchmark;

import dev.cajal.nn.Fit;
import dev.cajal.nn.Training;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A training as a user starts it: some epochs with `fit`, which draws orders and batches, standardises inputs, measures the accuracy, and checks that
/// everything is finite. Or as many bare steps, to compare.
final class FitRun implements Workload.Run {
    private static final int BATCH = 128;
    private static final int EPOCHS = 3;

    /// With `fit`.
    static final Workload FIT = new Named("fit", false);

    /// The same number of compiled steps on one batch.
    static final Workload BARE = new Named("fit-bare", true);

    private final Training<float[], Integer> training;
    private double loss = Double.NaN;

    private FitRun(Inputs inputs) {
        float[] elements = inputs.get("x").toFloats();
        int[] labels = inputs.get("y").toInts();
        int width = elements.length / labels.length;
        List<Integer> rows = IntStream.range(0, labels.length).boxed().toList();
        Examples<float[], Integer> examples = Examples
                .of(rows, i -> Arrays.copyOfRange(elements, i * width, (i + 1) * width), i -> labels[i]);
        training = Training.of(Mlp.network(inputs), examples,
                Fit.of().withEpochs(EPOCHS).withBatch(BATCH).withOptimizer(Optimizers.sgd(0.01)));
    }

    @Override
    public void step() {
        loss = training.run(TrainingListener.NONE).history().epochs().getLast().training().getOrDefault("loss",
                Double.NaN);
    }

    @Override
    public double check() {
        return loss;
    }

    private record Named(String name, boolean isBare) implements Workload {
        @Override
        public Run start(Inputs inputs) {
            return isBare ? bare(inputs) : new FitRun(inputs);
        }

        private static Run bare(Inputs inputs) {
            Tensor x = inputs.get("x");
            Tensor y = inputs.get("y");
            Map<String, Tensor> first = Map.of("x", x.slice(0, 0, BATCH), "y", y.slice(0, 0, BATCH));
            Run run = new TrainingRun(Mlp.network(inputs), Optimizers.sgd(0.01),
                    new Inputs(inputs.parameters(), new LinkedHashMap<>(first)));
            int steps = EPOCHS * (y.dim(0) / BATCH);
            return new Repeated(run, steps);
        }
    }

    private record Repeated(Workload.Run run, int times) implements Workload.Run {
        @Override
        public void step() {
            for (int i = 0; i < times; i++) {
                run.step();
            }
        }

        @Override
        public double check() {
            return run.check();
        }
    }
}
