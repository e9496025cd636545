package dev.cajal.benchmark;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import java.util.function.BiFunction;

/// What the machine can do, as far as a framework can show it: the other workloads are shares of the best of these.
record Machine(String name) implements Workload {
    /// A product of two large matrices: the peak of arithmetic.
    static final Machine PRODUCT = new Machine("peak-product");

    /// `a = a + b` of two large vectors, in the place of `a`: the peak of the memory.
    static final Machine MEMORY = new Machine("peak-memory");

    @Override
    public Run start(Inputs inputs) {
        Tensor a = inputs.get("a");
        Tensor b = inputs.get("b");
        if (this.equals(PRODUCT)) {
            var product = Transform.compile((Tensor left, Tensor right) -> left.matmul(right));
            return new FunctionRun(() -> product.apply(a, b));
        }
        return new Sum(a, b);
    }

    private static final class Sum implements Run {
        private final BiFunction<Tensor, Tensor, Tensor> add = Transform
                .compile((Tensor x, Tensor y) -> x.plus(y)).donating(0);
        private final Tensor addend;
        private Tensor sum;

        Sum(Tensor start, Tensor addend) {
            this.sum = start;
            this.addend = addend;
        }

        @Override
        public void step() {
            sum = add.apply(sum, addend);
        }

        @Override
        public double check() {
            return FunctionRun.rootMeanSquare(sum);
        }
    }
}
