package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Function;

/// Gradients against central differences in double precision, along random directions.
public final class GradientChecks {
    private static final double STEP = 1e-5;
    private static final int DIRECTIONS = 3;

    private GradientChecks() {}

    /// What a network's output depends on.
    ///
    /// @param parameters by path
    /// @param input floating-point tensors are varied, others stay
    public record Arguments<I>(SequencedMap<String, Tensor> parameters, I input) {}

    /// Checks a network's gradients by its parameters and by its input.
    ///
    /// @param input floating-point numbers in f64, away from seams of the network's function
    public static <I, O> void check(Network<I, O> network, I input, Mode mode, long seed) {
        Random random = new Random(seed);
        Variables made = network.init(RandomKey.of(seed), input);
        Variables variables = new Variables(
                Tree.map(made.parameters(), tensor -> noise(tensor.shape(), random)),
                Tree.map(made.statistics(), tensor -> noise(tensor.shape(), random).square().plus(0.5)));
        O like = network.apply(variables, input, mode).output();
        List<Tensor> cotangents = Tree.of(like).leaves().stream()
                .map(leaf -> noise(leaf.shape(), random))
                .toList();
        check(
                arguments -> {
                    Variables varied = variables.withParameters(arguments.parameters());
                    List<Tensor> outputs = Tree.of(network.apply(varied, arguments.input(), mode).output()).leaves();
                    Tensor sum = Tensor.zeros(DType.F64, Shape.SCALAR);
                    for (int i = 0; i < outputs.size(); i++) {
                        sum = sum.plus(outputs.get(i).times(cotangents.get(i)).sum());
                    }
                    return sum;
                },
                new Arguments<>(variables.parameters(), input),
                random);
    }

    private static <P> void check(Function<P, Tensor> function, P at, Random random) {
        Tree tree = Tree.of(at);
        List<Tensor> varied = tree.leaves().stream().filter(leaf -> leaf.dtype().isFloating()).toList();
        Function<List<Tensor>, Tensor> ofVaried = leaves -> function.apply(tree.with(merge(tree.leaves(), leaves)));
        List<Tensor> gradient = Transform.grad(ofVaried).apply(varied);
        for (int i = 0; i < DIRECTIONS; i++) {
            List<Tensor> direction = varied.stream().map(leaf -> noise(leaf.shape(), random)).toList();
            double above = ofVaried.apply(moved(varied, direction, STEP)).item();
            double below = ofVaried.apply(moved(varied, direction, -STEP)).item();
            double expected = (above - below) / (2 * STEP);
            double actual = 0;
            for (int j = 0; j < varied.size(); j++) {
                assertThat(gradient.get(j).type()).isEqualTo(varied.get(j).type());
                actual += gradient.get(j).times(direction.get(j)).sum().item();
            }
            assertThat(actual).isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
        }
    }

    private static List<Tensor> merge(List<Tensor> all, List<Tensor> varied) {
        List<Tensor> merged = new ArrayList<>();
        int next = 0;
        for (Tensor leaf : all) {
            merged.add(leaf.dtype().isFloating() ? varied.get(next++) : leaf);
        }
        return merged;
    }

    private static List<Tensor> moved(List<Tensor> at, List<Tensor> direction, double step) {
        List<Tensor> moved = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            moved.add(at.get(i).plus(direction.get(i).times(step)));
        }
        return moved;
    }

    /// Normal random numbers, f64.
    public static Tensor noise(Shape shape, Random random) {
        double[] elements = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextGaussian();
        }
        return Tensor.of(elements, shape);
    }
}
