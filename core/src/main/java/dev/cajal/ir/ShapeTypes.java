package dev.cajal.ir;

import dev.cajal.ir.TypeRules.Operands;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;

/// Type rules of operations that move elements without computing.
final class ShapeTypes {
    private ShapeTypes() {}

    static List<TensorType> iota(Op.Iota iota, Operands in) {
        in.requireCount(0);
        in.requireAxes("dimension", List.of(iota.dimension()), iota.type().shape().rank());
        in.require(iota.type().dtype() != DType.BOOL, "dtype", "counts in numbers, not in %s", iota.type());
        return List.of(iota.type());
    }

    static List<TensorType> reshape(Op.Reshape reshape, Operands in) {
        TensorType x = in.only();
        in.require(
                x.size() == reshape.shape().size(),
                "reshape",
                "cannot turn shape %s (%s elements) into shape %s (%s elements); the number of elements has to stay",
                x.shape(),
                x.size(),
                reshape.shape(),
                reshape.shape().size());
        return List.of(x.withShape(reshape.shape()));
    }

    static List<TensorType> transpose(Op.Transpose transpose, Operands in) {
        TensorType x = in.only();
        List<Integer> permutation = transpose.permutation();
        in.require(
                permutation.size() == x.shape().rank() && TypeRules.isPermutation(permutation),
                "transpose",
                "needs each axis of %s once, but got the permutation %s",
                x,
                permutation);
        return List.of(x.withShape(
                Shape.of(permutation.stream().map(x.shape()::dim).toList())));
    }

    static List<TensorType> broadcast(Op.BroadcastInDim broadcast, Operands in) {
        TensorType x = in.only();
        List<Integer> dimensions = broadcast.dimensions();
        Shape target = broadcast.shape();
        in.require(
                dimensions.size() == x.shape().rank(),
                "broadcast",
                "needs one target dimension for each dimension of %s, but got %s",
                x,
                dimensions);
        in.requireAxes("dimensions", dimensions, target.rank());
        for (int i = 0; i < dimensions.size(); i++) {
            in.require(
                    i == 0 || dimensions.get(i - 1) < dimensions.get(i),
                    "broadcast",
                    "needs increasing dimensions, but got %s",
                    dimensions);
            int length = x.shape().dim(i);
            in.require(
                    length == 1 || length == target.dim(dimensions.get(i)),
                    "broadcast",
                    "cannot stretch dimension %s of %s from %s to %s; only a dimension of length 1 can be repeated",
                    i,
                    x.shape(),
                    length,
                    target.dim(dimensions.get(i)));
        }
        return List.of(x.withShape(target));
    }

    static List<TensorType> slice(Op.Slice slice, Operands in) {
        TensorType x = in.only();
        int rank = x.shape().rank();
        in.require(
                slice.starts().size() == rank && slice.limits().size() == rank && slice.strides().size() == rank,
                "slice",
                "needs a start, a limit and a stride for each dimension of %s, but got %s",
                x,
                slice);
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int start = slice.starts().get(i);
            int limit = slice.limits().get(i);
            int stride = slice.strides().get(i);
            in.require(
                    0 <= start && start <= limit && limit <= x.shape().dim(i) && stride >= 1,
                    "slice",
                    "cannot take elements %s to %s in steps of %s from dimension %s of %s",
                    start,
                    limit,
                    stride,
                    i,
                    x);
            dims[i] = (limit - start + stride - 1) / stride;
        }
        return List.of(x.withShape(Shape.of(dims)));
    }

    static List<TensorType> pad(Op.Pad pad, Operands in) {
        in.requireCount(2);
        TensorType x = in.get(0);
        int rank = x.shape().rank();
        in.require(
                in.get(1).equals(x.withShape(Shape.SCALAR)),
                "pad",
                "of %s needs a %s scalar to fill with, but got %s",
                x,
                x.dtype(),
                in.get(1));
        in.require(
                pad.low().size() == rank && pad.high().size() == rank && pad.interior().size() == rank,
                "pad",
                "needs low, high and interior padding for each dimension of %s, but got %s",
                x,
                pad);
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int length = x.shape().dim(i);
            int interior = pad.interior().get(i);
            in.require(interior >= 0, "pad", "cannot put %s elements between others", interior);
            long padded = (long) pad.low().get(i) + pad.high().get(i) + length + Math.max(0, length - 1L) * interior;
            in.require(padded >= 0, "pad", "cuts off more of dimension %s of %s than it has", i, x);
            dims[i] = in.requireLength(padded);
        }
        return List.of(x.withShape(Shape.of(dims)));
    }

    static List<TensorType> concatenate(Op.Concatenate concatenate, Operands in) {
        in.require(in.count() > 0, "concatenate", "needs at least one operand");
        TensorType first = in.get(0);
        int dimension = concatenate.dimension();
        in.requireAxes("dimension", List.of(dimension), first.shape().rank());
        long length = 0;
        for (TensorType type : in.types()) {
            in.require(
                    type.dtype() == first.dtype()
                            && type.shape().rank() == first.shape().rank()
                            && type.shape().withDim(dimension, 0).equals(first.shape().withDim(dimension, 0)),
                    "concatenate",
                    "along axis %s needs operands that are alike in all other axes and in element type, but got %s",
                    dimension,
                    in.types());
            length += type.shape().dim(dimension);
        }
        return List.of(first.withShape(first.shape().withDim(dimension, in.requireLength(length))));
    }

    static List<TensorType> reverse(Op.Reverse reverse, Operands in) {
        TensorType x = in.only();
        in.requireAxes("dimensions", reverse.dimensions(), x.shape().rank());
        return List.of(x);
    }
}
