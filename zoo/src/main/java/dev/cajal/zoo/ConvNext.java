package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.GELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.DepthwiseConv2d;
import dev.cajal.nn.layer.DropPath;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.LayerNorm;
import dev.cajal.nn.layer.LayerScale;
import dev.cajal.nn.layer.Residual;
import java.util.ArrayList;
import java.util.List;

/// A convolutional network with the ways of Transformers: Z. Liu et al., *A ConvNet for the 2020s*, 2022.
///
/// Sides of pictures have to be multiples of the stem's; behind it, a side that cannot be halved loses its last row, as in the authors' program.
///
/// A block adds to each pixel what a depthwise convolution of 7 x 7, a norm and two dense layers make of it, scaled down at first; deeper blocks are left out more often in training.
///
/// @param stem pixels of a side that become one
/// @param blocks of each stage; from the second on, a stage begins with half the size
/// @param width of the first stage, doubled with each
/// @param dropped how often the last block is left out
record ConvNext(int stem, List<Integer> blocks, int width, double dropped) {
    private static final LayerNorm NORM = LayerNorm.of().withEpsilon(1e-6);
    private static final Initializer KERNEL = Initializers.truncatedNormal(0.02);
    private static final double FIRST_SCALE = 1e-6;

    /// ConvNeXt-T: 28,589,128 parameters for 1,000 classes, as torchvision counts them.
    static Layer tiny(ModelSpec spec) {
        return new ConvNext(4, List.of(3, 3, 9, 3), 96, 0.1).network(spec);
    }

    /// A small one for small pictures.
    static Layer small(ModelSpec spec) {
        return new ConvNext(2, List.of(1, 1, 2), 32, 0.05).network(spec);
    }

    private Layer network(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        layers.add(Conv2d.of(width, stem).withStrides(stem).withKernel(KERNEL));
        layers.add(NORM);
        int all = blocks.stream().mapToInt(Integer::intValue).sum();
        int before = 0;
        for (int stage = 0; stage < blocks.size(); stage++) {
            int channels = width << stage;
            if (stage > 0) {
                layers.add(NORM);
                layers.add(Conv2d.of(channels, 2).withStrides(2).withKernel(KERNEL));
            }
            for (int i = 0; i < blocks.get(stage); i++) {
                layers.add(block(channels, dropped * before++ / Math.max(1, all - 1)));
            }
        }
        layers.addAll(List.of(GlobalPooling.average(), NORM, Dense.of(spec.outputs()).withKernel(KERNEL)));
        return Sequential.of(layers);
    }

    private static Layer block(int channels, double dropped) {
        List<Layer> branch = new ArrayList<>(List.of(
                DepthwiseConv2d.of(7).withPadding(3).withKernel(KERNEL), NORM,
                Dense.of(4 * channels, GELU).withKernel(KERNEL), Dense.of(channels).withKernel(KERNEL),
                LayerScale.of(FIRST_SCALE)));
        if (dropped > 0) {
            branch.add(DropPath.of(dropped));
        }
        return Residual.of(Sequential.of(branch));
    }
}
