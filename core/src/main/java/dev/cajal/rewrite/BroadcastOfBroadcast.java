package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Broadcasting: to the own shape nothing; twice in a row, once; where no element of a
/// tensor is repeated, a reshape; of a reshape that only adds or drops
/// dimensions of length 1, a broadcast of what was reshaped.
final class BroadcastOfBroadcast implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.BroadcastInDim(Shape shape, List<Integer> dimensions))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        if (x.node().op() instanceof Op.BroadcastInDim(_, List<Integer> inner)) {
            List<Integer> both = inner.stream().map(dimensions::get).toList();
            return List.of(Ops.broadcast(x.node().inputs().getFirst(), shape, both));
        }
        if (x.type().size() == shape.size() && x.shape().rank() > 0) {
            return List.of(Ops.reshape(x, shape));
        }
        return x.node().op() instanceof Op.Reshape
                ? throughReshape(x.node().inputs().getFirst(), x, shape, dimensions)
                : KEEP;
    }

    private static List<Value> throughReshape(Value source, Value x, Shape shape, List<Integer> dimensions) {
        List<Integer> kept = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            if (x.shape().dim(axis) != 1) {
                kept.add(axis);
            }
        }
        List<Integer> lengths = kept.stream().map(x.shape()::dim).toList();
        // Where lengths agree only once those of 1 are left out of the source too, it needs a reshape that drops them: no gain.
        return source.shape().dims().equals(lengths)
                ? List.of(Ops.broadcast(source, shape, kept.stream().map(dimensions::get).toList()))
                : KEEP;
    }
}
