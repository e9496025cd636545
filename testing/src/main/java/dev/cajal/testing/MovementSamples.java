package dev.cajal.testing;

import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Samples of operations that move elements without computing.
final class MovementSamples {
    private static final List<Shape> SHAPES = List.of(
            Shape.of(), Shape.of(1), Shape.of(0), Shape.of(7), Shape.of(3, 0), Shape.of(1, 5), Shape.of(4, 1),
            Shape.of(5, 6), Shape.of(17, 33), Shape.of(2, 3, 4), Shape.of(1, 3, 1, 2), Shape.of(2, 1, 3, 5));

    private MovementSamples() {}

    static void addTo(Samples samples) {
        for (DType dtype : DType.values()) {
            for (Shape shape : SHAPES) {
                TensorType type = new TensorType(dtype, shape);
                reshape(samples, type);
                transpose(samples, type);
                broadcast(samples, type);
                slice(samples, type);
                pad(samples, type);
                concatenate(samples, type);
                reverse(samples, type);
            }
        }
    }

    private static void add(Samples samples, String label, Op op, HostBuffer... arguments) {
        samples.addSmooth(label, op, Accuracy.EXACT, arguments);
    }

    private static HostBuffer usual(Samples samples, TensorType type) {
        return samples.data().usual(type);
    }

    private static void reshape(Samples samples, TensorType type) {
        int size = Math.toIntExact(type.size());
        add(samples, "flat", new Op.Reshape(Shape.of(size)), usual(samples, type));
        add(samples, "column", new Op.Reshape(Shape.of(1, size, 1)), usual(samples, type));
        if (size % 2 == 0) {
            add(samples, "pairs", new Op.Reshape(Shape.of(size / 2, 2)), usual(samples, type));
        }
    }

    private static void transpose(Samples samples, TensorType type) {
        List<Integer> axes = Ops.axes(type.shape().rank());
        List<Integer> shuffled = new ArrayList<>(axes);
        Collections.shuffle(shuffled, samples.data().random());
        add(samples, "reversed", new Op.Transpose(axes.reversed()), usual(samples, type));
        add(samples, "shuffled", new Op.Transpose(shuffled), usual(samples, type));
    }

    private static void broadcast(Samples samples, TensorType type) {
        Shape shape = type.shape();
        int rank = shape.rank();
        add(samples, "in front", new Op.BroadcastInDim(shape.insert(0, 3), Ops.axes(rank + 1).subList(1, rank + 1)),
                usual(samples, type));
        add(samples, "behind", new Op.BroadcastInDim(shape.insert(rank, 4), Ops.axes(rank)), usual(samples, type));
        add(samples, "to nothing", new Op.BroadcastInDim(shape.insert(0, 0), Ops.axes(rank + 1).subList(1, rank + 1)),
                usual(samples, type));
        int[] stretched = shape.toArray();
        for (int i = 0; i < rank; i++) {
            stretched[i] = stretched[i] == 1 ? 6 : stretched[i];
        }
        add(samples, "stretched", new Op.BroadcastInDim(Shape.of(stretched), Ops.axes(rank)), usual(samples, type));
    }

    private static void slice(Samples samples, TensorType type) {
        Random random = samples.data().random();
        for (String label : List.of("random", "random", "empty")) {
            List<Integer> starts = new ArrayList<>();
            List<Integer> limits = new ArrayList<>();
            List<Integer> strides = new ArrayList<>();
            for (int length : type.shape().dims()) {
                int start = random.nextInt(length + 1);
                starts.add(start);
                limits.add(label.equals("empty") ? start : random.nextInt(start, length + 1));
                strides.add(random.nextInt(1, 4));
            }
            add(samples, label, new Op.Slice(starts, limits, strides), usual(samples, type));
        }
    }

    private static void pad(Samples samples, TensorType type) {
        Random random = samples.data().random();
        int rank = type.shape().rank();
        TensorType scalar = type.withShape(Shape.SCALAR);
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        List<Integer> interior = new ArrayList<>();
        List<Integer> cut = new ArrayList<>();
        for (int length : type.shape().dims()) {
            low.add(random.nextInt(3));
            high.add(random.nextInt(3));
            interior.add(random.nextInt(3));
            cut.add(-random.nextInt(length / 2 + 1));
        }
        List<Integer> none = Collections.nCopies(rank, 0);
        add(samples, "outside", new Op.Pad(low, high, none), usual(samples, type), usual(samples, scalar));
        add(samples, "inside too", new Op.Pad(low, high, interior), usual(samples, type), usual(samples, scalar));
        add(samples, "cut low", new Op.Pad(cut, high, interior), usual(samples, type), usual(samples, scalar));
        add(samples, "cut both", new Op.Pad(cut, cut, none), usual(samples, type), usual(samples, scalar));
    }

    private static void concatenate(Samples samples, TensorType type) {
        Shape shape = type.shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            TensorType longer = type.withShape(shape.withDim(axis, shape.dim(axis) + 2));
            TensorType empty = type.withShape(shape.withDim(axis, 0));
            add(samples, "three", new Op.Concatenate(axis), usual(samples, type), usual(samples, empty),
                    usual(samples, longer));
            add(samples, "one", new Op.Concatenate(axis), usual(samples, type));
        }
    }

    private static void reverse(Samples samples, TensorType type) {
        List<Integer> axes = Ops.axes(type.shape().rank());
        add(samples, "all", new Op.Reverse(axes.reversed()), usual(samples, type));
        add(samples, "some", new Op.Reverse(axes.stream().filter(axis -> axis % 2 == 0).toList()),
                usual(samples, type));
    }
}
