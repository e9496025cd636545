package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.GELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.ClassToken;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.MultiHeadAttention;
import dev.cajal.nn.layer.PositionEmbedding;
import dev.cajal.nn.layer.PositionSlice;
import dev.cajal.nn.layer.Reshape;
import java.util.List;

/// A picture as a sequence of patches: A. Dosovitskiy et al., *An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale*, 2021.
///
/// Each patch becomes a row of numbers; a learned row stands before them, in which the blocks gather what the class is read from.
///
/// The class is read by one dense layer, as the paper's is when it is trained further. [Dropout][ModelSpec] is behind the positions and each branch; the paper (appendix B.1) has it behind the hidden units of a
/// block, too. Positions and the row begin as in the paper's program; kernels as everywhere here, where that has Glorot's numbers for each of queries, keys and values, and zeros for the classes. Sides of
/// pictures have to be multiples of a patch's.
///
/// @param patch pixels of a side
/// @param blocks of the Transformer
/// @param heads of attention
/// @param width numbers for each patch
record VisionTransformer(int patch, int blocks, int heads, int width) {
    /// ViT-B/16: 86,567,656 parameters for pictures of 224 x 224 and 1,000 classes, as torchvision counts them.
    static Layer base(ModelSpec spec) {
        return new VisionTransformer(16, 12, 12, 768).network(spec);
    }

    /// A small one for small pictures: patches of 4 x 4, 6 blocks, 4 heads, 96 wide.
    static Layer small(ModelSpec spec) {
        return new VisionTransformer(4, 6, 4, 96).network(spec);
    }

    private Layer network(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        int patches = spec.input().dim(0) / patch * (spec.input().dim(1) / patch);
        layers.add(Conv2d.of(width, patch).withStrides(patch));
        layers.add(Reshape.of(patches, width));
        layers.add(ClassToken.of());
        layers.add(PositionEmbedding.of(patches + 1));
        layers.addAll(PreNormBlocks.dropout(spec.dropout()));
        layers.addAll(new PreNormBlocks(blocks, LayerNorm.of().withEpsilon(1e-6), List.of(MultiHeadAttention.of(heads)),
                Dense.of(4 * width, GELU), Dense.of(width), spec.dropout()).layers());
        layers.add(PositionSlice.of(0));
        layers.add(Dense.of(spec.outputs()));
        return Sequential.of(layers);
    }
}
