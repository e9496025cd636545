package dev.cajal.benchmark;

import dev.cajal.nn.optimizer.AdamW;
import dev.cajal.nn.optimizer.OptimizerState;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Update;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import java.util.List;
import java.util.function.Function;

/// Kernels that move more than they compute. Each call is given the result of the one before, to write over it: a result that is dropped keeps its memory until the garbage collector
/// has seen that, where Python's counted references free it at once.
final class Kernels {
    private static final Axes LAST = Axes.of(-1).kept();

    /// Over rows of 1024.
    static final Workload SOFTMAX = kernel("softmax", inputs -> {
        Tensor x = inputs.get("x");
        var softmax = Transform.compile((Tensor a, Tensor _) -> a.softmax(-1)).donating(1);
        return new FunctionRun(x, before -> softmax.apply(x, before));
    });

    /// Over rows of 768, with scale and bias.
    static final Workload LAYER_NORM = kernel("layer-norm", inputs -> {
        Tensor x = inputs.get("x");
        List<Tensor> affine = List.of(inputs.get("scale"), inputs.get("bias"));
        var norm = Transform.compile((Tensor a, List<Tensor> p, Tensor _) -> {
            Tensor centred = a.minus(a.mean(LAST));
            Tensor inverse = centred.square().mean(LAST).plus(1e-5).rsqrt();
            return centred.times(inverse).times(p.get(0)).plus(p.get(1));
        }).donating(2);
        return new FunctionRun(x, before -> norm.apply(x, affine, before));
    });

    /// Of a sum with a bias, in the approximation with tanh.
    static final Workload GELU = kernel("gelu", inputs -> {
        Tensor x = inputs.get("x");
        Tensor bias = inputs.get("bias");
        var gelu = Transform.compile((Tensor a, Tensor b, Tensor _) -> {
            Tensor sum = a.plus(b);
            Tensor inner = sum.square().times(sum).times(0.044715).plus(sum).times(Math.sqrt(2 / Math.PI));
            return sum.times(0.5).times(inner.tanh().plus(1));
        }).donating(2);
        return new FunctionRun(x, before -> gelu.apply(x, bias, before));
    });

    /// One update of 10 million parameters, in their place.
    static final Workload ADAM_W = kernel("adamw", AdamWRun::new);

    private Kernels() {}

    private static Workload kernel(String name, Function<Inputs, Workload.Run> start) {
        return new Kernel(name, start);
    }

    private record Kernel(String name, Function<Inputs, Workload.Run> starter) implements Workload {
        @Override
        public Run start(Inputs inputs) {
            return starter.apply(inputs);
        }
    }

    private static final class AdamWRun implements Workload.Run {
        private static final AdamW OPTIMIZER = Optimizers.adamW(1e-3);

        private final Tensor gradient;
        private final CompiledBiFunction<Update<Tensor>, Tensor, Update<Tensor>> compiled;
        private Update<Tensor> state;

        AdamWRun(Inputs inputs) {
            gradient = inputs.get("gradient");
            Tensor parameter = inputs.parameters().sequencedValues().getFirst();
            state = new Update<>(parameter, OPTIMIZER.init(parameter));
            compiled = Transform.compile((Update<Tensor> before, Tensor slope) -> {
                OptimizerState<Tensor> slots = before.state();
                return OPTIMIZER.update(slope, slots, before.parameters());
            }).donating(0);
        }

        @Override
        public void step() {
            state = compiled.apply(state, gradient);
        }

        @Override
        public double check() {
            return FunctionRun.rootMeanSquare(state.parameters());
        }
    }
}
