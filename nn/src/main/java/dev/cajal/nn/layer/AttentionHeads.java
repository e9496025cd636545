package dev.cajal.nn.layer;

import dev.cajal.ir.Attention;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The arithmetic of attention: `softmax(q k^T / sqrt(size)) v` for each head.
///
/// @param count of queries
/// @param keyValueHeads heads of keys and values, each shared by as many heads of queries
/// @param dropout share of the weights that training leaves out
record AttentionHeads(int count, int keyValueHeads, double dropout) {
    /// `[batch, positions, heads * size]` as `[batch, positions, heads, size]`.
    static Tensor apart(Tensor x, int size) {
        return x.reshape(x.dim(0), x.dim(1), x.dim(2) / size, size);
    }

    /// `[batch, positions, heads, size]` as `[batch, positions, heads * size]`.
    static Tensor together(Tensor x) {
        return x.reshape(x.dim(0), x.dim(1), x.dim(2) * x.dim(3));
    }

    /// Positions and heads in each other's place.
    static Tensor exchanged(Tensor x) {
        return x.transpose(0, 2, 1, 3);
    }

    /// Scores of keys of which some are not there.
    ///
    /// @param scores `[batch, heads, queries, keys]`
    /// @param present which keys are there, `[batch, keys]`; empty if all are
    static Tensor withoutAbsent(Tensor scores, Optional<Tensor> present) {
        return present.map(some -> some.reshape(some.dim(0), 1, 1, some.dim(1)).choose(scores, Attention.ABSENT))
                .orElse(scores);
    }

    /// Whether weights are left out, for which they have to be in memory.
    boolean leavesOut(Scope scope) {
        return dropout > 0 && scope.isTraining();
    }

    /// What each query gathers, `[batch, queries, heads, size]`, by scores in memory, with which anything may be done.
    ///
    /// @param q `[batch, queries, heads, size]`
    /// @param k `[batch, keyValueHeads, keys, size]`, and likewise `v`
    /// @param mask what becomes of the scores, `[batch, heads, queries, keys]`, before the softmax; it may make them wider
    Tensor attend(Tensor q, Tensor k, Tensor v, UnaryOperator<Tensor> mask, Scope scope) {
        int batch = q.dim(0);
        int queries = q.dim(1);
        int keys = k.dim(2);
        int size = q.dim(3);
        // Heads of queries that share keys are rows of one product.
        Tensor grouped = exchanged(q).times(1 / Math.sqrt(size)).reshape(batch, keyValueHeads,
                count / keyValueHeads * queries, size);
        Tensor scores = grouped.matmul(k.swapAxes(-1, -2)).reshape(batch, count, queries, keys);
        Tensor weights = mask.apply(scores).softmax(-1).asType(scores.dtype());
        if (dropout > 0) {
            weights = scope.call("dropout", Dropout.of(dropout), weights);
        }
        return exchanged(weights.reshape(batch, keyValueHeads, count / keyValueHeads * queries, keys).matmul(v)
                .reshape(batch, count, queries, size));
    }
}
