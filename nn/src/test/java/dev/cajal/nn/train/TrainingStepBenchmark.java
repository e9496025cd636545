package dev.cajal.nn.train;

import dev.cajal.nn.example.Batch;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;

/// How long a training step of a fully connected network takes: cross-entropy of a softmax. A program to run by hand; its arguments are the number
/// of steps, the size of a batch, the units of the layers, the optimizer and the precision of products (`1000 128 784,512,512,10 adam bf16`). It prints the median of each tenth.
public final class TrainingStepBenchmark {
    private final int[] sizes;

    private TrainingStepBenchmark(int[] sizes) {
        this.sizes = sizes;
    }

    /// Runs it.
    public static void main(String[] arguments) {
        int steps = arguments.length < 1 ? 1000 : Integer.parseInt(arguments[0]);
        int rows = arguments.length < 2 ? 128 : Integer.parseInt(arguments[1]);
        String layers = arguments.length < 3 ? "784,512,512,10" : arguments[2];
        boolean plain = arguments.length > 3 && arguments[3].equals("sgd");
        int[] sizes = Arrays.stream(layers.split(",")).mapToInt(Integer::parseInt).toArray();
        new TrainingStepBenchmark(sizes).run(steps, rows, plain ? Optimizers.sgd(0.01) : Optimizers.adam(1e-3),
                arguments.length > 4 && arguments[4].equals("bf16") ? DType.BF16 : DType.F32);
    }

    private void run(int steps, int rows, Optimizer optimizer, DType precision) {
        Random random = new Random(1);
        SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
        for (int layer = 1; layer < sizes.length; layer++) {
            double scale = Math.sqrt(2.0 / sizes[layer - 1]);
            parameters.put("kernel" + layer, normal(random, scale, sizes[layer - 1], sizes[layer]));
            parameters.put("bias" + layer, Tensor.zeros(sizes[layer]));
        }
        int[] classes = random.ints(rows, 0, sizes[sizes.length - 1]).toArray();
        Batch batch = new Batch(normal(random, 1, rows, sizes[0]), Tensor.of(classes), Tensor.ones(rows));
        var step = new TrainingStep(this::objective, optimizer, RandomKey.of(1), precision);
        TrainState state = new TrainState(parameters, new LinkedHashMap<>(), optimizer.init(parameters));
        var summary = step.summary(state, batch);
        System.out.printf("%,d bytes of arguments, %,d of temporaries, %,d operations%n", summary.argumentBytes(),
                summary.temporaryBytes(), summary.flops());
        double[] millis = new double[Math.max(1, steps / 10)];
        int done = 0;
        for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            TrainingStep.Result result = step.run(state, batch);
            millis[done++] = (System.nanoTime() - start) / 1e6;
            state = result.state();
            if (done == millis.length) {
                Arrays.sort(millis);
                System.out.printf("step %d: %.3f ms, fastest %.3f ms, loss %s%n", i + 1, millis[done / 2], millis[0],
                        result.loss().item());
                done = 0;
            }
        }
    }

    private Objective.Outcome objective(
            SequencedMap<String, Tensor> parameters, SequencedMap<String, Tensor> statistics, Batch batch,
            RandomKey key) {
        Tensor x = batch.inputs();
        for (int layer = 1; layer < sizes.length; layer++) {
            Tensor sum = x.matmul(parameters.get("kernel" + layer)).plus(parameters.get("bias" + layer));
            x = layer < sizes.length - 1 ? sum.maximum(0) : sum;
        }
        Tensor loss = Losses.categoricalCrossEntropy().mean(x, batch.targets(), batch.weights());
        return new Objective.Outcome(loss, batch.weights().sum(), new LinkedHashMap<>(), statistics);
    }

    private static Tensor normal(Random random, double scale, int rows, int columns) {
        float[] elements = new float[rows * columns];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (scale * random.nextGaussian());
        }
        return Tensor.of(elements, Shape.of(rows, columns));
    }
}
