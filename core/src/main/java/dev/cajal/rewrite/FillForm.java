package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.OptionalLong;

/// Elements that are all alike: a constant of many equal elements, and every move of such a fill, is a scalar, broadcast. So is whatever has no
/// elements at all.
final class FillForm implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (node.types().size() != 1) {
            return KEEP;
        }
        TensorType type = node.value().type();
        boolean canonical = node.op() instanceof Op.BroadcastInDim
                && node.inputs().getFirst().node().op() instanceof Op.Constant
                && node.inputs().getFirst().shape().rank() == 0;
        if (canonical) {
            return KEEP;
        }
        if (type.size() == 0) {
            return List.of(Ops.zeros(type));
        }
        return switch (node.op()) {
            case Op.Constant constant when constant.literal().isSplat() && type.shape().rank() > 0 ->
                List.of(Constants.fill(type, constant.literal().bitsAt(0)));
            case Op.Reshape _, Op.Transpose _, Op.BroadcastInDim _, Op.Slice _, Op.Reverse _, Op.DynamicSlice _ ->
                alike(node, type);
            case Op.Pad _, Op.Concatenate _, Op.DynamicUpdateSlice _ -> alike(node, type);
            case Op _ -> KEEP;
        };
    }

    /// A fill, if all operands that elements come from are fills of the same bits.
    private static List<Value> alike(Node node, TensorType type) {
        List<Value> inputs = node.inputs();
        List<Value> sources = switch (node.op()) {
            case Op.DynamicSlice _ -> inputs.subList(0, 1);
            case Op.DynamicUpdateSlice _ -> inputs.subList(0, 2);
            case Op other -> inputs;
        };
        OptionalLong bits = Constants.fillBits(sources.getFirst());
        boolean all = bits.isPresent()
                && sources.stream().allMatch(source -> Constants.fillBits(source).equals(bits));
        return all ? List.of(Constants.fill(type, bits.getAsLong())) : KEEP;
    }
}
