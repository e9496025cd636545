package dev.cajal.ir;

import dev.cajal.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// A closed function: parameters, results, and the nodes between them. It depends on nothing outside of it.
///
/// Compared by identity.
public final class Graph {
    private final List<Value> parameters;
    private final List<Value> results;
    private final List<Node> nodes;

    private Graph(List<Value> parameters, List<Value> results, List<Node> nodes) {
        this.parameters = parameters;
        this.results = results;
        this.nodes = nodes;
    }

    /// A graph from its parameters and results.
    ///
    /// @throws IllegalArgumentException if a result depends on a parameter that is not listed
    public static Graph of(List<Value> parameters, List<Value> results) {
        List<Node> nodes = topological(results, Set.of());
        Set<Node> known = Collections.newSetFromMap(new IdentityHashMap<>());
        parameters.forEach(parameter -> known.add(parameter.node()));
        for (Node node : nodes) {
            if (node.op() instanceof Op.Parameter parameter && !known.contains(node)) {
                throw new IllegalArgumentException("The graph uses the parameter " + parameter.name()
                        + ", which is not among its parameters: it is not closed.");
            }
        }
        return new Graph(List.copyOf(parameters), List.copyOf(results), nodes);
    }

    /// The inputs, in the order in which arguments are given.
    public List<Value> parameters() {
        return parameters;
    }

    /// The outputs.
    public List<Value> results() {
        return results;
    }

    /// All nodes that the results depend on, operands before users. Unused parameters are not among them.
    public List<Node> nodes() {
        return nodes;
    }

    /// Checks that arguments fit the parameters.
    ///
    /// @throws IllegalArgumentException if they do not
    public void requireArguments(List<TensorType> arguments) {
        if (arguments.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    "The graph has " + parameters.size() + " parameters, but got " + arguments.size() + " arguments.");
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!parameters.get(i).type().equals(arguments.get(i))) {
                throw new IllegalArgumentException("Parameter " + i + " is " + parameters.get(i).type()
                        + ", but the argument is " + arguments.get(i) + ".");
            }
        }
    }

    /// Copies the nodes with arguments in place of the parameters.
    ///
    /// @return the copies of the results
    public List<Value> apply(List<Value> arguments) {
        requireArguments(arguments.stream().map(Value::type).toList());
        Map<Value, Value> copies = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            copies.put(parameters.get(i), arguments.get(i));
        }
        for (Node node : nodes) {
            copy(node, copies);
        }
        return results.stream().map(copies::get).toList();
    }

    /// Copies one node whose operands have copies already, and enters the copies of its results.
    private static void copy(Node node, Map<Value, Value> copies) {
        if (node.op() instanceof Op.Parameter) {
            return;
        }
        List<Value> inputs = node.inputs().stream().map(copies::get).toList();
        Node copy = Node.of(node.op(), inputs, node.origin());
        for (int i = 0; i < node.types().size(); i++) {
            copies.put(new Value(node, i), new Value(copy, i));
        }
    }

    /// A graph together with the outer values that its last parameters stand for.
    ///
    /// @param graph parameters first, then one for each captured value
    /// @param captures the captured values
    public record Closure(Graph graph, List<Value> captures) {}

    /// Closes a traced function: nodes of the trace are copied into a graph; values from outside become further parameters. What is
    /// computed from constants alone is copied too.
    ///
    /// @param trace the trace that the parameters belong to
    public static Closure close(Trace trace, List<Value> parameters, List<Value> results) {
        Map<Value, Value> copies = new HashMap<>();
        List<Value> inner = new ArrayList<>();
        for (Value parameter : parameters) {
            inner.add(fresh(parameter, "argument" + inner.size(), copies));
        }
        List<Value> captures = new ArrayList<>();
        Set<Node> constant = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Node> order = topological(results, Set.of());
        Set<Node> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : order) {
            if (node.trace() != null && node.trace() != trace && node.trace().isFinished()) {
                throw Node.escaped(node.trace());
            }
            boolean fromConstants = node.trace() == null
                    && !node.isSettled()
                    && !(node.op() instanceof Op.Parameter)
                    && node.inputs().stream().allMatch(input -> constant.contains(input.node()));
            if (fromConstants) {
                constant.add(node);
            }
            if (node.trace() == trace) {
                inside.add(node);
            }
        }
        // Only what an inside node or a result uses is copied or captured: the rest of the outer graph is none of ours.
        List<Value> roots = new ArrayList<>(results);
        inside.forEach(node -> roots.addAll(node.inputs()));
        Set<Node> wanted = reachable(roots, node -> inside.contains(node) || constant.contains(node));
        for (Node node : order) {
            if (wanted.contains(node) && (inside.contains(node) || constant.contains(node))) {
                for (Value input : node.inputs()) {
                    capture(input, inside, constant, copies, inner, captures);
                }
                copy(node, copies);
            }
        }
        results.forEach(result -> capture(result, inside, constant, copies, inner, captures));
        Graph graph = of(inner, results.stream().map(copies::get).toList());
        return new Closure(graph, List.copyOf(captures));
    }

    private static void capture(
            Value value,
            Set<Node> inside,
            Set<Node> constant,
            Map<Value, Value> copies,
            List<Value> inner,
            List<Value> captures) {
        if (!copies.containsKey(value) && !inside.contains(value.node()) && !constant.contains(value.node())) {
            inner.add(fresh(value, "captured" + captures.size(), copies));
            captures.add(value);
        }
    }

    private static Value fresh(Value outer, String name, Map<Value, Value> copies) {
        String kept = outer.node().op() instanceof Op.Parameter parameter && !outer.node().isSettled()
                ? parameter.name()
                : name;
        Value inner = Node.parameter(new Op.Parameter(outer.type(), kept), null).value();
        copies.put(outer, inner);
        return inner;
    }

    private static Set<Node> reachable(Collection<Value> roots, Predicate<Node> enter) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Node> stack = new ArrayDeque<>();
        roots.forEach(root -> stack.push(root.node()));
        while (!stack.isEmpty()) {
            Node node = stack.pop();
            if (seen.add(node) && enter.test(node)) {
                node.inputs().forEach(input -> stack.push(input.node()));
            }
        }
        return seen;
    }

    /// The nodes that values depend on, operands before users, without recursion. Does not look behind nodes of `stop`.
    public static List<Node> topological(Collection<Value> results, Set<Node> stop) {
        List<Node> order = new ArrayList<>();
        Set<Node> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Node> stack = new ArrayDeque<>();
        for (Value result : results) {
            stack.push(result.node());
            while (!stack.isEmpty()) {
                Node node = stack.peek();
                if (entered.add(node)) {
                    if (!stop.contains(node)) {
                        List<Value> inputs = node.inputs();
                        for (int i = inputs.size() - 1; i >= 0; i--) {
                            if (!entered.contains(inputs.get(i).node())) {
                                stack.push(inputs.get(i).node());
                            }
                        }
                    }
                } else {
                    stack.pop();
                    if (done.add(node)) {
                        order.add(node);
                    }
                }
            }
        }
        return order;
    }

    /// The graph for people to read; see [GraphPrinter].
    @Override
    public String toString() {
        return GraphPrinter.print(this);
    }
}
