package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Element-wise functions of values that are broadcast alike are computed before the elements are repeated: `broadcast(a) * broadcast(b)` is
/// `broadcast(a * b)`. Fills count as broadcast in any way.
final class BroadcastLast implements Rule {
    @Override
    public List<Value> apply(Node node) {
        boolean elementwise = switch (node.op()) {
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _, Op.BitcastConvert _ -> true;
            case Op _ -> false;
        };
        if (!elementwise) {
            return KEEP;
        }
        Optional<Value> pattern = node.inputs().stream()
                .filter(input -> input.node().op() instanceof Op.BroadcastInDim && Constants.fillBits(input).isEmpty())
                .findFirst();
        if (pattern.isEmpty() || !node.inputs().stream().allMatch(input -> alike(pattern.get(), input))) {
            return KEEP;
        }
        Op.BroadcastInDim broadcast = (Op.BroadcastInDim) pattern.get().node().op();
        Shape small = pattern.get().node().inputs().getFirst().shape();
        List<Value> operands = node.inputs().stream().map(input -> shrunk(input, small)).toList();
        Value result = Node.of(node.op(), operands).value();
        return List.of(Ops.broadcast(result, broadcast.shape(), broadcast.dimensions()));
    }

    private static boolean alike(Value pattern, Value input) {
        return Constants.fillBits(input).isPresent()
                || (input.node().op().equals(pattern.node().op())
                        && input.node().inputs().getFirst().shape().equals(
                                pattern.node().inputs().getFirst().shape()));
    }

    private static Value shrunk(Value input, Shape small) {
        OptionalLong bits = Constants.fillBits(input);
        return bits.isPresent()
                ? Constants.fill(input.type().withShape(small), bits.getAsLong())
                : input.node().inputs().getFirst();
    }
}
