package dev.cajal.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Values that stand in for other values while a piece of graph is copied.
public final class Substitution {
    private final Map<Value, Value> replacements = new HashMap<>();

    /// Nothing stands for anything yet.
    public Substitution() {}

    /// Lets one value stand for another.
    public void put(Value value, Value replacement) {
        replacements.put(value, replacement);
    }

    /// Lets values stand for others, position by position.
    public void putAll(List<Value> values, List<Value> others) {
        for (int i = 0; i < values.size(); i++) {
            put(values.get(i), others.get(i));
        }
    }

    /// Whether something stands for a value.
    public boolean contains(Value value) {
        return replacements.containsKey(value);
    }

    /// What stands for a value.
    ///
    /// @throws NullPointerException if nothing does
    public Value of(Value value) {
        return Objects.requireNonNull(replacements.get(value), () -> "nothing stands for " + value);
    }

    /// What stands for each of some values.
    public List<Value> of(List<Value> values) {
        return values.stream().map(this::of).toList();
    }

    /// Copies a node whose operands something stands for; from now on the copy's results stand for the node's.
    public void copy(Node node) {
        putAll(node.values(), Node.of(node.op(), of(node.inputs()), node.origin()).values());
    }
}
