package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.GradientCheck;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/// Gradients of networks, by their parameters and their inputs, against differences in double precision.
public final class GradientChecks {
    private GradientChecks() {}

    /// What is varied.
    ///
    /// @param input the floating-point tensors of the input
    public record Point(SequencedMap<String, Tensor> parameters, List<Tensor> input) {}

    /// Checks a network at random parameters.
    ///
    /// @param input its floating-point tensors are f64, away from kinks of the network's function
    public static <I, O> void check(Network<I, O> network, I input, Mode mode, long seed) {
        Random random = new Random(seed);
        Variables made = network.init(RandomKey.of(seed), input);
        Variables variables = new Variables(
                Tree.map(made.parameters(), tensor -> noise(tensor.shape(), random)),
                Tree.map(made.statistics(), tensor -> noise(tensor.shape(), random).square().plus(0.5)));
        List<Tensor> cotangents = Tree.of(network.apply(variables, input, mode).output()).leaves().stream()
                .map(leaf -> noise(leaf.shape(), random))
                .toList();
        Tree tree = Tree.of(input);
        List<Tensor> floating = tree.leaves().stream().filter(leaf -> leaf.dtype().isFloating()).toList();
        assertThat(GradientCheck.of(
                point -> {
                    I moved = tree.with(filled(tree.leaves(), point.input()));
                    O output = network.apply(variables.withParameters(point.parameters()), moved, mode).output();
                    return projection(Tree.of(output).leaves(), cotangents);
                },
                new Point(variables.parameters(), floating))).isEmpty();
    }

    private static List<Tensor> filled(List<Tensor> all, List<Tensor> floating) {
        Iterator<Tensor> next = floating.iterator();
        List<Tensor> filled = new ArrayList<>();
        all.forEach(leaf -> filled.add(leaf.dtype().isFloating() ? next.next() : leaf));
        return filled;
    }

    private static Tensor projection(List<Tensor> outputs, List<Tensor> cotangents) {
        Tensor sum = Tensor.zeros(DType.F64, Shape.SCALAR);
        for (int i = 0; i < outputs.size(); i++) {
            sum = sum.plus(outputs.get(i).times(cotangents.get(i)).sum());
        }
        return sum;
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
