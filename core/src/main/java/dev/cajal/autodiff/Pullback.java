package dev.cajal.autodiff;

import dev.cajal.ir.Node;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// One node on the way back: the cotangents of its results are known, and a rule [gives][#give] each operand its share.
final class Pullback {
    private final Node node;
    private final Set<Value> active;
    private final Map<Value, Value> gradients;

    Pullback(Node node, Set<Value> active, Map<Value, Value> gradients) {
        this.node = node;
        this.active = active;
        this.gradients = gradients;
    }

    /// Whether any operand wants a share, and any result has a cotangent.
    boolean isNeeded() {
        return node.values().stream().anyMatch(value -> active.contains(value) && gradients.containsKey(value))
                && node.inputs().stream().anyMatch(active::contains);
    }

    Node node() {
        return node;
    }

    /// An operand.
    Value operand(int i) {
        return node.inputs().get(i);
    }

    /// The only result.
    Value result() {
        return node.value();
    }

    /// The cotangent of the only result.
    Value cotangent() {
        return cotangent(0);
    }

    /// The cotangent of a result; zeros if nothing came back to it.
    Value cotangent(int i) {
        Value result = new Value(node, i);
        Value known = gradients.get(result);
        return known == null ? Ops.zeros(result.type()) : Pieces.joined(known);
    }

    /// Whether anything came back to a result.
    boolean hasCotangent(int i) {
        return gradients.containsKey(new Value(node, i));
    }

    /// Whether an operand depends on what the gradient is taken by.
    boolean wants(int i) {
        return active.contains(operand(i));
    }

    /// Adds to the cotangent of an operand; makes nothing where the operand does not want it.
    void give(int i, Supplier<Value> share) {
        if (wants(i)) {
            gradients.merge(operand(i), share.get(), Ops::add);
        }
    }

    /// The positions of the operands that want a share.
    List<Integer> wanted() {
        return IntStream.range(0, node.inputs().size()).filter(this::wants).boxed().toList();
    }

    /// An error about this node.
    CajalException error(String code, String template, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(node.origin().prefix()));
        all.addAll(List.of(arguments));
        return new CajalException("grad." + code, "%s" + template, all.toArray());
    }

    /// New parameters of the types of some values.
    static List<Value> parameters(List<Value> like, String name) {
        return IntStream.range(0, like.size())
                .mapToObj(i -> Ops.parameter(like.get(i).type(), name + i))
                .toList();
    }
}
