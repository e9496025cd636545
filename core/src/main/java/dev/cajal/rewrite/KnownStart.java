package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/// Slices at computed starts: where the starts are constants, a plain slice; where the slice is the whole, the whole.
final class KnownStart implements Rule {
    @Override
    public List<Value> apply(Node node) {
        return switch (node.op()) {
            case Op.DynamicSlice(List<Integer> sizes) -> slice(node, sizes);
            // Starts are clamped, so an update as large as the operand replaces all of it.
            case Op.DynamicUpdateSlice _ when node.inputs().get(1).shape().equals(node.inputs().get(0).shape()) ->
                List.of(node.inputs().get(1));
            case Op _ -> KEEP;
        };
    }

    private static List<Value> slice(Node node, List<Integer> sizes) {
        Value x = node.inputs().getFirst();
        if (x.shape().dims().equals(sizes)) {
            return List.of(x);
        }
        List<Integer> starts = new ArrayList<>();
        List<Integer> limits = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int room = x.shape().dim(i) - sizes.get(i);
            OptionalLong start = room == 0 ? OptionalLong.of(0) : Constants.fillBits(node.inputs().get(i + 1));
            if (start.isEmpty()) {
                return KEEP;
            }
            starts.add(Math.clamp(start.getAsLong(), 0, room));
            limits.add(starts.get(i) + sizes.get(i));
        }
        return List.of(Ops.slice(x, starts, limits, Collections.nCopies(sizes.size(), 1)));
    }
}
