package dev.cajal.benchmark;

import dev.cajal.tensor.Tensor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The same call over and over.
final class FunctionRun implements Workload.Run {
    private final UnaryOperator<Tensor> call;
    private Tensor result;

    /// @param call gives a tensor that it has computed
    FunctionRun(Supplier<Tensor> call) {
        this(Tensor.of(Float.NaN), _ -> call.get());
    }

    /// @param like a tensor of the result's type
    /// @param call is given what the call before has computed, whose memory it may use
    FunctionRun(Tensor like, UnaryOperator<Tensor> call) {
        this.call = call;
        this.result = like.times(0).evaluate();
    }

    @Override
    public void step() {
        result = call.apply(result);
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
