package dev.cajal.benchmark;

import dev.cajal.tensor.Tensor;
import java.util.function.Supplier;

/// The same call over and over.
final class FunctionRun implements Workload.Run {
    private final Supplier<Tensor> call;
    private Tensor result = Tensor.of(Float.NaN);

    /// @param call gives a tensor that it has computed
    FunctionRun(Supplier<Tensor> call) {
        this.call = call;
    }

    @Override
    public void step() {
        result = call.get();
    }

    @Override
    public double check() {
        return rootMeanSquare(result);
    }

    /// In double precision, so that it does not depend on how a framework adds.
    static double rootMeanSquare(Tensor tensor) {
        double sum = 0;
        for (float element : tensor.toFloats()) {
            sum += (double) element * element;
        }
        return Math.sqrt(sum / tensor.shape().size());
    }
}
