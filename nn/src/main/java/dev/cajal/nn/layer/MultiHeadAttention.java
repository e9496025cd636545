package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;

/// Attention of each position of a sequence to the others: `softmax(q k^T / sqrt(size)) v` for each head, with queries, keys and values that are weighted sums of the
/// input, and the heads side by side through one more weighted sum.
///
/// - input, output: `[batch, positions, width]`; each head has `width / heads` numbers
/// - parameters: `input/kernel` `[width, (heads + 2 * keyValueHeads) * size]`, the queries' columns before those of keys and values; `output/kernel` `[width, width]`; and
///   their biases
///
/// In [Mode.Streaming] it remembers keys and values, so that a further position costs one row of scores. There is room for as many positions as the mode's capacity, which a sequence must not outgrow.
///
/// A. Vaswani et al., *Attention Is All You Need*, 2017. With fewer heads for keys and values: J. Ainslie et al., *GQA: Training Generalized Multi-Query Transformer Models*, 2023.
///
/// @param heads of queries
/// @param keyValueHeads heads of keys and values, each shared by as many heads of queries
/// @param causal whether a position sees itself and those before only
/// @param positions how it knows where they are
/// @param dropout share of the weights that training leaves out
/// @param biased whether the weighted sums have a bias
/// @param kernel the first elements of the input's kernel
/// @param outputKernel the first elements of the output's kernel
public record MultiHeadAttention(
        int heads,
        int keyValueHeads,
        boolean causal,
        AttentionPositions positions,
        double dropout,
        boolean biased,
        Initializer kernel,
        Initializer outputKernel) implements Layer {
    public MultiHeadAttention {
        Inputs.requirePositive("The number of heads of MultiHeadAttention", heads);
        Inputs.requirePositive("The number of heads for keys and values of MultiHeadAttention", keyValueHeads);
        Inputs.requireSetting(heads % keyValueHeads == 0,
                "The number of heads for keys and values of MultiHeadAttention",
                keyValueHeads, "a divisor of the number of heads");
        Inputs.requireSetting(dropout >= 0 && dropout < 1, "The dropout of MultiHeadAttention", dropout,
                "at least 0 and below 1");
    }

    /// Each position sees all others.
    public static MultiHeadAttention of(int heads) {
        return new MultiHeadAttention(heads, heads, false, new AttentionPositions.None(), 0, true,
                Initializers.glorotUniform(), Initializers.glorotUniform());
    }

    /// Each position sees itself and those before, as a language model needs it.
    public static MultiHeadAttention causal(int heads) {
        return of(heads).withCausal(true);
    }

    /// The same looking back only, or not.
    public MultiHeadAttention withCausal(boolean back) {
        return new MultiHeadAttention(heads, keyValueHeads, back, positions, dropout, biased, kernel, outputKernel);
    }

    /// The same with fewer heads for keys and values.
    public MultiHeadAttention withKeyValueHeads(int count) {
        return new MultiHeadAttention(heads, count, causal, positions, dropout, biased, kernel, outputKernel);
    }

    /// The same with positions.
    public MultiHeadAttention withPositions(AttentionPositions other) {
        return new MultiHeadAttention(heads, keyValueHeads, causal, other, dropout, biased, kernel, outputKernel);
    }

    /// The same with [AttentionPositions.Rotary] of base 10,000.
    public MultiHeadAttention withRotaryPositions() {
        return withPositions(new AttentionPositions.Rotary(10_000));
    }

    /// The same leaving out a share of the weights in training.
    public MultiHeadAttention withDropout(double share) {
        return new MultiHeadAttention(heads, keyValueHeads, causal, positions, share, biased, kernel, outputKernel);
    }

    /// The same without biases.
    public MultiHeadAttention withoutBias() {
        return new MultiHeadAttention(heads, keyValueHeads, causal, positions, dropout, false, kernel, outputKernel);
    }

    /// The same with other first elements of both kernels.
    public MultiHeadAttention withKernels(Initializer input, Initializer output) {
        return new MultiHeadAttention(heads, keyValueHeads, causal, positions, dropout, biased, input, output);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, positions, width]");
        int width = x.dim(-1);
        int size = width / heads;
        if (x.shape().rank() != 3 || width % heads != 0
                || positions instanceof AttentionPositions.Rotary && size % 2 != 0) {
            throw new ShapeException("shape.attention",
                    "%sMultiHeadAttention takes inputs of shape [batch, positions, width], the width a multiple of its %s heads (of twice as many with rotary positions), but got %s.",
                    Origin.current().prefix(), heads, x.type());
        }
        Tensor all = scope.call("input", WeightedSums.dense((heads + 2 * keyValueHeads) * size, kernel, biased), x);
        int queries = heads * size;
        int keys = queries + keyValueHeads * size;
        Tensor q = AttentionHeads.apart(all.slice(-1, 0, queries), size);
        Tensor k = AttentionHeads.apart(all.slice(-1, queries, keys), size);
        Tensor v = AttentionHeads.apart(all.slice(-1, keys, all.dim(-1)), size);
        Tensor seen = scope.streaming().map(streaming -> stream(q, k, v, streaming, scope))
                .orElseGet(() -> whole(x, q, k, v, scope));
        return scope.call("output", WeightedSums.dense(width, outputKernel, biased), AttentionHeads.together(seen));
    }

    private Tensor whole(Tensor x, Tensor q, Tensor k, Tensor v, Scope scope) {
        Tensor places = Tensor.range(q.dim(1), DType.I32);
        Tensor queries = positions.turn(q, places);
        Tensor keys = positions.turn(k, places);
        Optional<Tensor> present = scope.surroundings().present(x);
        boolean byScores = positions instanceof AttentionPositions.LinearBias || arithmetic().leavesOut(scope);
        return byScores
                ? attend(queries, AttentionHeads.exchanged(keys), AttentionHeads.exchanged(v), places, places, present,
                        scope)
                : queries.attend(keys, v, causal, present);
    }

    private AttentionHeads arithmetic() {
        return new AttentionHeads(heads, keyValueHeads, dropout);
    }

    /// Of a piece, which sees what was remembered. What comes later than the piece is not there yet.
    private Tensor stream(Tensor q, Tensor k, Tensor v, Mode.Streaming streaming, Scope scope) {
        if (!causal) {
            throw new ShapeException("shape.attention-streaming",
                    "%sMultiHeadAttention that sees what comes later cannot be used piece by piece. Use MultiHeadAttention.causal(%s), or give whole sequences.",
                    Origin.current().prefix(), heads);
        }
        streaming.requireRoom(q.dim(1));
        Tensor places = Tensor.range(q.dim(1), DType.I32).plus(streaming.position());
        Tensor keys = remembered("keys", positions.turn(k, places), streaming, scope);
        Tensor values = remembered("values", v, streaming, scope);
        return attend(positions.turn(q, places), keys, values, places, Tensor.range(streaming.capacity(), DType.I32),
                Optional.empty(), scope);
    }

    /// All that there is, `[batch, keyValueHeads, capacity, size]`, in the order in which scores want it.
    private static Tensor remembered(String name, Tensor piece, Mode.Streaming streaming, Scope scope) {
        Tensor added = AttentionHeads.exchanged(piece);
        Shape room = added.shape().withDim(2, streaming.capacity());
        Tensor all = scope.recall(name, new TensorType(piece.dtype(), room)).replace(2, streaming.position(), added);
        scope.remember(name, all);
        return all;
    }

    /// By scores.
    ///
    /// @param q `[batch, positions, heads, size]`
    /// @param k `[batch, keyValueHeads, positions, size]`, and likewise `v`
    /// @param queryPlaces of the queries, `[queries]`, i32; likewise `keyPlaces`
    /// @param present which keys are there, `[batch, keys]`; empty if all are
    private Tensor attend(Tensor q, Tensor k, Tensor v, Tensor queryPlaces, Tensor keyPlaces, Optional<Tensor> present,
            Scope scope) {
        Tensor distance = queryPlaces.expandDims(1).minus(keyPlaces.expandDims(0));
        return arithmetic().attend(q, k, v, scores -> {
            Tensor there = AttentionHeads.withoutAbsent(positions.shift(scores, distance), present);
            return causal ? distance.ge(0).choose(there, Double.NEGATIVE_INFINITY) : there;
        }, scope);
    }

    /// What belongs to these settings besides numbers, for whoever writes configurations to files.
    static List<Class<?>> settings() {
        return List.of(AttentionPositions.None.class, AttentionPositions.Rotary.class,
                AttentionPositions.LinearBias.class);
    }
}
