package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;

/// Models by name.
public final class Zoo {
    private static final SequencedMap<String, Function<ModelSpec, Layer>> MODELS = models();

    private Zoo() {}

    private static SequencedMap<String, Function<ModelSpec, Layer>> models() {
        SequencedMap<String, Function<ModelSpec, Layer>> models = new LinkedHashMap<>();
        models.put("mlp", Zoo::mlp);
        models.put("softmax", Zoo::softmax);
        models.put("3b1b", Zoo::film);
        return models;
    }

    /// The names that [#create] knows.
    public static SequencedSet<String> names() {
        return MODELS.sequencedKeySet();
    }

    /// A network by its name.
    ///
    /// @throws CajalException if there is none of that name
    public static Layer create(String name, ModelSpec spec) {
        Function<ModelSpec, Layer> model = MODELS.get(name);
        if (model == null) {
            throw new CajalException("usage.model", "There is no model '%s'; there are %s.%s", name,
                    String.join(", ", names()), Names.suggestion(name, names()));
        }
        return model.apply(spec);
    }

    /// A multi-layer perceptron: dense layers with an activation between them; 512 and 512 units for pictures, 64 and 64 for a few
    /// columns. The last layer gives logits, or quantities.
    public static Layer mlp(ModelSpec spec) {
        return dense(spec, spec.layers().isEmpty() ? ownUnits(spec.input()) : spec.layers());
    }

    private static Layer dense(ModelSpec spec, List<Integer> units) {
        List<Layer> layers = new ArrayList<>();
        if (spec.input().rank() > 1) {
            layers.add(Flatten.of());
        }
        for (int count : units) {
            layers.add(Dense.of(count, spec.activation()));
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
    public static Layer softmax(ModelSpec spec) {
        return dense(spec, List.of());
    }

    /// The network of 13,002 parameters that 3Blue1Brown's film *But what is a neural network?* (2017) draws: 784-16-16-10 with sigmoids.
    public static Layer film(ModelSpec spec) {
        return dense(spec.withActivation(Activations.SIGMOID), List.of(16, 16));
    }
}
