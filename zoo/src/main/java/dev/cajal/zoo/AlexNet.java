package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.AdaptivePooling;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.LocalResponseNorm;
import dev.cajal.nn.layer.MaxPool2d;
import dev.cajal.nn.layer.Pooling;
import java.util.List;

/// AlexNet: A. Krizhevsky, I. Sutskever, G. E. Hinton, *ImageNet Classification with Deep Convolutional Neural Networks*, 2012, figure 2.
///
/// ```text
/// 227 x 227 x 3 -> 96 @ 55 x 55 -> 256 @ 27 x 27 -> 384, 384, 256 @ 13 x 13 -> 6 x 6 x 256 -> 4096 -> 4096 -> 1000
/// ```
///
/// 60,965,224 parameters for 1,000 classes. The two graphics processors of the paper are groups of the second, fourth and fifth convolution here. Pictures of another size than 227 x 227
/// are pooled to 6 x 6 before the dense layers; where the first stride of four leaves a rest, up to three rows and columns at the lower and the right edge are not seen.
///
/// Kernels begin as is usual for ReLU today, and biases with zeros, where the paper has normal numbers of deviation 0.01, and biases of one in the second, fourth and fifth convolution and in the hidden dense
/// layers.
final class AlexNet {
    private AlexNet() {}

    static Layer original(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        layers.addAll(List.of(
                Conv2d.of(96, 11, RELU).withStrides(4), LocalResponseNorm.of(), pooling(),
                Conv2d.of(256, 5, RELU).withPadding(2).withGroups(2), LocalResponseNorm.of(), pooling(),
                Conv2d.of(384, 3, RELU).withPadding(1),
                Conv2d.of(384, 3, RELU).withPadding(1).withGroups(2),
                Conv2d.of(256, 3, RELU).withPadding(1).withGroups(2), pooling(),
                AdaptivePooling.average(6, 6), Flatten.of(),
                Dense.of(4096, RELU), Dropout.of(0.5), Dense.of(4096, RELU), Dropout.of(0.5),
                Dense.of(spec.outputs())));
        return Sequential.of(layers);
    }

    /// Windows that overlap, section 3.4 of the paper.
    private static Pooling pooling() {
        return MaxPool2d.of(3).withStrides(2);
    }
}
