package dev.cajal.transform;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Loops that are one operation of the graph, however many trips they make.
public final class Loops {
    private Loops() {}

    /// What one trip of a [scan][#scan] gives.
    ///
    /// @param carry handed to the next trip; of the same structure and types as the first carry
    /// @param output stacked with the outputs of the other trips
    public record Step<C, Y>(C carry, Y output) {}

    /// A loop over the first dimension of the tensors in `inputs`. Has a gradient.
    ///
    /// ```java
    /// // Running sums: carry is the sum so far, each trip outputs it.
    /// var sums = Loops.scan((Tensor sum, Tensor x) -> new Step<>(sum.plus(x), sum.plus(x)), Tensor.of(0f), numbers).output();
    /// ```
    ///
    /// @param body gets the carry and a slice of the inputs
    /// @param first the carry of the first trip, a tree
    /// @param inputs a tree of tensors with equal first dimensions
    /// @return the last carry, and the outputs stacked along a new first dimension
    public static <C, X, Y> Step<C, Y> scan(BiFunction<C, X, Step<C, Y>> body, C first, X inputs) {
        return scan(body, first, inputs, false);
    }

    /// See [#scan(BiFunction, Object, Object)].
    ///
    /// @param reverse whether to walk from the last slice to the first; outputs stay at the places of their inputs
    public static <C, X, Y> Step<C, Y> scan(BiFunction<C, X, Step<C, Y>> body, C first, X inputs, boolean reverse) {
        Tree carry = Tree.of(first);
        Tree xs = Tree.of(inputs);
        int length = length(xs);
        List<Tensor> like = new ArrayList<>(carry.leaves());
        xs.leaves().forEach(x -> like.add(Tensor.zeros(x.dtype(), x.shape().without(List.of(0)))));
        List<String> names = new ArrayList<>(carry.names());
        names.addAll(xs.names());
        int carries = carry.leaves().size();
        Tracing.Traced traced = Tracing.trace("scan", like, names, placeholders -> {
            C c = carry.with(placeholders.subList(0, carries));
            X x = xs.with(placeholders.subList(carries, placeholders.size()));
            Step<C, Y> step = body.apply(c, x);
            carry.requireSame(Tree.of(step.carry()));
            return step;
        });
        List<Value> operands = new ArrayList<>();
        carry.leaves().forEach(leaf -> operands.add(leaf.value()));
        xs.leaves().forEach(leaf -> operands.add(leaf.value()));
        operands.addAll(traced.closure().captures());
        Op.Scan scan = new Op.Scan(traced.closure().graph(), carries, xs.leaves().size(), length, reverse);
        return Tree.build(traced.output(), Ops.scan(scan, operands).stream().map(Tensor::of).toList());
    }

    /// Repeats `body` while `condition` holds. Has no reverse-mode gradient, since the number of trips is not known beforehand.
    ///
    /// @param condition gives one truth value
    /// @param body gives a carry of the same structure and types
    /// @param first the first carry, a tree
    public static <C> C whileLoop(Function<C, Tensor> condition, Function<C, C> body, C first) {
        Tree carry = Tree.of(first);
        Tracing.Traced test = Tracing.trace("while", carry.leaves(), carry.names(),
                p -> condition.apply(carry.with(p)));
        Tracing.Traced step = Tracing.trace("while", carry.leaves(), carry.names(), p -> {
            C next = body.apply(carry.with(p));
            carry.requireSame(Tree.of(next));
            return next;
        });
        if (!test.closure().graph().results().getFirst().type().equals(TensorType.of(DType.BOOL))) {
            throw new CajalException(
                    "loop.condition",
                    "The condition of a loop has to be one truth value, but it is %s.",
                    test.closure().graph().results().getFirst().type());
        }
        // What is captured is carried along unchanged, since a while loop has no other operands.
        List<Value> captured = new ArrayList<>(test.closure().captures());
        captured.addAll(step.closure().captures());
        int carries = carry.leaves().size();
        int ofTest = test.closure().captures().size();
        List<Value> operands = new ArrayList<>();
        carry.leaves().forEach(leaf -> operands.add(leaf.value()));
        operands.addAll(captured);
        Graph conditionGraph = widened(operands, inner -> {
            List<Value> arguments = new ArrayList<>(inner.subList(0, carries + ofTest));
            return test.closure().graph().apply(arguments);
        });
        Graph bodyGraph = widened(operands, inner -> {
            List<Value> arguments = new ArrayList<>(inner.subList(0, carries));
            arguments.addAll(inner.subList(carries + ofTest, inner.size()));
            List<Value> results = new ArrayList<>(step.closure().graph().apply(arguments));
            results.addAll(inner.subList(carries, inner.size()));
            return results;
        });
        List<Tensor> last = Ops.loop(conditionGraph, bodyGraph, operands).stream().map(Tensor::of).toList();
        return carry.with(last.subList(0, carries));
    }

    private static Graph widened(List<Value> operands, Function<List<Value>, List<Value>> body) {
        List<Value> parameters = new ArrayList<>();
        operands.forEach(operand -> parameters.add(Ops.parameter(operand.type(), "carry" + parameters.size())));
        return Graph.of(parameters, body.apply(parameters));
    }

    private static int length(Tree xs) {
        if (xs.leaves().isEmpty()) {
            throw new ShapeException("shape.scan", "A scan needs at least one tensor to walk over.");
        }
        List<Shape> shapes = xs.leaves().stream().map(Tensor::shape).toList();
        boolean equal = shapes.stream().allMatch(shape -> shape.rank() > 0 && shape.dim(0) == shapes.getFirst().dim(0));
        if (!equal) {
            throw new ShapeException("shape.scan",
                    "A scan walks over tensors with equal first dimensions, but got shapes %s.", shapes);
        }
        return shapes.getFirst().dim(0);
    }
}
