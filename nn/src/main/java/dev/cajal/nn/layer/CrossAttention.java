package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.Surroundings.Source;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;

/// Attention of each position of a sequence to those of another one, the [source][dev.cajal.nn.Surroundings.Source] that [EncoderDecoder] tells of:
/// `softmax(q k^T / sqrt(size)) v` for each head, with queries that are weighted sums of the input, keys and values that are weighted sums of the source, and the heads side by
/// side through one more weighted sum. Padding of the source is not looked at.
///
/// - input, output: `[batch, positions, width]`; each head has `width / heads` numbers
/// - parameters: `query/kernel` `[width, width]`; `source/kernel` `[source width, 2 * width]`, the keys' columns before those of values; `output/kernel` `[width, width]`;
///   and their biases
///
/// In [dev.cajal.nn.Mode.Streaming] keys and values are made once, of the first piece.
///
/// D. Bahdanau, K. Cho, Y. Bengio, *Neural Machine Translation by Jointly Learning to Align and Translate*, 2015; in this form A. Vaswani et al., *Attention Is All You Need*, 2017.
///
/// @param heads of queries, keys and values
/// @param dropout share of the weights that training leaves out
/// @param biased whether the weighted sums have a bias
/// @param kernel the first elements of the kernels of queries, keys and values
/// @param outputKernel the first elements of the output's kernel
public record CrossAttention(int heads, double dropout, boolean biased, Initializer kernel, Initializer outputKernel)
        implements Layer {
    public CrossAttention {
        Inputs.requirePositive("The number of heads of CrossAttention", heads);
        Inputs.requireSetting(dropout >= 0 && dropout < 1, "The dropout of CrossAttention", dropout,
                "at least 0 and below 1");
    }

    /// Attention with some heads.
    public static CrossAttention of(int heads) {
        return new CrossAttention(heads, 0, true, Initializers.glorotUniform(), Initializers.glorotUniform());
    }

    /// The same leaving out a share of the weights in training.
    public CrossAttention withDropout(double share) {
        return new CrossAttention(heads, share, biased, kernel, outputKernel);
    }

    /// The same without biases.
    public CrossAttention withoutBias() {
        return new CrossAttention(heads, dropout, false, kernel, outputKernel);
    }

    /// The same with other first elements of the kernels.
    ///
    /// @param input of queries, keys and values
    public CrossAttention withKernels(Initializer input, Initializer output) {
        return new CrossAttention(heads, dropout, biased, input, output);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 3, "[batch, positions, width]");
        int width = x.dim(-1);
        if (x.shape().rank() != 3 || width % heads != 0) {
            throw new ShapeException("shape.cross-attention",
                    "%sCrossAttention takes inputs of shape [batch, positions, width], the width a multiple of its %s heads, but got %s.",
                    Origin.current().prefix(), heads, x.type());
        }
        Source source = scope.surroundings().source().orElseThrow(() -> new ShapeException("shape.source",
                "%sCrossAttention has no sequence to look at. Put it into the decoder of an EncoderDecoder, which has one.",
                Origin.current().prefix()));
        if (source.encoded().dim(0) != x.dim(0)) {
            throw new ShapeException("shape.source-batch",
                    "%sCrossAttention needs a source for each sequence, but there are %s sequences and %s sources.",
                    Origin.current().prefix(), x.dim(0), source.encoded().dim(0));
        }
        Tensor q = scope.call("query", WeightedSums.dense(width, kernel, biased), x);
        Tensor both = scope.once("keysAndValues",
                () -> scope.call("source", WeightedSums.dense(2 * width, kernel, biased), source.encoded()));
        int size = width / heads;
        Tensor queries = AttentionHeads.apart(q, size);
        Tensor keys = AttentionHeads.apart(both.slice(-1, 0, width), size);
        Tensor values = AttentionHeads.apart(both.slice(-1, width, 2 * width), size);
        AttentionHeads attention = new AttentionHeads(heads, heads, dropout);
        // Piece by piece there are few queries, for which nothing is worth packing.
        Tensor seen = attention.leavesOut(scope) || scope.streaming().isPresent()
                ? attention.attend(queries, AttentionHeads.exchanged(keys), AttentionHeads.exchanged(values),
                        scores -> AttentionHeads.withoutAbsent(scores, source.present()), scope)
                : queries.attend(keys, values, false, source.present());
        return scope.call("output", WeightedSums.dense(width, outputKernel, biased), AttentionHeads.together(seen));
    }
}
