package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.List;

/// Slices: of everything nothing; of a slice, one slice; of a concatenation, a slice of the part that it lies in; of a padded value, the value
/// where just that is cut out.
final class SliceOfSlice implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Slice slice)) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        if (node.value().shape().equals(x.shape())) {
            return List.of(x);
        }
        return switch (x.node().op()) {
            case Op.Slice inner -> List.of(combined(slice, inner, x.node().inputs().getFirst()));
            case Op.Concatenate concatenate -> ofPart(slice, concatenate, x.node().inputs());
            case Op.Pad pad -> unpadded(slice, pad, x.node().inputs().getFirst());
            case Op _ -> KEEP;
        };
    }

    private static Value combined(Op.Slice outer, Op.Slice inner, Value x) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> limits = new ArrayList<>();
        List<Integer> strides = new ArrayList<>();
        for (int i = 0; i < outer.starts().size(); i++) {
            int stride = inner.strides().get(i);
            int start = inner.starts().get(i) + outer.starts().get(i) * stride;
            int count = (outer.limits().get(i) - outer.starts().get(i) + outer.strides().get(i) - 1)
                    / outer.strides().get(i);
            strides.add(stride * outer.strides().get(i));
            starts.add(count == 0 ? 0 : start);
            limits.add(count == 0 ? 0 : start + (count - 1) * strides.get(i) + 1);
        }
        return Ops.slice(x, starts, limits, strides);
    }

    private static List<Value> ofPart(Op.Slice slice, Op.Concatenate concatenate, List<Value> parts) {
        int axis = concatenate.dimension();
        int from = 0;
        for (Value part : parts) {
            int to = from + part.shape().dim(axis);
            if (from <= slice.starts().get(axis) && slice.limits().get(axis) <= to) {
                List<Integer> starts = new ArrayList<>(slice.starts());
                List<Integer> limits = new ArrayList<>(slice.limits());
                starts.set(axis, starts.get(axis) - from);
                limits.set(axis, limits.get(axis) - from);
                return List.of(Ops.slice(part, starts, limits, slice.strides()));
            }
            from = to;
        }
        return KEEP;
    }

    private static List<Value> unpadded(Op.Slice slice, Op.Pad pad, Value x) {
        List<Integer> low = pad.low();
        for (int i = 0; i < low.size(); i++) {
            int length = x.shape().dim(i);
            boolean whole = low.get(i) >= 0
                    && pad.interior().get(i) == 0
                    && slice.starts().get(i).equals(low.get(i))
                    && slice.limits().get(i) == low.get(i) + length
                    && slice.strides().get(i) == 1;
            if (!whole) {
                return KEEP;
            }
        }
        return List.of(x);
    }
}
