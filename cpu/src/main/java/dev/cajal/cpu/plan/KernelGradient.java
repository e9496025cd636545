package dev.cajal.cpu.plan;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The gradient of a convolution by its kernel: `[batch, spatial..., channels]` and the cotangent `[batch, spatial..., features]` give
/// `[spatial..., channels / groups, features]`.
///
/// In a graph it is a convolution itself, of operands whose batch and channels have changed places. That would move all images through memory twice; so
/// the planner knows it by this form. A small kernel has few elements to share among threads, each a sum over all places of all images: then slices of the
/// batch, as many as its size says, are summed up by themselves, `[slices, spatial..., channels, features]`, and added up at last.
///
/// @param window of the convolution whose gradient it is
/// @param groups of features of that convolution
/// @param slices of the batch
public record KernelGradient(Window window, int groups, int slices) {
    private static final String KIND = "convolution_kernel_gradient";
    /// The most slices.
    private static final int MOST_SLICES = 16;
    /// Elements of all slices together that cost little beside what is computed.
    private static final long SMALL = 1 << 17;

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
        int slices = slices(op, input.shape(), Ops.convolution(op, images, kernel).type().size());
        Value x = Ops.parameter(input.type(), "input");
        Value g = Ops.parameter(cotangent.type(), "cotangent");
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            parts.add(Ops.convolution(op, Ops.transpose(slice(x, i, slices), exchanged(spatial)),
                    Ops.transpose(slice(g, i, slices), batchInside)));
        }
        Shape kernelShape = Ops.transpose(parts.getFirst(), batchInside).shape();
        Value all = Ops.concatenate(
                parts.stream().map(part -> Ops.reshape(Ops.transpose(part, batchInside), kernelShape.insert(0, 1)))
                        .toList(),
                0);
        Op.Composite composite = new Op.Composite(KIND, slices, Graph.of(List.of(x, g), List.of(all)),
                Optional.empty());
        Value bySlices = Ops.composite(composite, List.of(input, cotangent)).getFirst();
        Value byKernel = slices == 1 ? Ops.reshape(bySlices, kernelShape) : Ops.sum(bySlices, List.of(0));
        // [spatial..., channels, features] -> [channels, spatial..., features], as the convolution gives it.
        return Optional.of(Ops.transpose(byKernel, inverse(batchInside)));
    }

    /// By the shapes alone, so that sums have the same bits everywhere.
    private static int slices(Op.Convolution op, Shape input, long size) {
        int slices = op.batchGroups() > 1 ? 1 : MOST_SLICES;
        while (slices > 1 && (input.dim(0) % slices != 0 || slices * size > SMALL)) {
            slices /= 2;
        }
        return slices;
    }

    private static Value slice(Value images, int number, int slices) {
        Shape shape = images.shape();
        int length = shape.dim(0) / slices;
        List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        List<Integer> limits = new ArrayList<>(shape.dims());
        starts.set(0, number * length);
        limits.set(0, (number + 1) * length);
        return slices == 1 ? images : Ops.slice(images, starts, limits, Collections.nCopies(shape.rank(), 1));
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
        return Optional.of(new KernelGradient(window, op.batchGroups(), composite.version()));
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
