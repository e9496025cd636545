package dev.cajal.testing;

import dev.cajal.autodiff.Gradients;
import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Compares gradients with central differences along random directions, in double precision on the reference backend.
///
/// For a function `f` into the real numbers, a point `x` and a direction `d` the gradient says how fast `f` grows: `<f'(x), d>`. Two central
/// differences `(f(x + h d) - f(x - h d)) / 2h`, with `h` and `h / 2`, extrapolated to `h = 0` (Richardson), say the same up to a
/// relative error of some 1e-11 where `f` is smooth within `h = 0.001`.
///
/// All checks return what is wrong, for a message, or nothing: `assertThat(GradientCheck.of(sample)).isEmpty()`.
public final class GradientCheck {
    private static final double STEP = 1e-3;
    private static final double TOLERANCE = 1e-7;
    private static final int DIRECTIONS = 3;

    private GradientCheck() {}

    /// Checks the gradient of a sample's results, by all arguments that it says it can be differentiated by, jointly.
    public static Optional<String> of(GraphSample sample) {
        Optional<GraphSample> gradient = gradient(sample, 1);
        if (gradient.isEmpty()) {
            return Optional.empty();
        }
        Executable function = compiled(projection(sample, 1));
        List<double[]> slopes = gradient.get().run(Backends.named("reference")).stream().map(SampleData::toDoubles)
                .toList();
        List<double[]> at = sample.differentiable().stream()
                .map(i -> SampleData.toDoubles(sample.arguments().get(i)))
                .toList();
        return along(at, slopes, point -> run(function, sample, point)).map(wrong -> sample.name() + ": " + wrong);
    }

    /// Checks the gradient of a function of tensors, such as a layer or a loss followed by a sum.
    ///
    /// @param function from a [tree][Tree] of f64 tensors to a scalar; it must give the same for the same argument
    /// @param at where its gradient is checked; away from kinks
    public static <P> Optional<String> of(Function<P, Tensor> function, P at) {
        return Backends.using(Backends.named("reference"), () -> {
            Tree tree = Tree.of(at);
            for (Tensor leaf : tree.leaves()) {
                if (leaf.dtype() != DType.F64) {
                    throw new IllegalArgumentException("A gradient check needs f64 tensors, but got " + leaf.type());
                }
            }
            List<double[]> slopes = Tree.of(Transform.grad(function).apply(at)).leaves().stream()
                    .map(Tensor::toDoubles)
                    .toList();
            List<double[]> point = tree.leaves().stream().map(Tensor::toDoubles).toList();
            return along(point, slopes, moved -> {
                List<Tensor> leaves = new ArrayList<>();
                for (int i = 0; i < moved.size(); i++) {
                    leaves.add(Tensor.of(moved.get(i), tree.leaves().get(i).shape()));
                }
                P argument = tree.with(leaves);
                return function.apply(argument).toDoubles()[0];
            });
        });
    }

    /// The gradient of a sample, as a sample: the results are the gradients of a random projection of the floating-point results. Its own check
    /// is one of the second derivative.
    ///
    /// @return nothing if there is no floating-point result
    public static Optional<GraphSample> gradient(GraphSample sample, long seed) {
        List<Value> outputs = floating(sample.graph().results());
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        List<Value> cotangents = projectors(outputs, new Random(seed));
        List<Value> wrt = sample.differentiable().stream().map(sample.graph().parameters()::get).toList();
        Graph graph = Graph.of(sample.graph().parameters(), Gradients.of(outputs, cotangents, wrt));
        return Optional.of(new GraphSample(
                "gradient of " + sample.name(), graph, sample.arguments(), sample.differentiable(), sample.accuracy()));
    }

    /// The sum of all floating-point results, each times a random number.
    private static Graph projection(GraphSample sample, long seed) {
        List<Value> outputs = floating(sample.graph().results());
        List<Value> projectors = projectors(outputs, new Random(seed));
        Value sum = Ops.fill(outputs.getFirst().type().withShape(Shape.SCALAR), 0);
        for (int i = 0; i < outputs.size(); i++) {
            // The largest of no elements is infinite, and stays so: it has no share in any difference.
            Value output = outputs.get(i);
            Value finite = Ops.unary(UnaryKind.IS_FINITE, output);
            Value product = Ops.multiply(Ops.select(finite, output, Ops.zeros(output.type())), projectors.get(i));
            sum = Ops.add(sum, Ops.sum(product, Ops.axes(product.shape().rank())));
        }
        return Graph.of(sample.graph().parameters(), List.of(sum));
    }

    private static List<Value> floating(List<Value> values) {
        return values.stream().filter(value -> value.dtype().isFloating()).toList();
    }

    private static List<Value> projectors(List<Value> outputs, Random random) {
        List<Value> projectors = new ArrayList<>();
        for (Value output : outputs) {
            double[] numbers = random.doubles(output.type().size(), -1, 1).toArray();
            projectors.add(Ops.constant(Literal.of(output.type(), numbers)));
        }
        return projectors;
    }

    private static Executable compiled(Graph graph) {
        return Backends.named("reference").compile(graph, CompileOptions.DEFAULT);
    }

    private static double run(Executable function, GraphSample sample, List<double[]> point) {
        Backend reference = Backends.named("reference");
        List<HostBuffer> arguments = new ArrayList<>(sample.arguments());
        for (int k = 0; k < point.size(); k++) {
            int i = sample.differentiable().get(k);
            arguments.set(i, SampleData.of(arguments.get(i).type(), point.get(k)));
        }
        return SampleData.toDoubles(HostBuffer.of(function.run(arguments.stream()
                .map(argument -> reference.upload(argument.type(), argument.segment()))
                .toList()).getFirst()))[0];
    }

    private static Optional<String> along(
            List<double[]> at, List<double[]> slopes, ToDoubleFunction<List<double[]>> function) {
        Random random = new Random(7);
        for (int i = 0; i < DIRECTIONS; i++) {
            List<double[]> direction = at.stream()
                    .map(numbers -> random.doubles(numbers.length, -1, 1).toArray())
                    .toList();
            double analytic = 0;
            double scale = 1e-3;
            for (int k = 0; k < at.size(); k++) {
                for (int j = 0; j < at.get(k).length; j++) {
                    double term = slopes.get(k)[j] * direction.get(k)[j];
                    analytic += term;
                    scale += Math.abs(term);
                }
            }
            double coarse = difference(at, direction, STEP, function);
            double fine = difference(at, direction, STEP / 2, function);
            double numeric = (4 * fine - coarse) / 3;
            if (!(Math.abs(analytic - numeric) <= TOLERANCE * scale)) {
                return Optional.of("along direction %s the gradient says %s, but differences say %s (scale %s)"
                        .formatted(i, analytic, numeric, scale));
            }
        }
        return Optional.empty();
    }

    private static double difference(
            List<double[]> at, List<double[]> direction, double step, ToDoubleFunction<List<double[]>> function) {
        double up = function.applyAsDouble(moved(at, direction, step));
        double down = function.applyAsDouble(moved(at, direction, -step));
        return (up - down) / (2 * step);
    }

    private static List<double[]> moved(List<double[]> at, List<double[]> direction, double step) {
        List<double[]> moved = new ArrayList<>();
        for (int k = 0; k < at.size(); k++) {
            double[] numbers = at.get(k).clone();
            for (int j = 0; j < numbers.length; j++) {
                numbers[j] += step * direction.get(k)[j];
            }
            moved.add(numbers);
        }
        return moved;
    }
}
