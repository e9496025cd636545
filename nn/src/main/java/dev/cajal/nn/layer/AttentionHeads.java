package dev.cajal.nn.layer;

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
    /// The score of what is not there, whose weight then is 0. Not minus infinity: a position that sees padding only would see nothing, and give NaN.
    private static final double ABSENT = -1e30;

    /// `[batch, positions, heads * size]` as `[batch, heads, positions, size]`.
    static Tensor apart(Tensor x, int size) {
        return x.reshape(x.dim(0), x.dim(1), x.dim(2) / size, size).transpose(0, 2, 1, 3);
    }

    /// `[batch, heads, positions, size]` as `[batch, positions, heads * size]`.
    static Tensor together(Tensor x) {
        return x.transpose(0, 2, 1, 3).reshape(x.dim(0), x.dim(2), x.dim(1) * x.dim(3));
    }

    /// Scores of keys of which some are not there.
    ///
    /// @param scores `[batch, heads, queries, keys]`
    /// @param present which keys are there, `[batch, keys]`; empty if all are
    static Tensor withoutAbsent(Tensor scores, Optional<Tensor> present) {
        return present.map(some -> some.reshape(some.dim(0), 1, 1, some.dim(1)).choose(scores, ABSENT)).orElse(scores);
    }

    /// What each query gathers, `[batch, heads, queries, size]`.
    ///
    /// @param q `[batch, heads, queries, size]`
    /// @param k `[batch, keyValueHeads, keys, size]`, and likewise `v`
    /// @param mask what becomes of the scores, `[batch, heads, queries, keys]`, before the softmax
    Tensor attend(Tensor q, Tensor k, Tensor v, UnaryOperator<Tensor> mask, Scope scope) {
        int batch = q.dim(0);
        int queries = q.dim(2);
        int keys = k.dim(2);
        int size = q.dim(3);
        // Heads of queries that share keys are rows of one product.
        Tensor grouped = q.times(1 / Math.sqrt(size)).reshape(batch, keyValueHeads, count / keyValueHeads * queries,
                size);
        Tensor scores = grouped.matmul(k.swapAxes(-1, -2)).reshape(batch, count, queries, keys);
        Tensor weights = mask.apply(scores).softmax(-1);
        if (dropout > 0) {
            weights = scope.call("dropout", Dropout.of(dropout), weights);
        }
        return weights.reshape(batch, keyValueHeads, count / keyValueHeads * queries, keys).matmul(v)
                .reshape(batch, count, queries, size);
    }
}
