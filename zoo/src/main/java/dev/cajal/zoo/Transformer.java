package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.initializer.Initializers.glorotUniform;
import static dev.cajal.nn.initializer.Initializers.normal;
import static dev.cajal.nn.initializer.Initializers.uniform;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.layer.CrossAttention;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.EncoderDecoder;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.PositionEmbedding;
import dev.cajal.nn.layer.Rescaling;
import dev.cajal.nn.layer.SinusoidalPositions;
import dev.cajal.nn.layer.TiedEmbedding;
import java.util.ArrayList;
import java.util.List;

/// The Transformer that translates: A. Vaswani et al., *Attention Is All You Need*, 2017.
///
/// Encoder and decoder are blocks that normalise last; those of the decoder look back at the translation so far, then at what the encoder made of the source. Vectors of tokens are multiplied by
/// `sqrt(width)`, positions are added.
///
/// Beyond the paper there are dropout behind the hidden units of a block, as in most programs since, and the biases of attention's four products.
///
/// @param blocks of each side, one behind the other
/// @param heads of attention
/// @param width numbers for each position
/// @param hidden units between the two dense layers of a block
/// @param dropout at the end of each branch, behind its hidden units, and behind the sum of token and position
/// @param dropoutOfWeights share of the weights of attention that training leaves out
record Transformer(int blocks, int heads, int width, int hidden, double dropout, double dropoutOfWeights) {
    private static final double DROPOUT = 0.1;

    /// The base model of the paper: 6 + 6 blocks, 8 heads, 512 wide, waves for positions, and the table of the target's tokens at its output, too, which is that of the source where there is one vocabulary:
    /// 44,138,496 parameters besides the tables. With the paper's 37,000 tokens that is 63,082,496; its table 3 says 65 million, which would take 40,700 tokens, and does not say of what they are made.
    static Layer base(ModelSpec spec) {
        var transformer = new Transformer(6, 8, 512, 2048, DROPOUT, 0);
        Initializer table = normal(Math.sqrt(1.0 / transformer.width));
        List<Layer> encoder = transformer.encoder(SinusoidalPositions.of());
        List<Layer> decoder = transformer.decoder(SinusoidalPositions.of());
        if (spec.oneVocabulary()) {
            return EncoderDecoder.of(spec.padding(), Sequential.of(encoder), Sequential.of(decoder))
                    .withTable(Embedding.of(spec.tokens(), transformer.width).withTable(table));
        }
        encoder.addFirst(Embedding.of(spec.tokens(), transformer.width).withTable(table));
        return EncoderDecoder.of(spec.padding(), Sequential.of(encoder),
                TiedEmbedding.of(spec.outputs(), transformer.width, Sequential.of(decoder)).withTable(table));
    }

    /// A small one for some ten thousand pairs, that of [B. Trevett's tutorial](https://github.com/bentrevett/pytorch-seq2seq): 3 + 3 blocks, 8 heads, 256 wide, learned positions, a table for each side; 9,038,853
    /// parameters for 7,855 and 5,893 tokens and 100 positions. The tables of tokens and positions begin as its kernels do.
    static Layer small(ModelSpec spec) {
        var transformer = new Transformer(3, 8, 256, 512, DROPOUT, DROPOUT);
        List<Layer> encoder = transformer.encoder(learned(spec));
        List<Layer> decoder = transformer.decoder(learned(spec));
        encoder.addFirst(Embedding.of(spec.tokens(), transformer.width).withTable(glorotUniform()));
        decoder.addFirst(Embedding.of(spec.outputs(), transformer.width).withTable(glorotUniform()));
        decoder.addLast(Dense.of(spec.outputs()));
        return EncoderDecoder.of(spec.padding(), Sequential.of(encoder), Sequential.of(decoder));
    }

    private static Layer learned(ModelSpec spec) {
        return PositionEmbedding.of(spec.length()).withTable(glorotUniform());
    }

    private List<Layer> encoder(Layer positions) {
        return side(positions, List.of(attention(false)));
    }

    private List<Layer> decoder(Layer positions) {
        return side(positions, List.of(attention(true),
                CrossAttention.of(heads).withDropout(dropoutOfWeights).withKernels(ofEach(), glorotUniform())));
    }

    private MultiHeadAttention attention(boolean causal) {
        return MultiHeadAttention.of(heads).withCausal(causal).withDropout(dropoutOfWeights)
                .withKernels(ofEach(), glorotUniform());
    }

    /// Glorot's numbers for the kernels of queries, keys and values by themselves, which here are one.
    private Initializer ofEach() {
        double largest = Math.sqrt(6.0 / (width + width));
        return uniform(-largest, largest);
    }

    private List<Layer> side(Layer positions, List<Layer> attention) {
        List<Layer> layers = new ArrayList<>(List.of(Rescaling.of(Math.sqrt(width), 0), positions));
        layers.addAll(PreNormBlocks.dropout(dropout));
        List<Layer> units = new ArrayList<>(List.of(Dense.of(hidden, RELU).withKernel(glorotUniform())));
        units.addAll(PreNormBlocks.dropout(dropout));
        layers.addAll(new PostNormBlocks(blocks, LayerNorm.of(), attention,
                Sequential.of(units), Dense.of(width), dropout).layers());
        return layers;
    }
}
