package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Concatenation: of one operand nothing; empty operands are left out; neighbouring slices of one value that continue each other are one slice.
final class ConcatenateParts implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.Concatenate(int dimension))) {
            return KEEP;
        }
        List<Value> parts = new ArrayList<>();
        for (Value part : node.inputs()) {
            if (part.shape().dim(dimension) == 0) {
                continue;
            }
            Optional<Value> joined = parts.isEmpty() ? Optional.empty() : joined(parts.getLast(), part, dimension);
            joined.ifPresent(_ -> parts.removeLast());
            parts.add(joined.orElse(part));
        }
        return parts.size() == node.inputs().size() && parts.size() > 1
                ? KEEP
                : List.of(parts.isEmpty() ? node.inputs().getFirst() : Ops.concatenate(parts, dimension));
    }

    private static Optional<Value> joined(Value a, Value b, int dimension) {
        if (!(a.node().op() instanceof Op.Slice first)
                || !(b.node().op() instanceof Op.Slice second)
                || !a.node().inputs().equals(b.node().inputs())
                || !first.strides().stream().allMatch(stride -> stride == 1)
                || !second.strides().equals(first.strides())
                || !first.limits().get(dimension).equals(second.starts().get(dimension))) {
            return Optional.empty();
        }
        List<Integer> starts = new ArrayList<>(second.starts());
        List<Integer> limits = new ArrayList<>(first.limits());
        starts.set(dimension, first.starts().get(dimension));
        limits.set(dimension, second.limits().get(dimension));
        return starts.equals(first.starts()) && limits.equals(second.limits())
                ? Optional.of(Ops.slice(a.node().inputs().getFirst(), starts, limits, first.strides()))
                : Optional.empty();
    }
}
