package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.List;

/// Where gradients are stopped matters to derivatives only, which have been taken.
final class DropStopGradient implements Rule {
    @Override
    public List<Value> apply(Node node) {
        return node.op() instanceof Op.StopGradient ? node.inputs() : KEEP;
    }
}
