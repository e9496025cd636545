package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.GELU;
import static dev.cajal.nn.activation.Activations.GELU_TANH;
import static dev.cajal.nn.initializer.Initializers.normal;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.PositionEmbedding;
import dev.cajal.nn.layer.TiedEmbedding;
import java.util.ArrayList;
import java.util.List;

/// Language models of the kind of GPT-2: A. Radford et al., *Language Models are Unsupervised Multitask Learners*, 2019.
///
/// A block adds to each position what attention gathers from those before, and then what two dense layers make of it; each looks at the layer-normalised input. The table of tokens
/// stands at both ends. Kernels begin with normal numbers of deviation 0.02, those that end a branch with `0.02 / sqrt(2 blocks)`, so that the sum of all branches stays small.
///
/// @param blocks one behind the other
/// @param heads of attention
/// @param width numbers for each position
/// @param biased whether dense layers, attention and norms have biases
/// @param activation between the two dense layers of a block
/// @param dropout behind the table and each branch, and of attention's weights
record Gpt(int blocks, int heads, int width, boolean biased, Activation activation, double dropout) {
    private static final double DEVIATION = 0.02;

    /// The size of nanoGPT's example for a CPU: 4 blocks, 4 heads, 128 wide, without biases; 804,096 parameters for 65 characters and pieces of 64.
    static Layer small(ModelSpec spec) {
        return new Gpt(4, 4, 128, false, GELU, spec.dropout()).network(spec);
    }

    /// The size of nanoGPT's example for a GPU: 6 blocks, 6 heads, 384 wide, without biases; 10,745,088 parameters for 65 characters and pieces of 256.
    static Layer medium(ModelSpec spec) {
        return new Gpt(6, 6, 384, false, GELU, spec.dropout()).network(spec);
    }

    /// GPT-2's smallest: 12 blocks, 12 heads, 768 wide; 124,439,808 parameters for its 50,257 tokens and pieces of 1,024.
    static Layer second(ModelSpec spec) {
        return new Gpt(12, 12, 768, true, GELU_TANH, spec.dropout()).network(spec);
    }

    private Layer network(ModelSpec spec) {
        // What ends a branch begins small.
        Initializer ending = normal(DEVIATION / Math.sqrt(2 * blocks));
        MultiHeadAttention attention = MultiHeadAttention.causal(heads).withDropout(dropout)
                .withKernels(normal(DEVIATION), ending);
        var transformer = new PreNormBlocks(
                blocks,
                biased ? LayerNorm.of() : LayerNorm.of().withoutBias(),
                List.of(biased ? attention : attention.withoutBias()),
                dense(Dense.of(4 * width, activation).withKernel(normal(DEVIATION))),
                dense(Dense.of(width).withKernel(ending)),
                dropout);
        List<Layer> body = new ArrayList<>(List.of(PositionEmbedding.of(spec.length())));
        body.addAll(PreNormBlocks.dropout(dropout));
        body.addAll(transformer.layers());
        return TiedEmbedding.of(spec.outputs(), width, Sequential.of(body));
    }

    private Dense dense(Dense dense) {
        return biased ? dense : dense.withoutBias();
    }
}
