package dev.cajal.benchmark;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.CompiledBiFunction;
import dev.cajal.transform.Transform;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What the machine can do, as far as a framework can show it: the other workloads are shares of the best of these.
record Machine(String name, Function<Inputs, Run> starter) implements Workload {
    /// A product of two large matrices: the peak of arithmetic.
    static final Machine PRODUCT = new Machine("peak-product", inputs -> {
        Tensor a = inputs.get("a");
        Tensor b = inputs.get("b");
        var product = Transform.compile((Tensor left, Tensor right) -> left.matmul(right));
        return new FunctionRun(() -> product.apply(a, b));
    });

    /// `a = a + b` of two large vectors, in the place of `a`: the peak of the memory.
    static final Machine MEMORY = vectors("peak-memory", (a, rest) -> a.plus(rest.getFirst()), "b");

    /// `a = 0.5 b`.
    static final Machine SCALE = vectors("peak-scale", (_, rest) -> rest.getFirst().times(0.5), "b");

    /// `a = b + 0.5 c`.
    static final Machine TRIAD = vectors("peak-triad", (_, rest) -> rest.get(0).plus(rest.get(1).times(0.5)), "b", "c");

    private static Machine vectors(String name, BiFunction<Tensor, List<Tensor>, Tensor> function, String... others) {
        return new Machine(name, inputs -> new Vectors(
                inputs.get("a"), List.of(others).stream().map(inputs::get).toList(), function));
    }

    @Override
    public Run start(Inputs inputs) {
        return starter.apply(inputs);
    }

    /// Writes its result over the first vector.
    private static final class Vectors implements Run {
        private final CompiledBiFunction<Tensor, List<Tensor>, Tensor> compiled;
        private final List<Tensor> others;
        private Tensor first;

        Vectors(Tensor first, List<Tensor> others, BiFunction<Tensor, List<Tensor>, Tensor> function) {
            this.compiled = Transform.compile(function).donating(0);
            this.first = first;
            this.others = others;
        }

        @Override
        public void step() {
            first = compiled.apply(first, others);
        }

        @Override
        public double check() {
            return FunctionRun.rootMeanSquare(first);
        }
    }
}
