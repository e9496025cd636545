package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.RELU6;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Convolution;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.DepthwiseConv2d;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.Residual;
import java.util.ArrayList;
import java.util.List;

/// MobileNet-v2: M. Sandler, A. Howard, M. Zhu, A. Zhmoginov, L.-C. Chen, *MobileNetV2: Inverted Residuals and Linear Bottlenecks*, 2018, table 2.
///
/// A block makes many channels of few (1 x 1), filters each of them by itself (3 x 3, depthwise), and makes few of them again (1 x 1), without an activation behind: a rectifier would throw
/// away what little there is. The few are what goes around the block.
final class MobileNet {
    private static final List<Stage> STAGES = List.of(
            new Stage(1, 16, 1, 1), new Stage(6, 24, 2, 2), new Stage(6, 32, 3, 2), new Stage(6, 64, 4, 2),
            new Stage(6, 96, 3, 1), new Stage(6, 160, 3, 2), new Stage(6, 320, 1, 1));

    private MobileNet() {}

    /// A row of table 2.
    ///
    /// @param expansion how many times as many channels are inside of a block
    /// @param channels between blocks
    /// @param stride of the first of them
    private record Stage(int expansion, int channels, int blocks, int stride) {}

    /// 3,504,872 parameters for 1,000 classes.
    static Layer second(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        addConvolution(layers, 32, 3, 2);
        int channels = 32;
        for (Stage stage : STAGES) {
            for (int block = 0; block < stage.blocks(); block++) {
                int stride = block == 0 ? stage.stride() : 1;
                Layer bottleneck = bottleneck(channels * stage.expansion(), channels, stage.channels(), stride);
                boolean around = stride == 1 && channels == stage.channels();
                layers.add(around ? Residual.of(bottleneck) : bottleneck);
                channels = stage.channels();
            }
        }
        addConvolution(layers, 1280, 1, 1);
        layers.addAll(List.of(GlobalPooling.average(), Dropout.of(0.2), Dense.of(spec.outputs())));
        return Sequential.of(layers);
    }

    /// @param inside channels that are filtered
    private static Layer bottleneck(int inside, int before, int after, int stride) {
        List<Layer> layers = new ArrayList<>();
        if (inside != before) {
            addConvolution(layers, inside, 1, 1);
        }
        layers.addAll(List.of(
                DepthwiseConv2d.of(3).withKernel(RELU6.kernelInitializer()).withStrides(stride).withPadding(1)
                        .withoutBias(),
                BatchNorm.of(), RELU6, convolution(after, 1, 1), BatchNorm.of()));
        return Sequential.of(layers);
    }

    private static void addConvolution(List<Layer> layers, int filters, int size, int stride) {
        layers.addAll(List.of(convolution(filters, size, stride), BatchNorm.of(), RELU6));
    }

    private static Convolution convolution(int filters, int size, int stride) {
        return Conv2d.of(filters, size).withKernel(RELU6.kernelInitializer()).withStrides(stride)
                .withPadding(size / 2).withoutBias();
    }
}
