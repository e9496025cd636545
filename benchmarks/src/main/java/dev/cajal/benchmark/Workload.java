package dev.cajal.benchmark;

import java.util.List;
import java.util.OptionalLong;

/// Something that is measured: the step of a training, the answer of a model, a kernel.
///
/// The peers' side of a workload has the same name and gets the same inputs; see `benchmarks/README.md`.
interface Workload {
    /// Its name on the command line.
    String name();

    /// Makes what is measured. Nothing has to be compiled before the first step.
    ///
    /// @param inputs the parameters and data, the same for all frameworks
    Run start(Inputs inputs);

    /// Something that takes steps.
    interface Run {
        /// One step, finished when this returns.
        void step();

        /// A number that tells whether the steps so far computed what they should: the loss of the last step, or the root of the mean square of
        /// what it gave.
        double check();

        /// The bytes that a step needs at its worst moment by its plan, where that is known.
        default OptionalLong plannedBytes() {
            return OptionalLong.empty();
        }
    }

    /// All workloads.
    static List<Workload> all() {
        return List.of(
                Machine.PRODUCT,
                Machine.MEMORY,
                Machine.SCALE,
                Machine.TRIAD,
                Mlp.SGD,
                Mlp.ADAM,
                Mlp.LATENCY,
                Cnn.ADAM,
                ResNet18.MOMENTUM,
                Lstm.ADAM,
                Gpt.ADAM_W,
                Kernels.SOFTMAX,
                Kernels.LAYER_NORM,
                Kernels.GELU,
                Kernels.ADAM_W,
                FitRun.FIT,
                FitRun.BARE,
                DataLoading.FILES,
                DataLoading.BATCHES,
                ImageLoading.SMALL,
                ImageLoading.LARGE);
    }

    /// The workload of a name.
    ///
    /// @throws IllegalArgumentException if there is none
    static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no workload '" + name + "', only "
                        + all().stream().map(Workload::name).toList() + "."));
    }
}
