package dev.cajal.autodiff;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Gradients of loops.
///
/// The gradient of a [scan][Op.Scan] is a scan in the other direction. It carries the cotangents of the carries and the sums of the constants'
/// gradients; it walks over the cotangents of the stacked results, and over [what the forward trips computed][BackwardScan] and the
/// gradient needs again.
final class LoopGradients {
    private LoopGradients() {}

    static CajalException unbounded(Pullback node) {
        return node.error(
                "while",
                "There is no gradient through a while loop, since the number of its trips is not known beforehand. Use a scan, which makes a fixed "
                        + "number of trips (select the old carry once the loop would have ended), or stop the gradient with stopGradient().");
    }

    static void scan(Op.Scan scan, Pullback node) {
        if (scan.length() == 0) {
            IntStream.range(0, scan.carries()).filter(node::hasCotangent)
                    .forEach(i -> node.give(i, () -> node.cotangent(i)));
            return;
        }
        List<Value> parameters = Pullback.parameters(scan.body().parameters(), "argument");
        List<Value> results = scan.body().apply(parameters);
        Set<Integer> active = activeParameters(scan, node, parameters, results);

        // One trip back, in terms of one trip forward.
        List<Integer> carries = active.stream().filter(i -> i < scan.carries()).sorted().toList();
        List<Integer> ys = IntStream.range(scan.carries(), results.size())
                .filter(i -> results.get(i).dtype().isFloating() && node.hasCotangent(i))
                .boxed()
                .toList();
        List<Value> outputs = new ArrayList<>();
        carries.forEach(i -> outputs.add(results.get(i)));
        ys.forEach(i -> outputs.add(results.get(i)));
        List<Value> cotangents = Pullback.parameters(outputs, "cotangent");
        List<Value> wrt = active.stream().sorted().map(parameters::get).toList();
        Map<Value, Value> gradients = Gradients.reached(outputs, cotangents, wrt, Gradients.nodes(parameters));

        BackwardScan back = new BackwardScan(scan, node, parameters, results);
        List<Integer> xs = reached(active, scan.carries(), scan.carries() + scan.xs(), parameters, gradients);
        List<Integer> constants = reached(active, scan.carries() + scan.xs(), parameters.size(), parameters, gradients);
        for (int k = 0; k < carries.size(); k++) {
            int i = carries.get(k);
            Value parameter = parameters.get(i);
            back.carry(i, cotangents.get(k), node.cotangent(i), gradient(gradients, parameter));
        }
        for (int i : constants) {
            back.accumulate(i, gradient(gradients, parameters.get(i)));
        }
        for (int k = 0; k < ys.size(); k++) {
            back.walk(cotangents.get(carries.size() + k), node.cotangent(ys.get(k)));
        }
        for (int i : xs) {
            back.stack(i, gradient(gradients, parameters.get(i)));
        }
        Map<Integer, Value> shares = back.build();
        shares.forEach((i, share) -> node.give(i, () -> share));
    }

    private static Value gradient(Map<Value, Value> gradients, Value parameter) {
        Value known = gradients.get(parameter);
        return known == null ? Ops.zeros(parameter.type()) : known;
    }

    private static List<Integer> reached(
            Set<Integer> active, int from, int to, List<Value> parameters, Map<Value, Value> gradients) {
        return active.stream()
                .filter(i -> from <= i && i < to && gradients.containsKey(parameters.get(i)))
                .sorted()
                .toList();
    }

    /// The parameters of the body that depend on what the gradient is taken by. A carry may do so from the second trip on only, through
    /// another one: looks until nothing new turns up.
    private static Set<Integer> activeParameters(
            Op.Scan scan, Pullback node, List<Value> parameters, List<Value> results) {
        List<Node> order = Graph.topological(results, Set.of());
        Set<Integer> active = new HashSet<>(node.wanted());
        boolean changed = true;
        while (changed) {
            Set<Value> sources = new HashSet<>();
            active.forEach(i -> sources.add(parameters.get(i)));
            Set<Value> values = Gradients.active(order, sources);
            changed = false;
            for (int i = 0; i < scan.carries(); i++) {
                changed |= values.contains(results.get(i)) && active.add(i);
            }
        }
        return active;
    }
}
