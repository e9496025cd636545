package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.TANH;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.layer.Bias;
import dev.cajal.nn.layer.Branches;
import dev.cajal.nn.layer.ChannelSlice;
import dev.cajal.nn.layer.ConstantPadding;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.Rescaling;
import java.util.List;

/// The first convolutional network that was trained by backpropagation on a real task, reading zip codes: Y. LeCun, B. Boser, J. S. Denker, D. Henderson, R. E. Howard, W. Hubbard,
/// L. D. Jackel, *Backpropagation Applied to Handwritten Zip Code Recognition*, 1989, figure 3.
///
/// ```text
/// 16 x 16 -> H1 12 @ 8 x 8 -> H2 12 @ 4 x 4 -> H3 30 -> 10
/// ```
///
/// 9,760 parameters: weights are shared along a map, but each unit has a bias of its own. A map of H2 sees eight maps of H1; the paper does not say which, this is
/// [A. Karpathy's choice](https://github.com/karpathy/lecun1989-repro) (2022). The outputs are the sums before the last hyperbolic tangent.
final class LeNet1989 {
    private LeNet1989() {}

    static Layer network(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        layers.addAll(List.of(
                Rescaling.of(2, -1),
                ConstantPadding.of(2, -1), maps(12, 25), Bias.of(), TANH,
                ConstantPadding.of(2, -1),
                Branches.concatenated(
                        Sequential.of(ChannelSlice.of(0, 8), maps(4, 200)),
                        Sequential.of(ChannelSlice.of(4, 12), maps(4, 200)),
                        Sequential.of(Branches.concatenated(ChannelSlice.of(0, 4), ChannelSlice.of(8, 12)),
                                maps(4, 200))),
                Bias.of(), TANH,
                Flatten.of(),
                Dense.of(30, TANH).withKernel(weights(192)),
                Dense.of(spec.outputs()).withKernel(weights(30)).withBias(Initializers.constant(-1))));
        return Sequential.of(layers);
    }

    private static Layer maps(int count, int inputs) {
        return Conv2d.of(count, 5).withStrides(2).withKernel(weights(inputs)).withoutBias();
    }

    /// Page 548 of the paper.
    private static Initializer weights(int inputs) {
        double largest = 2.4 / Math.sqrt(inputs);
        return Initializers.uniform(-largest, largest);
    }
}
