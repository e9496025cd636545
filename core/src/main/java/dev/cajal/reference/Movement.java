package dev.cajal.reference;

import dev.cajal.ir.Op;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;

/// Operations that move elements without computing.
final class Movement {
    private Movement() {}

    static Elements transpose(Op.Transpose op, Elements x, TensorType type) {
        long[] from = x.type().shape().strides();
        long[] strides = op.permutation().stream().mapToLong(axis -> from[axis]).toArray();
        return x.pick(type, Positions.of(type.shape(), strides, 0));
    }

    static Elements broadcast(Op.BroadcastInDim op, Elements x, TensorType type) {
        long[] from = x.type().shape().strides();
        long[] strides = new long[type.shape().rank()];
        for (int i = 0; i < from.length; i++) {
            strides[op.dimensions().get(i)] = x.type().shape().dim(i) == 1 ? 0 : from[i];
        }
        return x.pick(type, Positions.of(type.shape(), strides, 0));
    }

    static Elements slice(Op.Slice op, Elements x, TensorType type) {
        long[] from = x.type().shape().strides();
        long[] strides = new long[from.length];
        long start = 0;
        for (int i = 0; i < from.length; i++) {
            start += from[i] * op.starts().get(i);
            strides[i] = from[i] * op.strides().get(i);
        }
        return x.pick(type, Positions.of(type.shape(), strides, start));
    }

    static Elements reverse(Op.Reverse op, Elements x) {
        Shape shape = x.type().shape();
        long[] strides = shape.strides();
        long start = 0;
        for (int axis : op.dimensions()) {
            start += strides[axis] * (shape.dim(axis) - 1);
            strides[axis] = -strides[axis];
        }
        return x.pick(x.type(), Positions.of(shape, strides, start));
    }

    static Elements pad(Op.Pad op, Elements x, Elements filler, TensorType type) {
        Elements result = filler.pick(type, new int[Math.toIntExact(type.size())]);
        Shape shape = x.type().shape();
        Shape target = type.shape();
        long[] strides = shape.strides();
        long[] targetStrides = target.strides();
        for (int i = 0; i < x.size(); i++) {
            long position = 0;
            boolean inside = true;
            for (int axis = 0; axis < shape.rank(); axis++) {
                long index = i / strides[axis] % shape.dim(axis);
                long moved = op.low().get(axis) + index * (op.interior().get(axis) + 1L);
                inside &= moved >= 0 && moved < target.dim(axis);
                position += moved * targetStrides[axis];
            }
            if (inside) {
                result.put((int) position, x, i);
            }
        }
        return result;
    }

    static Elements concatenate(Op.Concatenate op, List<Elements> operands, TensorType type) {
        Elements result = Elements.zeros(type);
        long[] strides = type.shape().strides();
        long start = 0;
        for (Elements x : operands) {
            store(x, result, Positions.of(x.type().shape(), strides, start));
            start += strides[op.dimension()] * x.type().shape().dim(op.dimension());
        }
        return result;
    }

    /// Writes element `i` of `x` to `positions[i]` of the target.
    static void store(Elements x, Elements target, int[] positions) {
        for (int i = 0; i < positions.length; i++) {
            target.put(positions[i], x, i);
        }
    }
}
