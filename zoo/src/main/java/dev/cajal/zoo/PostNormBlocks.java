package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.Residual;
import java.util.ArrayList;
import java.util.List;

/// Blocks of a Transformer that normalise last: `norm(x + attention(x))`, then `norm(x + last(first(x)))` for each position by itself.
///
/// A. Vaswani et al., *Attention Is All You Need*, 2017.
///
/// @param blocks one behind the other
/// @param norm behind each sum
/// @param attention of the first branches, one each: to the sequence itself, then, in a decoder, to the source
/// @param first dense layer of the last branch, and what follows it
/// @param last dense layer of the last branch
/// @param dropout at the end of each branch
record PostNormBlocks(
        int blocks, LayerNorm norm, List<Layer> attention, Layer first, Layer last, double dropout) {
    /// The blocks.
    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            attention.forEach(each -> layers.addAll(branch(each)));
            layers.addAll(branch(first, last));
        }
        return layers;
    }

    private List<Layer> branch(Layer... inside) {
        List<Layer> branch = new ArrayList<>(List.of(inside));
        branch.addAll(PreNormBlocks.dropout(dropout));
        return List.of(Residual.of(Sequential.of(branch)), norm);
    }
}
