package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;

/// Layers for sequences of tokens of which the shorter ones are filled up: whatever stands where the tokens are `padding` has no influence on what comes out for the others. Then a
/// batch of sequences of several lengths gives what each gives by itself.
///
/// - input: `[batch, positions]`, whole numbers
/// - output: that of the body
/// - parameters: those of the body, below `body`
///
/// Inside, [Embedding] gives zeros for padding, [attention][MultiHeadAttention] does not look at it, a [Recurrent] layer keeps its state there and gives zeros, so that the
/// output of the last position is that of the last token, convolutions ([Conv1d], [DepthwiseConv1d], [ConvTranspose1d]) see zeros, as they do behind an end, pooling ([GlobalPooling], [MaxPool1d],
/// [AveragePool1d]) and the means of [BatchNorm], [GroupNorm] and [InstanceNorm] leave it out, and a [PositionSlice] from the end counts tokens. What cannot do without it says so ([AdaptivePooling], linear
/// [UpSampling]). Other layers take each position by itself, or change the number of positions, and must not stand before one of these. Of what has been reshaped to something else than
/// `[batch, positions, features]`, padding is no longer known. In [dev.cajal.nn.Mode.Streaming] nothing is padding.
///
/// @param padding the token that only fills up
/// @param body what is applied to the tokens
public record Padded(int padding, Layer body) implements Layer {
    /// Layers that leave out a token.
    public static Padded of(int padding, Layer body) {
        return new Padded(padding, body);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        if (x.shape().rank() != 2 || !x.dtype().isInteger()) {
            throw new ShapeException("shape.padded",
                    "%sPadded takes tokens, whole numbers of shape [batch, positions], but got %s.",
                    Origin.current().prefix(), x.type());
        }
        return scope.streaming().isPresent()
                ? scope.call("body", body, x)
                : scope.with(scope.surroundings().withPresent(x.ne(padding))).call("body", body, x);
    }
}
