package dev.cajal.cpu.plan;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The gradient of a convolution by its kernel: `[batch, spatial..., channels]` and the cotangent `[batch, spatial..., features]` give
/// `[spatial..., channels / groups, features]`.
///
/// In a graph it is a convolution itself, of operands whose batch and channels have changed places. That would move all images through memory twice; so
/// the planner knows it by this form.
///
/// @param window of the convolution whose gradient it is
/// @param groups of features of that convolution
public record KernelGradient(Window window, int groups) {
    private static final String KIND = "convolution_kernel_gradient";

    /// What a convolution is the gradient of; empty if it does not look like one.
    static Optional<Value> of(Op.Convolution op, Value images, Value kernel) {
        int spatial = op.window().rank();
        List<Integer> batchInside = batchInside(spatial);
        if (op.featureGroups() != 1 || !isTransposed(images, exchanged(spatial))
                || !isTransposed(kernel, batchInside)) {
            return Optional.empty();
        }
        Value input = images.node().inputs().getFirst();
        Value cotangent = kernel.node().inputs().getFirst();
        Value x = Ops.parameter(input.type(), "input");
        Value g = Ops.parameter(cotangent.type(), "cotangent");
        Value gradient = Ops.transpose(
                Ops.convolution(op, Ops.transpose(x, exchanged(spatial)), Ops.transpose(g, batchInside)), batchInside);
        Op.Composite composite = new Op.Composite(KIND, 1, Graph.of(List.of(x, g), List.of(gradient)),
                Optional.empty());
        Value byKernel = Ops.composite(composite, List.of(input, cotangent)).getFirst();
        // [spatial..., channels, features] -> [channels, spatial..., features], as the convolution gives it.
        return Optional.of(Ops.transpose(byKernel, inverse(batchInside)));
    }

    /// What a composite is the gradient of; empty if it is something else.
    public static Optional<KernelGradient> of(Op.Composite composite) {
        if (!composite.kind().equals(KIND)) {
            return Optional.empty();
        }
        Node node = composite.decomposition().nodes().stream()
                .filter(inner -> inner.op() instanceof Op.Convolution)
                .findFirst()
                .orElseThrow();
        Op.Convolution op = (Op.Convolution) node.op();
        Window walk = op.window();
        Shape gradient = node.types().getFirst().shape();
        // Steps of the window and distances of its taps have changed places.
        Window window = new Window(gradient.dims().subList(1, gradient.rank() - 1), walk.windowDilation(),
                walk.paddingLow(),
                walk.paddingHigh(), walk.baseDilation(), walk.strides());
        return Optional.of(new KernelGradient(window, op.batchGroups()));
    }

    private static boolean isTransposed(Value value, List<Integer> order) {
        return value.node().op() instanceof Op.Transpose(List<Integer> permutation) && permutation.equals(order);
    }

    /// Batch and channels in each other's place.
    private static List<Integer> exchanged(int spatial) {
        List<Integer> order = new ArrayList<>(Ops.axes(spatial + 2));
        order.set(0, spatial + 1);
        order.set(spatial + 1, 0);
        return order;
    }

    /// The first dimension before the last one.
    private static List<Integer> batchInside(int spatial) {
        List<Integer> order = new ArrayList<>(Ops.axes(spatial + 2));
        order.addLast(order.remove(spatial + 1));
        order.add(spatial, order.removeFirst());
        return order;
    }

    private static List<Integer> inverse(List<Integer> order) {
        List<Integer> inverse = new ArrayList<>(order);
        for (int i = 0; i < order.size(); i++) {
            inverse.set(order.get(i), i);
        }
        return inverse;
    }
}
