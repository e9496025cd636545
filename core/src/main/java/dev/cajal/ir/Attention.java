package dev.cajal.ir;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Attention, `softmax(q k^T / sqrt(size)) v` for each head, as [composites][Op.Composite]: a backend may compute it, and its gradient, without ever having all scores in memory.
///
/// Operands: queries `[batch, queries, heads, size]`; keys and values `[batch, keys, groups, size]`, where head `h` looks at group `h / (heads / groups)`; and, where
/// some keys are not there, which ones are, bool `[batch, keys]`. Results: what each query gathers, of the queries' shape; and from which the gradient makes the weights again, for
/// each query, `[batch, heads, queries]`: its largest score, and 1 divided by the sum of `e^(score - largest)`. Only gradients may look at those.
///
/// The operands of the gradient are those, the results, and the cotangents of the first and the last one (the largest scores count as constants, as they cancel out); its results are
/// the cotangents of queries, keys and values.
///
/// A key that is not there has the score -1e30, so that a query which sees none of its keys sees all of them alike, and not NaN. No gradient goes through such a score.
///
/// T. Dao, *FlashAttention-2: Faster Attention with Better Parallelism and Work Partitioning*, 2023, has the form of the gradient.
///
/// @param causal whether a query sees the keys up to its own position only; there are as many keys as queries then
/// @param isGradient whether it is the gradient
public record Attention(boolean causal, boolean isGradient) {
    /// The score of a key that is not there.
    public static final float ABSENT = -1e30f;

    private static final int VERSION = 1;

    /// What a composite is; empty if it is something else.
    public static Optional<Attention> of(Op.Composite composite) {
        for (boolean causal : new boolean[] {false, true}) {
            for (boolean gradient : new boolean[] {false, true}) {
                Attention attention = new Attention(causal, gradient);
                if (attention.kind().equals(composite.kind())) {
                    return Optional.of(attention);
                }
            }
        }
        return Optional.empty();
    }

    private String kind() {
        return (causal ? "causal_attention" : "attention") + (isGradient ? "_gradient" : "");
    }

    /// What each query gathers.
    ///
    /// @param queries of shapes that fit, as `keys`, `values` and `present` are
    public static Value apply(Value queries, Value keys, Value values, Optional<Value> present, boolean causal) {
        List<Value> operands = new ArrayList<>(List.of(queries, keys, values));
        present.ifPresent(operands::add);
        if (causal && keys.shape().dim(1) != queries.shape().dim(1)) {
            throw new IllegalArgumentException("causal attention of " + queries.type() + " to " + keys.type());
        }
        List<TensorType> types = operands.stream().map(Value::type).toList();
        // Made now, used by whoever differentiates.
        Graph gradient = Origin.current().during(Origin.Phase.BACKWARD).in(() -> gradient(types, causal));
        Op.Composite composite = new Op.Composite(new Attention(causal, false).kind(), VERSION,
                forward(types, causal), Optional.of(gradient));
        return Ops.composite(composite, operands).getFirst();
    }

    private static Operands operands(List<TensorType> types) {
        List<Value> parameters = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            parameters.add(Ops.parameter(types.get(i), List.of("queries", "keys", "values", "present").get(i)));
        }
        return new Operands(parameters);
    }

    private static Graph forward(List<TensorType> types, boolean causal) {
        Operands in = operands(types);
        Value scores = in.scores(causal);
        Value peaks = Ops.stopGradient(Ops.reduce(Reducer.MAX, scores, List.of(3)));
        Value parts = Ops.unary(UnaryKind.EXP, Ops.subtract(scores, alongKeys(peaks, scores)));
        Value sums = Ops.sum(parts, List.of(3));
        Value inverses = Ops.divide(Ops.fillLike(sums, 1), sums);
        Value weights = Ops.multiply(parts, alongKeys(inverses, scores));
        return Graph.of(in.parameters(), List.of(byHead(weights, 3, in.values(), 1), peaks, inverses));
    }

    /// The gradient as autodiff wants it, one cotangent for each operand: the composite, and zeros where there is nothing to differentiate.
    private static Graph gradient(List<TensorType> types, boolean causal) {
        Results results = Results.of(types);
        List<Value> taken = new ArrayList<>(operands(types).parameters());
        taken.addAll(results.parameters());
        Op.Composite composite = new Op.Composite(new Attention(causal, true).kind(), VERSION, backward(types, causal),
                Optional.empty());
        List<Value> cotangents = new ArrayList<>(Ops.composite(composite, taken));
        types.stream().skip(3).forEach(type -> cotangents.add(Ops.zeros(type)));
        List<Value> all = new ArrayList<>(taken);
        all.add(all.size() - 1, Ops.parameter(results.peaks().type(), "ofPeaks"));
        return Graph.of(all, cotangents);
    }

    private static Graph backward(List<TensorType> types, boolean causal) {
        Operands in = operands(types);
        Results results = Results.of(types);
        Value scores = in.scores(causal);
        Value weights = Ops.multiply(
                Ops.unary(UnaryKind.EXP, Ops.subtract(scores, alongKeys(results.peaks(), scores))),
                alongKeys(results.inverses(), scores));
        Value shares = dot(results.cotangent(), List.of(0, 2), 3, in.values(), List.of(0, 2), 3);
        Value means = Ops.add(
                Ops.transpose(Ops.sum(Ops.multiply(results.cotangent(), results.gathered()), List.of(3)),
                        List.of(0, 2, 1)),
                Ops.multiply(results.ofInverses(), results.inverses()));
        Value slopes = Ops.multiply(weights, Ops.subtract(shares, alongKeys(means, scores)));
        Value seen = Ops.scale(in.present().map(there -> Ops.select(alongScores(there, slopes), slopes,
                Ops.fillLike(slopes, 0))).orElse(slopes), in.scale());
        List<Value> all = new ArrayList<>(in.parameters());
        all.addAll(results.parameters());
        return Graph.of(all, List.of(
                byHead(seen, 3, in.keys(), 1),
                in.together(byHead(seen, 2, in.queries(), 1)),
                in.together(byHead(weights, 2, results.cotangent(), 1))));
    }

    /// What the gradient takes besides the operands.
    private record Results(Value gathered, Value peaks, Value inverses, Value cotangent, Value ofInverses) {
        static Results of(List<TensorType> types) {
            TensorType queries = types.getFirst();
            Shape shape = queries.shape();
            TensorType ofQuery = queries.withShape(Shape.of(shape.dim(0), shape.dim(2), shape.dim(1)));
            return new Results(Ops.parameter(queries, "gathered"), Ops.parameter(ofQuery, "peaks"),
                    Ops.parameter(ofQuery, "inverses"), Ops.parameter(queries, "cotangent"),
                    Ops.parameter(ofQuery, "ofInverses"));
        }

        List<Value> parameters() {
            return List.of(gathered, peaks, inverses, cotangent, ofInverses);
        }
    }

    /// For each head a product with what is `[batch, positions, heads, size]`: `[batch, rows, heads, size]`.
    private static Value byHead(Value scores, int contracting, Value x, int positions) {
        Value product = dot(scores, List.of(0, 1), contracting, x, List.of(0, 2), positions);
        return Ops.transpose(product, List.of(0, 2, 1, 3));
    }

    private static Value dot(Value a, List<Integer> aBatch, int aContracting, Value b, List<Integer> bBatch,
            int bContracting) {
        return Ops.dot(new Op.DotGeneral(aBatch, bBatch, List.of(aContracting), List.of(bContracting), a.dtype()), a,
                b);
    }

    private static Value alongKeys(Value x, Value scores) {
        return Ops.broadcast(x, scores.shape(), List.of(0, 1, 2));
    }

    /// `[batch, keys]` as scores.
    private static Value alongScores(Value x, Value scores) {
        return Ops.broadcast(x, scores.shape(), List.of(0, 3));
    }

    /// The parameters of a decomposition.
    private record Operands(List<Value> parameters) {
        Value queries() {
            return parameters.getFirst();
        }

        /// Of each head.
        Value keys() {
            return ofEachHead(parameters.get(1));
        }

        /// Of each head.
        Value values() {
            return ofEachHead(parameters.get(2));
        }

        Optional<Value> present() {
            return parameters.stream().skip(3).findFirst();
        }

        double scale() {
            return 1 / Math.sqrt(queries().shape().dim(3));
        }

        private int groups() {
            return parameters.get(1).shape().dim(2);
        }

        private int headsOfGroup() {
            return queries().shape().dim(2) / groups();
        }

        private Shape split(Shape keys) {
            return Shape.of(keys.dim(0), keys.dim(1), groups(), headsOfGroup(), keys.dim(3));
        }

        private Value ofEachHead(Value x) {
            Shape shape = x.shape();
            return headsOfGroup() == 1
                    ? x
                    : Ops.reshape(Ops.broadcast(x, split(shape), List.of(0, 1, 2, 4)),
                            shape.withDim(2, queries().shape().dim(2)));
        }

        /// What comes to the keys or values of each head, for those that it shares with others.
        Value together(Value x) {
            return headsOfGroup() == 1 ? x : Ops.sum(Ops.reshape(x, split(x.shape())), List.of(3));
        }

        /// `[batch, heads, queries, keys]`.
        Value scores(boolean causal) {
            Value products = dot(Ops.scale(queries(), scale()), List.of(0, 2), 3, keys(), List.of(0, 2), 3);
            Value there = present().map(some -> Ops.select(alongScores(some, products), products,
                    Ops.fillLike(products, ABSENT))).orElse(products);
            if (!causal) {
                return there;
            }
            TensorType places = there.type().withDType(DType.I32);
            Value sees = Ops.compare(Comparison.GE, Ops.iota(places, 2), Ops.iota(places, 3));
            return Ops.select(sees, there, Ops.fillLike(there, Double.NEGATIVE_INFINITY));
        }
    }
}
