package dev.cajal.transform;

import dev.cajal.autodiff.Gradients;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Trace;
import dev.cajal.ir.Value;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Functions of functions: compilation and gradients.
///
/// They take functions of trees (tensors, records, lists and maps of tensors; see [Tree]) and give back functions of the same kind, so
/// they combine: the gradient of a gradient, the compiled gradient, the gradient of a compiled function.
///
/// ```java
/// var slope = grad((Tensor x) -> x.pow(3).sum());
/// IO.println(slope.apply(Tensor.of(2f)).item()); // 12.0
/// ```
public final class Transform {
    private Transform() {}

    /// The function as one compiled plan: traced once for each structure and set of types it is called with, then run from a cache.
    ///
    /// The function must depend on its arguments only; what it reads from outside is taken as it was at the first call.
    public static <A, R> CompiledFunction<A, R> compile(Function<A, R> function) {
        return CompiledFunction.of(function);
    }

    /// See [#compile(Function)].
    public static <A, B, R> CompiledBiFunction<A, B, R> compile(BiFunction<A, B, R> function) {
        return CompiledBiFunction.of(function);
    }

    /// See [#compile(Function)].
    public static <A, B, C, R> CompiledTriFunction<A, B, C, R> compile(TriFunction<A, B, C, R> function) {
        return CompiledTriFunction.of(function);
    }

    /// The gradient of a function from a tree to a scalar: a tree like the argument, each tensor being the derivative of the result by it.
    public static <P> Function<P, P> grad(Function<P, Tensor> function) {
        Function<P, ValueAndGradient<P>> both = valueAndGrad(function);
        return argument -> both.apply(argument).gradient();
    }

    /// A function's value and its gradient, from one pass.
    public static <P> Function<P, ValueAndGradient<P>> valueAndGrad(Function<P, Tensor> function) {
        Function<P, ValueAuxAndGradient<List<Tensor>, P>> all = valueAndGradWithAux(
                argument -> new WithAux<>(function.apply(argument), List.of()));
        return argument -> {
            ValueAuxAndGradient<List<Tensor>, P> result = all.apply(argument);
            return new ValueAndGradient<>(result.value(), result.gradient());
        };
    }

    /// A function's value, what it hands out besides, and the value's gradient, from one pass.
    public static <P, A> Function<P, ValueAuxAndGradient<A, P>> valueAndGradWithAux(Function<P, WithAux<A>> function) {
        return argument -> differentiate(function, argument);
    }

    /// The function with products in mixed precision: the operands of each product of f32 are rounded to another type, usually
    /// [DType#BF16]; products are summed, and all else is computed and kept, in f32. Arguments and results have the types that they had.
    ///
    /// Put it around a gradient, and the products of the backward pass are such products too:
    ///
    /// ```java
    /// var slope = mixedPrecision(DType.BF16, grad(loss));
    /// ```
    ///
    /// Products are those of matrices, in loops too; convolutions and composites stay as they are. P. Micikevicius et al., *Mixed Precision
    /// Training*, 2018 ([arXiv:1710.03740](https://arxiv.org/abs/1710.03740)); with bf16, whose exponents are those of f32, no
    /// scaling of the loss is needed: D. Kalamkar et al., 2019 ([arXiv:1905.12322](https://arxiv.org/abs/1905.12322)).
    ///
    /// @param operands [DType#BF16], or [DType#F32] for the function as it is
    /// @throws IllegalArgumentException if it is another type
    public static <A, R> Function<A, R> mixedPrecision(DType operands, Function<A, R> function) {
        if (operands != DType.BF16 && operands != DType.F32) {
            throw new IllegalArgumentException("products of f32 can have operands of bf16 or f32, not " + operands);
        }
        return operands == DType.F32 ? function : argument -> narrowed(operands, function, argument);
    }

    private static <A, R> R narrowed(DType operands, Function<A, R> function, A argument) {
        Tree tree = Tree.of(argument);
        Tracing.Traced traced = Tracing.trace("mixedPrecision", tree.leaves(), tree.names(), leaves -> {
            R result = function.apply(tree.with(leaves));
            return Objects.requireNonNull(result, "a tree is not null");
        });
        Graph.Closure closure = traced.closure();
        List<Value> actual = new ArrayList<>();
        tree.leaves().forEach(leaf -> actual.add(leaf.value()));
        actual.addAll(closure.captures());
        List<Value> results = MixedPrecision.of(closure.graph(), operands).apply(actual);
        return Tree.build(traced.output(), results.stream().map(Tensor::of).toList());
    }

    private static <P, A> ValueAuxAndGradient<A, P> differentiate(Function<P, WithAux<A>> function, P argument) {
        Tree tree = Tree.of(argument);
        requireDifferentiable(tree);
        // Fresh placeholders, not the argument itself: a tensor that is both passed and captured must count as passed only where it is.
        Trace trace = Trace.open("grad");
        List<Value> parameters = new ArrayList<>();
        for (int i = 0; i < tree.leaves().size(); i++) {
            parameters.add(trace.parameter(
                    new Op.Parameter(tree.leaves().get(i).type(), tree.names().get(i))));
        }
        List<Value> results = new ArrayList<>();
        Tree aux = trace.run(() -> {
            WithAux<A> result = function.apply(tree.with(parameters.stream().map(Tensor::of).toList()));
            Value value = result.value().value();
            requireScalar(value);
            results.add(value);
            results.addAll(Gradients.of(List.of(value), List.of(Ops.fillLike(value, 1)), parameters));
            Tree tail = Tree.of(result.aux());
            tail.leaves().forEach(leaf -> results.add(leaf.value()));
            return tail;
        });
        Graph.Closure closure = Graph.close(trace, parameters, results);
        List<Value> actual = new ArrayList<>();
        tree.leaves().forEach(leaf -> actual.add(leaf.value()));
        actual.addAll(closure.captures());
        List<Tensor> tensors = closure.graph().apply(actual).stream().map(Tensor::of).toList();
        int first = 1 + parameters.size();
        return new ValueAuxAndGradient<>(
                tensors.getFirst(),
                aux.with(tensors.subList(first, tensors.size())),
                tree.with(tensors.subList(1, first)));
    }

    private static void requireDifferentiable(Tree tree) {
        for (int i = 0; i < tree.leaves().size(); i++) {
            if (!tree.leaves().get(i).dtype().isFloating()) {
                throw new CajalException(
                        "grad.dtype",
                        "There is no gradient by %s, which is %s: only floating-point tensors have one. Pass it outside of the argument that is "
                                + "differentiated.",
                        tree.names().get(i),
                        tree.leaves().get(i).type());
            }
        }
    }

    private static void requireScalar(Value value) {
        if (value.shape().rank() != 0 || !value.dtype().isFloating()) {
            throw new CajalException(
                    "grad.scalar",
                    "A gradient needs a function that returns one floating-point number, but this one returns %s. Reduce it first, with mean() or sum().",
                    value.type());
        }
    }
}
