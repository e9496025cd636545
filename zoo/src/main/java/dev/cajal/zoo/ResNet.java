package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Convolution;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.MaxPool2d;
import dev.cajal.nn.layer.Residual;
import java.util.List;

/// Residual networks: K. He, X. Zhang, S. Ren, J. Sun, *Deep Residual Learning for Image Recognition*, 2015.
///
/// A block computes `relu(x + f(x))`, where `f` is two convolutions of 3 x 3 (basic), or 1 x 1, 3 x 3 and 1 x 1 with four times the channels behind
/// (bottleneck), each with batch normalisation behind it. Where the number of channels or the size changes, `x` goes through a convolution of 1 x 1.
final class ResNet {
    private ResNet() {}

    /// Table 1 of the paper, 18 layers: 11,689,512 parameters for 1,000 classes.
    static Layer of18(ModelSpec spec) {
        return imageNet(spec, List.of(2, 2, 2, 2), false);
    }

    /// 34 layers: 21,797,672 parameters for 1,000 classes.
    static Layer of34(ModelSpec spec) {
        return imageNet(spec, List.of(3, 4, 6, 3), false);
    }

    /// 50 layers, bottlenecks: 25,557,032 parameters for 1,000 classes. The second convolution of a block does the stride, as in torchvision's.
    static Layer of50(ModelSpec spec) {
        return imageNet(spec, List.of(3, 4, 6, 3), true);
    }

    /// A small one for small pictures, section 4.2 of the paper with one block for each size and twice the channels (32, 64 and 128): eight layers of weights. Where size and channels change, `x` goes
    /// through a convolution as in the large ones; in that section it is thinned out and filled up with zeros. Trained for
    /// more than some epochs it knows ten thousands of pictures by heart: `RandomTranslation.of(1)` and `RandomErasing.of(0.3)` before it help, as the command line has them.
    static Layer small(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        layers.addAll(List.of(convolution(32, 3, 1), BatchNorm.of(), RELU));
        addBlocks(layers, List.of(1, 1, 1), 32, 32, false);
        layers.addAll(List.of(GlobalPooling.average(), Dense.of(spec.outputs())));
        return Sequential.of(layers);
    }

    private static Layer imageNet(ModelSpec spec, List<Integer> blocks, boolean bottleneck) {
        List<Layer> layers = Images.input(spec);
        layers.addAll(List.of(
                convolution(64, 7, 2), BatchNorm.of(), RELU, MaxPool2d.of(3).withStrides(2).withPadding(1)));
        addBlocks(layers, blocks, 64, 64, bottleneck);
        layers.addAll(List.of(GlobalPooling.average(), Dense.of(spec.outputs())));
        return Sequential.of(layers);
    }

    /// @param blocks of each stage; from the second stage on, the first block halves the size and doubles the width
    /// @param before channels that come in
    private static void addBlocks(List<Layer> layers, List<Integer> blocks, int before, int first, boolean bottleneck) {
        int channels = before;
        for (int stage = 0; stage < blocks.size(); stage++) {
            int width = first << stage;
            int made = bottleneck ? 4 * width : width;
            for (int block = 0; block < blocks.get(stage); block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                Residual residual = Residual.of(bottleneck ? bottleneck(width, stride) : basic(width, stride));
                layers.add(channels == made && stride == 1
                        ? residual
                        : residual.withProjection(Sequential.of(convolution(made, 1, stride), BatchNorm.of())));
                layers.add(RELU);
                channels = made;
            }
        }
    }

    private static Layer basic(int width, int stride) {
        return Sequential.of(
                convolution(width, 3, stride), BatchNorm.of(), RELU, convolution(width, 3, 1), BatchNorm.of());
    }

    private static Layer bottleneck(int width, int stride) {
        return Sequential.of(
                convolution(width, 1, 1), BatchNorm.of(), RELU, convolution(width, 3, stride), BatchNorm.of(), RELU,
                convolution(4 * width, 1, 1), BatchNorm.of());
    }

    private static Convolution convolution(int filters, int size, int stride) {
        return Conv2d.of(filters, size).withKernel(RELU.kernelInitializer()).withStrides(stride).withPadding(size / 2)
                .withoutBias();
    }
}
