package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.MaxPool2d;
import java.util.List;

/// LeNet-5: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-Based Learning Applied to Document Recognition*, 1998, figure 2.
///
/// ```text
/// 28 x 28 -> C1 6 @ 28 x 28 -> S2 6 @ 14 x 14 -> C3 16 @ 10 x 10 -> S4 16 @ 5 x 5 -> C5 120 -> F6 84 -> 10
/// ```
///
/// As it is built today: 61,706 parameters for pictures of 28 x 28 (the paper pads them to 32 x 32). Each map of C3 sees all maps of S2 (in the paper some of them, which broke
/// symmetry and saved time), S2 and S4 take the largest number (there a mean with two learned numbers), and the output is logits (there distances
/// to drawings of the digits). [Options][ModelSpec]: the activation is ReLU if nobody says otherwise; tanh is the paper's.
final class LeNet {
    private LeNet() {}

    static Layer five(ModelSpec spec) {
        List<Layer> layers = Images.input(spec);
        layers.addAll(List.of(
                Conv2d.of(6, 5, spec.hidden()).withSamePadding(),
                MaxPool2d.of(2),
                Conv2d.of(16, 5, spec.hidden()),
                MaxPool2d.of(2),
                Flatten.of()));
        layers.add(Dense.of(120, spec.hidden()));
        layers.add(Dense.of(84, spec.hidden()));
        layers.add(Dense.of(spec.outputs()));
        return Sequential.of(layers);
    }
}
