package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.AdaptivePooling;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.MaxPool2d;
import java.util.List;

/// VGG: K. Simonyan, A. Zisserman, *Very Deep Convolutional Networks for Large-Scale Image Recognition*, 2014, table 1.
///
/// Nothing but convolutions of 3 x 3, more and more of them, with pooling between: two see as much as one of 5 x 5 and have fewer weights. Pictures of another size than
/// 224 x 224 are pooled to 7 x 7 before the dense layers.
final class Vgg {
    private static final List<Integer> FILTERS = List.of(64, 128, 256, 512, 512);

    private Vgg() {}

    /// Column A, 11 layers: 132,863,336 parameters for 1,000 classes.
    static Layer of11(ModelSpec spec) {
        return network(spec, List.of(1, 1, 2, 2, 2));
    }

    /// Column D, 16 layers: 138,357,544 parameters for 1,000 classes.
    static Layer of16(ModelSpec spec) {
        return network(spec, List.of(2, 2, 3, 3, 3));
    }

    /// @param convolutions before each pooling
    private static Layer network(ModelSpec spec, List<Integer> convolutions) {
        List<Layer> layers = Images.input(spec);
        for (int stage = 0; stage < FILTERS.size(); stage++) {
            for (int i = 0; i < convolutions.get(stage); i++) {
                layers.add(Conv2d.of(FILTERS.get(stage), 3, RELU).withPadding(1));
            }
            layers.add(MaxPool2d.of(2));
        }
        layers.addAll(List.of(
                AdaptivePooling.average(7, 7), Flatten.of(),
                Dense.of(4096, RELU), Dropout.of(0.5), Dense.of(4096, RELU), Dropout.of(0.5),
                Dense.of(spec.outputs())));
        return Sequential.of(layers);
    }
}
