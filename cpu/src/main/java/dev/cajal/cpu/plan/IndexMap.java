package dev.cajal.cpu.plan;

import dev.cajal.ir.Op;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Where in a tensor the element lies that a loop nest needs at each of its points: along each dimension of the tensor at
/// `offset + scale * index of one loop`.
///
/// Operations that only move elements (broadcast, transpose, slice, reverse) are such maps, so a fused loop reads through them without a copy.
///
/// @param dims one entry for each dimension of the tensor
public record IndexMap(List<Dim> dims) {
    /// One dimension.
    ///
    /// @param loop the loop that walks along it; -1 for none
    /// @param scale elements per step of the loop
    /// @param offset the element at loop index 0
    public record Dim(int loop, int scale, int offset) {
        static final Dim FIRST = new Dim(-1, 0, 0);
    }

    public IndexMap {
        dims = List.copyOf(dims);
    }

    /// Loop `i` walks along dimension `i`.
    public static IndexMap identity(int rank) {
        List<Dim> dims = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            dims.add(new Dim(i, 1, 0));
        }
        return new IndexMap(dims);
    }

    boolean isIdentity() {
        return equals(identity(dims.size()));
    }

    /// The map of the operand of a broadcast, given the map of its result.
    public IndexMap broadcast(Op.BroadcastInDim op, Shape operand) {
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < operand.rank(); i++) {
            boolean repeated = operand.dim(i) == 1;
            result.add(repeated ? Dim.FIRST : dims.get(op.dimensions().get(i)));
        }
        return new IndexMap(result);
    }

    /// The map of the operand of a transposition.
    public IndexMap transpose(Op.Transpose op) {
        Dim[] result = new Dim[dims.size()];
        for (int i = 0; i < result.length; i++) {
            result[op.permutation().get(i)] = dims.get(i);
        }
        return new IndexMap(List.of(result));
    }

    /// The map of the operand of a slice.
    public IndexMap slice(Op.Slice op) {
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            Dim dim = dims.get(i);
            int stride = op.strides().get(i);
            result.add(new Dim(dim.loop(), dim.scale() * stride, dim.offset() * stride + op.starts().get(i)));
        }
        return new IndexMap(result);
    }

    /// The map of the operand of a reversal.
    public IndexMap reverse(Op.Reverse op, Shape operand) {
        List<Dim> result = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            Dim dim = dims.get(i);
            result.add(
                    op.dimensions().contains(i)
                            ? new Dim(dim.loop(), -dim.scale(), operand.dim(i) - 1 - dim.offset())
                            : dim);
        }
        return new IndexMap(result);
    }

    /// The map of the operand of a reshape that only adds or removes dimensions of length 1.
    public IndexMap degenerateReshape(Shape operand, Shape result) {
        List<Dim> mapped = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < operand.rank(); i++) {
            if (operand.dim(i) == 1) {
                mapped.add(Dim.FIRST);
            } else {
                while (result.dim(next) == 1) {
                    next++;
                }
                mapped.add(dims.get(next++));
            }
        }
        return new IndexMap(mapped);
    }

    /// Whether a reshape only adds or removes dimensions of length 1.
    static boolean isDegenerate(Shape from, Shape to) {
        return from.dims().stream().filter(d -> d != 1).toList()
                .equals(to.dims().stream().filter(d -> d != 1).toList());
    }

    /// The element at loop indices 0 of a dense tensor.
    public long offset(Shape shape) {
        long[] strides = shape.strides();
        long offset = 0;
        for (int i = 0; i < dims.size(); i++) {
            offset += strides[i] * dims.get(i).offset();
        }
        return offset;
    }

    /// How many elements apart two points of each loop read in a dense tensor.
    public long[] strides(Shape shape, int loops) {
        long[] strides = shape.strides();
        long[] result = new long[loops];
        for (int i = 0; i < dims.size(); i++) {
            Dim dim = dims.get(i);
            if (dim.loop() >= 0) {
                result[dim.loop()] += strides[i] * dim.scale();
            }
        }
        return result;
    }
}
