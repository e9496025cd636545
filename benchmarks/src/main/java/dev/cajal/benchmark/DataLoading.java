package dev.cajal.benchmark;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledFunction;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;

/// What a training waits for: the training set of MNIST from compressed files on disk into memory, and then one epoch of batches of 128 in a given order,
/// as numbers from 0 to 1.
///
/// @param reads whether each step reads the files, or only the first one
record DataLoading(String name, boolean reads) implements Workload {
    static final DataLoading FILES = new DataLoading("data-loading", true);
    static final DataLoading BATCHES = new DataLoading("data-batches", false);

    private static final int BATCH = 128;

    @Override
    public Run start(Inputs inputs) {
        return new Epoch(inputs.get("order").toInts(), reads);
    }

    private static final class Epoch implements Run {
        private final CompiledFunction<Tensor, Tensor> scale = Transform
                .compile((Tensor bytes) -> bytes.asType(DType.F32).times(1.0 / 255));
        private final int[] order;
        private final boolean reads;
        private Examples<?, ?> examples = Mnist.digits().train();
        private Tensor last = Tensor.of(Float.NaN);
        private long classes;

        Epoch(int[] order, boolean reads) {
            this.order = order;
            this.reads = reads;
        }

        @Override
        public void step() {
            if (reads) {
                examples = Mnist.digits().train();
            }
            Rows pixels = examples.inputs();
            for (int from = 0; from + BATCH <= order.length; from += BATCH) {
                last = scale.apply(pixels.batch(order, from, from + BATCH, BATCH));
                classes = examples.targets().batch(order, from, from + BATCH, BATCH).shape().size();
            }
        }

        @Override
        public double check() {
            return FunctionRun.rootMeanSquare(last) + classes;
        }
    }
}
