package dev.cajal.rewrite;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Takes out of a [scan][Op.Scan] what need not be in it:
///
/// - a carry that no used result depends on, and a stacked result that nobody uses;
/// - a carry that never changes: it is a constant, and its last value its first;
/// - `xs` of equal slices: one slice as a constant;
/// - a constant that is a fill: made inside, where rules see it;
/// - operands that are given twice, or that the body ignores;
/// - a stacked result that is a slice of `xs`, a constant, or another stacked result.
final class ScanTrimming {
    private final Op.Scan scan;
    private final Node node;
    private final Set<Value> used;
    private final Substitution outer;
    private final List<Value> parameters;
    private final List<Value> results;

    private final List<Value> newParameters = new ArrayList<>();
    private final List<Value> newOperands = new ArrayList<>();

    ScanTrimming(Op.Scan scan, Node node, Set<Value> used, Substitution outer) {
        this.scan = scan;
        this.node = node;
        this.used = used;
        this.outer = outer;
        this.parameters = scan.body().parameters();
        this.results = scan.body().results();
    }

    /// What stands for the used results of a smaller scan; nothing if it cannot be smaller.
    Map<Integer, Value> trim() {
        Map<Integer, Value> outside = new HashMap<>();
        List<Integer> ys = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (used.contains(new Value(node, i))) {
                Optional<Value> known = known(i);
                if (known.isPresent()) {
                    outside.put(i, known.get());
                } else if (i >= scan.carries()) {
                    ys.add(i);
                }
            }
        }
        List<Integer> carries = liveCarries(outside, ys);
        List<Value> kept = new ArrayList<>();
        carries.forEach(i -> kept.add(results.get(i)));
        ys.forEach(i -> kept.add(results.get(i)));
        List<Value> distinct = kept.subList(carries.size(), kept.size()).stream().distinct().toList();
        Set<Integer> needed = LoopTrimming.needed(parameters, kept);

        Substitution inner = new Substitution();
        carries.forEach(i -> inner.put(parameters.get(i), enter(parameters.get(i), operand(i))));
        int xs = enterXs(needed, inner);
        enterConstants(needed, inner);
        boolean asBefore = carries.size() == scan.carries()
                && xs == scan.xs()
                && newParameters.size() == parameters.size()
                && carries.size() + distinct.size() == results.size();
        if (asBefore) {
            return Map.of();
        }
        List<Value> bodyResults = new ArrayList<>(kept.subList(0, carries.size()));
        bodyResults.addAll(distinct);
        for (Node each : scan.body().nodes()) {
            if (!(each.op() instanceof Op.Parameter) && each.inputs().stream().allMatch(inner::contains)) {
                inner.copy(each);
            }
        }
        Graph body = Graph.of(newParameters, inner.of(bodyResults));
        Op.Scan smaller = new Op.Scan(body, carries.size(), xs, scan.length(), scan.reverse());
        List<Value> values = bodyResults.isEmpty()
                ? List.of()
                : node.origin().in(() -> Ops.scan(smaller, newOperands));
        for (int k = 0; k < carries.size(); k++) {
            outside.put(carries.get(k), values.get(k));
        }
        for (int i : ys) {
            outside.put(i, values.get(carries.size() + distinct.indexOf(results.get(i))));
        }
        return outside;
    }

    /// A result that needs no loop.
    private Optional<Value> known(int result) {
        int parameter = parameters.indexOf(results.get(result));
        if (result < scan.carries()) {
            return isUnchanging(result) ? Optional.of(operand(result)) : Optional.empty();
        }
        if (parameter >= scan.carries() && parameter < scan.carries() + scan.xs()) {
            return Optional.of(operand(parameter));
        }
        boolean constant = parameter >= scan.carries() + scan.xs() || (parameter >= 0 && isUnchanging(parameter));
        Shape stacked = node.types().get(result).shape();
        return constant
                ? Optional.of(node.origin().in(() -> Ops.broadcastAlong(operand(parameter), stacked, List.of(0))))
                : Optional.empty();
    }

    private boolean isUnchanging(int carry) {
        return carry < scan.carries() && results.get(carry).equals(parameters.get(carry));
    }

    /// The carries that change, and that a used result depends on, in whatever trip.
    private List<Integer> liveCarries(Map<Integer, Value> outside, List<Integer> ys) {
        Set<Integer> live = new HashSet<>(ys);
        IntStream.range(0, scan.carries())
                .filter(i -> used.contains(new Value(node, i)) && !outside.containsKey(i))
                .forEach(live::add);
        boolean changed = true;
        while (changed) {
            Set<Integer> needed = LoopTrimming.needed(parameters, live.stream().map(results::get).toList());
            needed.removeIf(i -> i >= scan.carries() || isUnchanging(i));
            changed = live.addAll(needed);
        }
        live.removeIf(i -> i >= scan.carries());
        return live.stream().sorted().toList();
    }

    private int enterXs(Set<Integer> needed, Substitution inner) {
        Map<Value, Value> entered = new HashMap<>();
        for (int i = scan.carries(); i < scan.carries() + scan.xs(); i++) {
            Value operand = operand(i);
            if (needed.contains(i) && slice(operand).isEmpty()) {
                Value parameter = parameters.get(i);
                inner.put(parameter, entered.computeIfAbsent(operand, _ -> enter(parameter, operand)));
            }
        }
        return entered.size();
    }

    private void enterConstants(Set<Integer> needed, Substitution inner) {
        Map<Value, Value> entered = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Value parameter = parameters.get(i);
            if (needed.contains(i) && !inner.contains(parameter)) {
                boolean walked = scan.carries() <= i && i < scan.carries() + scan.xs();
                Value operand = walked ? slice(operand(i)).orElseThrow() : operand(i);
                inner.put(parameter, Constants.fillBits(operand).isPresent()
                        ? Constants.fill(operand.type(), Constants.fillBits(operand).getAsLong())
                        : entered.computeIfAbsent(operand, _ -> enter(parameter, operand)));
            }
        }
    }

    /// The slice that all slices of `xs` are equal to, if they are.
    private Optional<Value> slice(Value xs) {
        if (!(xs.node().op() instanceof Op.BroadcastInDim(Shape shape, List<Integer> dimensions))) {
            return Optional.empty();
        }
        Value source = xs.node().inputs().getFirst();
        boolean repeats = !dimensions.contains(0) || (source.shape().dim(0) == 1 && shape.dim(0) != 1);
        if (!repeats) {
            return Optional.empty();
        }
        Shape rest = shape.without(List.of(0));
        return Optional.of(node.origin().in(() -> {
            Value one = dimensions.contains(0)
                    ? Ops.reshape(source, source.shape().without(List.of(0)))
                    : source;
            List<Integer> moved = dimensions.stream().filter(axis -> axis > 0).map(axis -> axis - 1).toList();
            return Ops.broadcast(one, rest, moved);
        }));
    }

    private Value operand(int i) {
        return outer.of(node.inputs().get(i));
    }

    private Value enter(Value parameter, Value operand) {
        String name = parameter.node().op() instanceof Op.Parameter named ? named.name() : "operand";
        Value entered = Ops.parameter(parameter.type(), name);
        newParameters.add(entered);
        newOperands.add(operand);
        return entered;
    }
}
