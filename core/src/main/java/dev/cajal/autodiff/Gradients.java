package dev.cajal.autodiff;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Value;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reverse-mode automatic differentiation, from graph to graph.
///
/// For outputs `y = f(x)` and cotangents `g` of the outputs' types this computes `g^T * df/dx`: the gradient of `sum(g * y)`. The result is
/// more graph, in which only the values that the gradient needs are made; nothing is computed. See the
/// [package][dev.cajal.autodiff] for the conventions where a derivative does not exist.
///
/// Baydin, Pearlmutter, Radul, Siskind: [Automatic differentiation in machine learning: a survey](https://arxiv.org/abs/1502.05767).
public final class Gradients {
    private Gradients() {}

    /// The cotangents of `wrt`, given those of `outputs`.
    ///
    /// A value that no output depends on gets zeros, and so does one that is not floating-point. A value of `wrt` may itself
    /// depend on another one: each gets its full derivative.
    ///
    /// @param outputs what is differentiated; nodes of any trace
    /// @param cotangents one for each output, of its type
    /// @param wrt with respect to what
    /// @return one for each of `wrt`, of its type
    /// @throws CajalException if a cotangent has another type than its output, or if an operation on the way has no gradient
    public static List<Value> of(List<Value> outputs, List<Value> cotangents, List<Value> wrt) {
        Map<Value, Value> reached = reached(outputs, cotangents, wrt, outside(outputs, wrt));
        return wrt.stream()
                .map(value -> reached.containsKey(value) ? reached.get(value) : Ops.zeros(value.type()))
                .toList();
    }

    /// The reverse of a function as a function: takes the graph's arguments, then one cotangent for each result, and gives one for each
    /// parameter.
    public static Graph reverse(Graph graph) {
        List<Value> parameters = Pullback.parameters(graph.parameters(), "argument");
        List<Value> results = graph.apply(parameters);
        List<Value> cotangents = Pullback.parameters(results, "cotangent");
        List<Value> all = new ArrayList<>(parameters);
        all.addAll(cotangents);
        return Graph.of(all, of(results, cotangents, parameters));
    }

    /// As [#of], but only as far as `leaves`, among which `wrt` is: what lies behind a leaf does not count.
    static List<Value> within(List<Value> leaves, List<Value> outputs, List<Value> cotangents, List<Value> wrt) {
        Map<Value, Value> reached = reached(outputs, cotangents, wrt, nodes(leaves));
        return wrt.stream()
                .map(value -> reached.containsKey(value) ? reached.get(value) : Ops.zeros(value.type()))
                .toList();
    }

    /// The cotangents of those values of `wrt` that something comes back to.
    ///
    /// @param stop nodes behind which the walk does not look
    static Map<Value, Value> reached(
            List<Value> outputs, List<Value> cotangents, List<Value> wrt, Set<Node> stop) {
        Map<Value, Value> gradients = new HashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            Value output = outputs.get(i);
            requireType(output, cotangents.get(i));
            if (output.dtype().isFloating()) {
                gradients.merge(output, cotangents.get(i), Ops::add);
            }
        }
        Set<Value> sources = new HashSet<>(wrt);
        List<Node> order = new ArrayList<>(Graph.topological(outputs, stop));
        order.removeIf(stop::contains);
        Set<Value> active = active(order, sources);
        for (Node node : order.reversed()) {
            Pullback pullback = new Pullback(node, active, gradients);
            if (pullback.isNeeded()) {
                node.origin().during(Origin.Phase.BACKWARD).in(() -> {
                    GradientRules.apply(pullback);
                    return node;
                });
            }
        }
        gradients.keySet().retainAll(active);
        gradients.keySet().retainAll(sources);
        gradients.replaceAll((_, sum) -> Pieces.joined(sum));
        return gradients;
    }

    static Set<Node> nodes(List<Value> values) {
        Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        values.forEach(value -> nodes.add(value.node()));
        return nodes;
    }

    /// Nodes behind which there is nothing of `wrt`: where all of `wrt` belongs to traces, every node that belongs to none.
    private static Set<Node> outside(List<Value> outputs, List<Value> wrt) {
        Set<Node> outside = Collections.newSetFromMap(new IdentityHashMap<>());
        if (wrt.stream().anyMatch(value -> value.node().trace() == null)) {
            return outside;
        }
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Node> stack = new ArrayList<>(outputs.stream().map(Value::node).toList());
        while (!stack.isEmpty()) {
            Node node = stack.removeLast();
            if (node.trace() == null) {
                outside.add(node);
            } else if (seen.add(node)) {
                node.inputs().forEach(input -> stack.add(input.node()));
            }
        }
        return outside;
    }

    /// The floating-point values among the results of `order` that depend on a source, and the sources themselves.
    static Set<Value> active(List<Node> order, Set<Value> sources) {
        Set<Value> active = new HashSet<>(sources);
        active.removeIf(source -> !source.dtype().isFloating());
        for (Node node : order) {
            if (!(node.op() instanceof Op.StopGradient) && node.inputs().stream().anyMatch(active::contains)) {
                node.values().stream().filter(value -> value.dtype().isFloating()).forEach(active::add);
            }
        }
        return active;
    }

    private static void requireType(Value output, Value cotangent) {
        if (!output.type().equals(cotangent.type())) {
            throw new CajalException(
                    "grad.cotangent",
                    "The cotangent of an output has the output's type, but the output is %s and the cotangent %s.",
                    output.type(),
                    cotangent.type());
        }
    }
}
