package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.List;

/// Reshaping: to the own shape nothing; twice in a row, once; of a scalar or a broadcast scalar, one broadcast.
final class ReshapeOfReshape implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Reshape(Shape shape))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        if (x.shape().equals(shape)) {
            return List.of(x);
        }
        if (x.node().op() instanceof Op.Reshape) {
            return List.of(Ops.reshape(x.node().inputs().getFirst(), shape));
        }
        if (x.shape().rank() == 0) {
            return List.of(Ops.broadcastScalar(x, shape));
        }
        boolean scalar = x.node().op() instanceof Op.BroadcastInDim
                && x.node().inputs().getFirst().shape().rank() == 0;
        return scalar ? List.of(Ops.broadcastScalar(x.node().inputs().getFirst(), shape)) : KEEP;
    }
}
