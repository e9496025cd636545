package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.GELU;
import static dev.cajal.nn.activation.Activations.TANH;
import static dev.cajal.nn.initializer.Initializers.truncatedNormal;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.Padded;
import dev.cajal.nn.layer.PositionEmbedding;
import java.util.ArrayList;
import java.util.List;

/// Transformer encoders of the kind of BERT, as classifiers that are trained from the beginning: J. Devlin et al., *BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding*, 2019; the
/// small sizes are those of I. Turc et al., *Well-Read Students Learn Better*, 2019.
///
/// Vectors of tokens and of positions are added and normalised; blocks that normalise last follow. Then come the mean of all positions, the dense layer with a hyperbolic tangent that BERT calls pooler, and
/// the classes. BERT reads the class from a token `[CLS]` of its own, which pre-training makes good use of, and the mean does not need; its vectors for the first and the second of two texts are not here either.
///
/// @param blocks one behind the other
/// @param heads of attention
/// @param width numbers for each position
record Bert(int blocks, int heads, int width) {
    private static final double DROPOUT = 0.1;
    private static final Initializer KERNEL = truncatedNormal(0.02);

    /// 2 blocks, 2 heads, 128 wide.
    static Layer tiny(ModelSpec spec) {
        return new Bert(2, 2, 128).network(spec);
    }

    /// 4 blocks, 8 heads, 512 wide.
    static Layer small(ModelSpec spec) {
        return new Bert(4, 8, 512).network(spec);
    }

    /// 12 blocks, 12 heads, 768 wide: with BERT's 30,522 tokens and 512 positions 109,482,240 parameters less two rows of 768 for the kinds of text, before the classes.
    static Layer base(ModelSpec spec) {
        return new Bert(12, 12, 768).network(spec);
    }

    private Layer network(ModelSpec spec) {
        LayerNorm norm = LayerNorm.of().withEpsilon(1e-12);
        var encoder = new PostNormBlocks(
                blocks, norm,
                List.of(MultiHeadAttention.of(heads).withDropout(DROPOUT).withKernels(KERNEL, KERNEL)),
                Dense.of(4 * width, GELU).withKernel(KERNEL),
                Dense.of(width).withKernel(KERNEL),
                DROPOUT);
        List<Layer> layers = new ArrayList<>(List.of(
                Embedding.of(spec.tokens(), width).withTable(KERNEL),
                PositionEmbedding.of(spec.length()).withTable(KERNEL),
                norm, Dropout.of(DROPOUT)));
        layers.addAll(encoder.layers());
        layers.addAll(List.of(
                GlobalPooling.average(),
                Dense.of(width, TANH).withKernel(KERNEL), Dropout.of(DROPOUT),
                Dense.of(spec.outputs()).withKernel(KERNEL)));
        return Padded.of(spec.padding(), Sequential.of(layers));
    }
}
