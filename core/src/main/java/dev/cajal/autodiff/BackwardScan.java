package dev.cajal.autodiff;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Substitution;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds the scan that walks back.
///
/// One trip back needs values of the same trip forward (residuals). Where they come from:
///
/// - slices of `xs` and constants are handed in again;
/// - what follows from constants alone is computed once, outside of the loop;
/// - what only the gradient computes, and copies and views of something else (broadcast, reshape), are made in the trip back;
/// - stacked results of the forward scan are read;
/// - everything else is stacked by a second forward scan that makes the same trips. (A rewrite makes one scan of both.)
final class BackwardScan {
    private final Op.Scan scan;
    private final Pullback node;
    private final List<Value> parameters;
    private final List<Value> results;

    /// What each carry of the new scan is: its parameter, first value and next value, and the operand whose gradient its last value is.
    private record Carry(int operand, Value parameter, Value first, Value next) {}

    /// A gradient that all trips have a share in.
    private record TripSum(int operand, Value gradient) {}

    private final List<TripSum> sums = new ArrayList<>();
    private final List<Carry> carries = new ArrayList<>();
    private final List<Value> xParameters = new ArrayList<>();
    private final List<Value> xs = new ArrayList<>();
    private final List<Value> constantParameters = new ArrayList<>();
    private final List<Value> constants = new ArrayList<>();
    private final List<Integer> yOperands = new ArrayList<>();
    private final List<Value> ys = new ArrayList<>();

    /// @param parameters the parameters of one trip forward
    /// @param results the results of one trip forward
    BackwardScan(Op.Scan scan, Pullback node, List<Value> parameters, List<Value> results) {
        this.scan = scan;
        this.node = node;
        this.parameters = parameters;
        this.results = results;
    }

    /// The cotangent of a carry.
    void carry(int operand, Value parameter, Value first, Value next) {
        carries.add(new Carry(operand, parameter, first, next));
    }

    /// The gradient of a constant, summed over all trips.
    void accumulate(int operand, Value gradient) {
        sums.add(new TripSum(operand, gradient));
    }

    /// Something that a trip back takes a slice of.
    void walk(Value parameter, Value stacked) {
        xParameters.add(parameter);
        xs.add(stacked);
    }

    /// The gradient of a slice of `xs`, stacked over all trips.
    void stack(int operand, Value gradient) {
        yOperands.add(operand);
        ys.add(gradient);
    }

    private void constant(Value parameter, Value outer) {
        constantParameters.add(parameter);
        constants.add(outer);
    }

    /// The new scan's results, by the operand whose gradient they are.
    Map<Integer, Value> build() {
        if (carries.isEmpty() && ys.isEmpty() && sums.isEmpty()) {
            return Map.of();
        }
        List<LateProduct> late = addUp();
        List<Value> back = new ArrayList<>();
        carries.forEach(carry -> back.add(carry.next()));
        back.addAll(ys);
        late.forEach(product -> back.addAll(product.operands()));
        List<Value> copied = copy(back);
        List<Value> bodyResults = new ArrayList<>(copied.subList(0, carries.size() + ys.size()));
        List<Value> factors = copied.subList(bodyResults.size(), copied.size());
        factors.stream().filter(factor -> !xParameters.contains(factor) && stackedAt(factor, bodyResults) < 0)
                .distinct()
                .forEach(bodyResults::add);
        List<Value> bodyParameters = new ArrayList<>();
        List<Value> operands = new ArrayList<>();
        carries.forEach(carry -> {
            bodyParameters.add(carry.parameter());
            operands.add(carry.first());
        });
        bodyParameters.addAll(xParameters);
        operands.addAll(xs);
        bodyParameters.addAll(constantParameters);
        operands.addAll(constants);
        Op.Scan reversed = new Op.Scan(
                Graph.of(bodyParameters, bodyResults), carries.size(), xs.size(), scan.length(), !scan.reverse());
        List<Value> outcome = Ops.scan(reversed, operands);
        Map<Integer, Value> gradients = new HashMap<>();
        for (int k = 0; k < carries.size(); k++) {
            gradients.put(carries.get(k).operand(), outcome.get(k));
        }
        for (int k = 0; k < yOperands.size(); k++) {
            gradients.put(yOperands.get(k), outcome.get(carries.size() + k));
        }
        List<Value> stacked = factors.stream()
                .map(factor -> xParameters.contains(factor)
                        ? xs.get(xParameters.indexOf(factor))
                        : outcome.get(carries.size() + stackedAt(factor, bodyResults)))
                .toList();
        for (int k = 0; k < late.size(); k++) {
            gradients.merge(late.get(k).operand(), late.get(k).of(stacked.get(2 * k), stacked.get(2 * k + 1)),
                    Ops::add);
        }
        return gradients;
    }

    /// Which of the stacked results a value is; -1 if it is none.
    private int stackedAt(Value factor, List<Value> bodyResults) {
        return bodyResults.subList(carries.size(), bodyResults.size()).indexOf(factor);
    }

    /// Sums over the trips. A product of two values that are stacked anyway, or are smaller together than the product, is made once, of the stacks; everything else becomes a carry that
    /// each trip reads and writes.
    private List<LateProduct> addUp() {
        Set<Node> own = dependents(Graph.topological(sums.stream().map(TripSum::gradient).toList(), Set.of()),
                ownParameters());
        Set<Node> varying = dependents(Graph.topological(results, Set.of()),
                parameters.subList(0, scan.carries() + scan.xs()));
        List<LateProduct> late = new ArrayList<>();
        for (TripSum sum : sums) {
            List<Value> others = new ArrayList<>();
            for (Value term : terms(sum.gradient())) {
                Optional<LateProduct> product = LateProduct.of(sum.operand(), term)
                        .filter(some -> some.operands().stream()
                                .allMatch(factor -> own.contains(factor.node()) || varying.contains(factor.node())))
                        .filter(some -> some.operands().stream()
                                .filter(factor -> own.contains(factor.node()) && !ys.contains(factor))
                                .mapToLong(factor -> factor.shape().size()).sum() <= term.shape().size());
                product.ifPresentOrElse(late::add, () -> others.add(term));
            }
            others.stream().reduce(Ops::add).ifPresent(rest -> {
                Value so = Ops.parameter(rest.type(), "sum" + sum.operand());
                carries.add(new Carry(sum.operand(), so, Ops.zeros(rest.type()), Ops.add(so, rest)));
            });
        }
        return late;
    }

    /// What a value is the sum of.
    private static List<Value> terms(Value value) {
        if (value.node().op() instanceof Op.Binary(BinaryKind kind) && kind == BinaryKind.ADD) {
            List<Value> all = new ArrayList<>();
            value.node().inputs().forEach(input -> all.addAll(terms(input)));
            return all;
        }
        return List.of(value);
    }

    /// Copies what depends on the new scan's own parameters, with residuals in place of forward values.
    private List<Value> copy(List<Value> back) {
        List<Node> order = Graph.topological(back, Set.of());
        Set<Node> own = dependents(order, ownParameters());
        Set<Node> varying = dependents(order, parameters.subList(0, scan.carries() + scan.xs()));
        Set<Value> wanted = new LinkedHashSet<>();
        back.stream().filter(value -> !own.contains(value.node())).forEach(wanted::add);
        order.stream().filter(own::contains).forEach(user -> user.inputs().stream()
                .filter(input -> !own.contains(input.node()))
                .forEach(wanted::add));
        // From users to operands: what can be made again passes the wish on.
        Set<Node> made = new HashSet<>(Graph.topological(results, Set.of()));
        Set<Node> again = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node forward : order.reversed()) {
            boolean remake = isCheap(forward.op()) || (!made.contains(forward) && varying.contains(forward));
            if (remake && forward.values().stream().anyMatch(wanted::contains)) {
                again.add(forward);
                wanted.addAll(forward.inputs());
            }
        }
        Substitution copies = new Substitution();
        ownParameters().forEach(parameter -> copies.put(parameter, parameter));
        residuals(order, wanted, again, varying, copies);
        for (Node each : order) {
            if ((own.contains(each) || again.contains(each)) && !(each.op() instanceof Op.Parameter)) {
                copies.copy(each);
            }
        }
        return copies.of(back);
    }

    private List<Value> ownParameters() {
        List<Value> own = new ArrayList<>();
        carries.forEach(carry -> own.add(carry.parameter()));
        own.addAll(xParameters);
        return own;
    }

    /// Finds a source for each wanted forward value that is not made again.
    private void residuals(
            List<Node> order, Set<Value> wanted, Set<Node> again, Set<Node> varying, Substitution copies) {
        List<Value> kept = new ArrayList<>();
        List<Value> outside = new ArrayList<>();
        for (Value value : wanted) {
            int position = parameters.indexOf(value);
            if (again.contains(value.node())) {
                continue;
            }
            Value parameter = Ops.parameter(value.type(), "residual" + xs.size());
            copies.put(value, parameter);
            if (position >= scan.carries() && position < scan.carries() + scan.xs()) {
                walk(parameter, node.operand(position));
            } else if (position >= scan.carries() + scan.xs()) {
                constant(parameter, node.operand(position));
            } else if (!varying.contains(value.node())) {
                outside.add(value);
            } else if (results.lastIndexOf(value) >= scan.carries()) {
                walk(parameter, new Value(node.node(), results.lastIndexOf(value)));
            } else {
                kept.add(value);
            }
        }
        hoist(order, outside, copies);
        stackForward(kept, copies);
    }

    /// Computes loop-invariant values outside of the loop.
    private void hoist(List<Node> order, List<Value> outside, Substitution copies) {
        if (outside.isEmpty()) {
            return;
        }
        Substitution outer = new Substitution();
        for (int i = scan.carries() + scan.xs(); i < parameters.size(); i++) {
            outer.put(parameters.get(i), node.operand(i));
        }
        Set<Node> needed = new HashSet<>(Graph.topological(outside, Set.of()));
        for (Node each : order) {
            if (needed.contains(each) && !(each.op() instanceof Op.Parameter)) {
                outer.copy(each);
            }
        }
        for (Value value : outside) {
            constant(copies.of(value), outer.of(value));
        }
    }

    /// The forward scan once more, stacking these values.
    private void stackForward(List<Value> kept, Substitution copies) {
        if (kept.isEmpty()) {
            return;
        }
        List<Value> bodyResults = new ArrayList<>(results.subList(0, scan.carries()));
        bodyResults.addAll(kept);
        Op.Scan stacking = new Op.Scan(
                Graph.of(parameters, bodyResults), scan.carries(), scan.xs(), scan.length(), scan.reverse());
        List<Value> stacked = Ops.scan(stacking, node.node().inputs());
        for (int k = 0; k < kept.size(); k++) {
            walk(copies.of(kept.get(k)), stacked.get(scan.carries() + k));
        }
    }

    /// Whether making a value again costs less than keeping it: no arithmetic, and at most as much to read as to write.
    private static boolean isCheap(Op op) {
        return switch (op) {
            case Op.Constant _, Op.Iota _, Op.BroadcastInDim _, Op.Reshape _ -> true;
            case Op.Parameter _, Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _ -> false;
            case Op.BitcastConvert _, Op.Transpose _, Op.Slice _, Op.Pad _, Op.Concatenate _, Op.Reverse _ -> false;
            case Op.DotGeneral _, Op.Convolution _, Op.Reduce _, Op.ReduceWindow _, Op.SelectAndScatter _ -> false;
            case Op.Gather _, Op.Scatter _, Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.Sort _ -> false;
            case Op.While _, Op.Scan _, Op.OptimizationBarrier _, Op.StopGradient _, Op.Composite _ -> false;
        };
    }

    /// The nodes that depend on some values, these included.
    private static Set<Node> dependents(List<Node> order, List<Value> on) {
        Set<Node> dependents = Gradients.nodes(on);
        for (Node each : order) {
            if (each.inputs().stream().anyMatch(input -> dependents.contains(input.node()))) {
                dependents.add(each);
            }
        }
        return dependents;
    }
}
