package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;

/// Models by name.
public final class Zoo {
    private static final SequencedMap<String, Function<ModelSpec, Layer>> MODELS = models();

    private Zoo() {}

    private static SequencedMap<String, Function<ModelSpec, Layer>> models() {
        SequencedMap<String, Function<ModelSpec, Layer>> models = new LinkedHashMap<>();
        models.put("mlp", DenseNetworks::mlp);
        models.put("softmax", DenseNetworks::softmax);
        models.put("3b1b", DenseNetworks::film);
        models.put("lenet", LeNet::five);
        models.put("resnet", ResNet::small);
        models.put("resnet18", ResNet::of18);
        models.put("resnet34", ResNet::of34);
        models.put("resnet50", ResNet::of50);
        return models;
    }

    /// The names that [#create] knows.
    public static SequencedSet<String> names() {
        return MODELS.sequencedKeySet();
    }

    /// A learning rate for Adam and its relatives with which a model does well in few epochs.
    public static double learningRate(String name) {
        return name.equals("lenet") ? 2e-3 : 1e-3;
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
}
