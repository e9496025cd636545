package dev.cajal.cpu.plan;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Convolutions of images with holes between their elements: what goes back through a stride. With a stride of 2 along two dimensions three of four products would be with zeros.
///
/// The places of the window are gone through by their remainder by the distance of the elements: those of one remainder see elements through the same taps, which are as far apart as the elements, so that they are
/// a convolution without holes. The results are put together in turn.
final class WithoutHoles {
    private static final int MOST = 16;

    private final Op.Convolution op;
    private final Value images;
    private final Value kernel;
    private final Shape result;

    private WithoutHoles(Op.Convolution op, Value images, Value kernel, Shape result) {
        this.op = op;
        this.images = images;
        this.kernel = kernel;
        this.result = result;
    }

    /// Whether a convolution has holes, and can do without.
    static boolean isFor(Op.Convolution op) {
        Window window = op.window();
        int remainders = window.baseDilation().stream().reduce(1, (a, b) -> a * b);
        return remainders > 1 && remainders <= MOST && op.batchGroups() == 1
                && window.strides().stream().allMatch(stride -> stride == 1)
                && window.windowDilation().stream().allMatch(distance -> distance == 1);
    }

    /// The same without holes.
    static Value convolution(Op.Convolution op, Value images, Value kernel) {
        Shape result = Ops.convolution(op, images, kernel).shape();
        return result.size() == 0 || images.shape().size() == 0 || kernel.shape().size() == 0
                ? Ops.convolution(op, images, kernel)
                : new WithoutHoles(op, images, kernel, result).all(0, new ArrayList<>());
    }

    private int holes(int dimension) {
        return op.window().baseDilation().get(dimension);
    }

    /// The results of all remainders of the dimensions from one on, put together along them.
    ///
    /// @param remainders of the dimensions before
    private Value all(int dimension, List<Integer> remainders) {
        if (dimension == op.window().rank()) {
            return one(remainders);
        }
        int axis = dimension + 1;
        List<Value> parts = new ArrayList<>();
        for (int remainder = 0; remainder < holes(dimension); remainder++) {
            List<Integer> chosen = new ArrayList<>(remainders);
            chosen.add(remainder);
            Value part = all(dimension + 1, chosen);
            parts.add(Ops.reshape(part, part.shape().insert(axis + 1, 1)));
        }
        Value inTurn = Ops.concatenate(parts, axis + 1);
        Shape shape = inTurn.shape().without(List.of(axis + 1))
                .withDim(axis, inTurn.shape().dim(axis) * inTurn.shape().dim(axis + 1));
        List<Integer> limits = new ArrayList<>(shape.dims());
        limits.set(axis, result.dim(axis));
        return Ops.slice(Ops.reshape(inTurn, shape), Collections.nCopies(shape.rank(), 0), limits,
                Collections.nCopies(shape.rank(), 1));
    }

    /// The result at the places of one remainder, and some behind the last one where others have more.
    private Value one(List<Integer> remainders) {
        Window window = op.window();
        List<Integer> size = new ArrayList<>();
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        List<Integer> starts = new ArrayList<>(Collections.nCopies(kernel.shape().rank(), 0));
        List<Integer> steps = new ArrayList<>(Collections.nCopies(kernel.shape().rank(), 1));
        Shape places = result;
        for (int i = 0; i < remainders.size(); i++) {
            int padding = window.paddingLow().get(i);
            int first = Math.floorMod(padding - remainders.get(i), holes(i));
            int taps = Math.max(0, Math.ceilDiv(window.size().get(i) - first, holes(i)));
            int count = Math.ceilDiv(result.dim(i + 1), holes(i));
            size.add(taps);
            low.add((padding - remainders.get(i) - first) / holes(i));
            high.add(count + taps - 1 - images.shape().dim(i + 1) - low.get(i));
            starts.set(i, first);
            steps.set(i, holes(i));
            places = places.withDim(i + 1, count);
        }
        if (size.contains(0)) {
            return Ops.zeros(images.type().withShape(places).withDType(op.result()));
        }
        Value taps = Ops.slice(kernel, starts, kernel.shape().dims(), steps);
        Window dense = Window.of(size).withPadding(low, high);
        return Canonical.convolution(new Op.Convolution(dense, op.featureGroups(), 1, op.result()), images, taps);
    }
}
