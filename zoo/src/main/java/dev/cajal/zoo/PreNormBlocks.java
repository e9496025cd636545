package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.Residual;
import java.util.ArrayList;
import java.util.List;

/// Blocks of a Transformer that normalise first: `x + attention(norm(x))`, then `x + last(first(norm(x)))` for each position by itself.
///
/// R. Xiong et al., *On Layer Normalization in the Transformer Architecture*, 2020.
///
/// @param blocks one behind the other
/// @param norm before each branch, and behind all
/// @param attention of the first branches, one each: to the sequence itself, then, in a decoder, to the source
/// @param first dense layer of the last branch
/// @param last dense layer of the last branch
/// @param dropout at the end of each branch
record PreNormBlocks(
        int blocks, LayerNorm norm, List<Layer> attention, Dense first, Dense last, double dropout) {
    /// The blocks, and the norm behind them.
    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            attention.forEach(each -> layers.add(branch(each)));
            layers.add(branch(first, last));
        }
        layers.add(norm);
        return layers;
    }

    private Layer branch(Layer... inside) {
        List<Layer> branch = new ArrayList<>(List.of(norm));
        branch.addAll(List.of(inside));
        branch.addAll(dropout(dropout));
        return Residual.of(Sequential.of(branch));
    }

    /// Dropout, if some is wanted.
    static List<Layer> dropout(double share) {
        return share > 0 ? List.of(Dropout.of(share)) : List.of();
    }
}
