package dev.cajal.benchmark;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.RowBatches;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledFunction;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;
import java.nio.file.Path;
import java.util.Optional;

/// What a training on a folder of pictures waits for: one epoch of batches of 128 in a given order, decoded from the files that the variable `CAJAL_PICTURES` names by as many threads as
/// compute, as numbers from 0 to 1. Nothing is kept from epoch to epoch.
///
/// @param size of the pictures' sides
record ImageLoading(String name, int size) implements Workload {
    static final ImageLoading SMALL = new ImageLoading("image-folder", 32);
    static final ImageLoading LARGE = new ImageLoading("image-folder-large", 64);

    private static final int BATCH = 128;

    @Override
    public Run start(Inputs inputs) {
        String folder = Optional.ofNullable(System.getenv("CAJAL_PICTURES"))
                .orElseThrow(() -> new IllegalStateException("CAJAL_PICTURES has to name a folder of pictures"));
        ImageFolder pictures = ImageFolder.of(Path.of(folder)).withSize(size, size).withChannels(3).withMemory(0)
                .withThreads(Integer.getInteger("cajal.threads", Runtime.getRuntime().availableProcessors()));
        return new Epoch(pictures.load().train(), inputs.get("order").toInts());
    }

    private static final class Epoch implements Run {
        private final CompiledFunction<Tensor, Tensor> scale = Transform
                .compile((Tensor bytes) -> bytes.asType(DType.F32).times(1.0 / 255));
        private final Examples<?, ?> pictures;
        private final int[] order;
        private Tensor last = Tensor.of(Float.NaN);
        private long classes;

        Epoch(Examples<?, ?> pictures, int[] order) {
            this.pictures = pictures;
            this.order = order;
        }

        @Override
        public void step() {
            try (RowBatches batches = pictures.inputs().batches(order, 0, BATCH)) {
                for (int from = 0; from < order.length; from += BATCH) {
                    int count = Math.min(BATCH, order.length - from);
                    Tensor batch = scale.apply(batches.next());
                    last = count == BATCH ? batch : batch.slice(0, 0, count);
                    classes = pictures.targets().batch(order, from, from + count, count).shape().size();
                }
            }
        }

        @Override
        public double check() {
            return FunctionRun.rootMeanSquare(last) + classes;
        }
    }
}
