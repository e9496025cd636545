package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Networks of dense layers only.
final class DenseNetworks {
    private DenseNetworks() {}

    /// A multi-layer perceptron: dense layers with an activation between them; 512 and 512 units for pictures, 64 and 64 for a few
    /// columns. The last layer gives logits, or quantities.
    static Layer mlp(ModelSpec spec) {
        return dense(spec, spec.layers().isEmpty() ? ownUnits(spec.input()) : spec.layers());
    }

    private static Layer dense(ModelSpec spec, List<Integer> units) {
        List<Layer> layers = new ArrayList<>();
        if (spec.input().rank() > 1) {
            layers.add(Flatten.of());
        }
        for (int count : units) {
            layers.add(Dense.of(count, spec.hidden()));
            if (spec.dropout() > 0) {
                layers.add(Dropout.of(spec.dropout()));
            }
        }
        layers.add(Dense.of(spec.outputs()));
        return Sequential.of(layers);
    }

    private static List<Integer> ownUnits(Shape input) {
        return input.size() > 256 ? List.of(512, 512) : List.of(64, 64);
    }

    /// Softmax regression (with two classes logistic regression, with quantities linear regression): one dense layer.
    static Layer softmax(ModelSpec spec) {
        return dense(spec, List.of());
    }

    /// The network of 13,002 parameters that 3Blue1Brown's film *But what is a neural network?* (2017) draws: 784-16-16-10 with sigmoids; but its outputs are
    /// the sums before the last ones, since the loss takes logits.
    static Layer film(ModelSpec spec) {
        return dense(spec.withActivation(Activations.SIGMOID), List.of(16, 16));
    }
}
