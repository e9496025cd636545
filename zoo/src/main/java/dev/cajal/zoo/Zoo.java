package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;

/// Models by name.
public final class Zoo {
    private static final SequencedMap<String, Model> MODELS = models();

    private Zoo() {}

    private record Model(Function<ModelSpec, Layer> maker, boolean forPictures, Recipe recipe) {}

    private static SequencedMap<String, Model> models() {
        SequencedMap<String, Model> models = new LinkedHashMap<>();
        models.put("mlp", new Model(DenseNetworks::mlp, false, Recipe.USUAL));
        models.put("softmax", new Model(DenseNetworks::softmax, false, Recipe.USUAL));
        models.put("3b1b", new Model(DenseNetworks::film, false, Recipe.USUAL));
        models.put("lenet1989", new Model(LeNet1989::network, true, new Recipe(1e-3, OptionalInt.of(15))));
        models.put("lenet", new Model(LeNet::five, true, new Recipe(2e-3, OptionalInt.of(15))));
        models.put("resnet", new Model(ResNet::small, true, new Recipe(3e-3, OptionalInt.of(12))));
        models.put("alexnet", new Model(AlexNet::original, true, Recipe.USUAL));
        models.put("vgg11", new Model(Vgg::of11, true, Recipe.USUAL));
        models.put("vgg16", new Model(Vgg::of16, true, Recipe.USUAL));
        models.put("mobilenet", new Model(MobileNet::second, true, Recipe.USUAL));
        models.put("resnet18", new Model(ResNet::of18, true, Recipe.USUAL));
        models.put("resnet34", new Model(ResNet::of34, true, Recipe.USUAL));
        models.put("resnet50", new Model(ResNet::of50, true, Recipe.USUAL));
        return models;
    }

    /// The names that [#create] knows.
    public static SequencedSet<String> names() {
        return MODELS.sequencedKeySet();
    }

    /// Whether a model takes pictures only.
    ///
    /// @throws CajalException if there is none of that name
    public static boolean isForPictures(String name) {
        return model(name).forPictures();
    }

    /// How a model is trained well if nobody says otherwise.
    ///
    /// @throws CajalException if there is none of that name
    public static Recipe recipe(String name) {
        return model(name).recipe();
    }

    /// A network by its name.
    ///
    /// @throws CajalException if there is none of that name
    public static Layer create(String name, ModelSpec spec) {
        return model(name).maker().apply(spec);
    }

    private static Model model(String name) {
        Model model = MODELS.get(name);
        if (model == null) {
            throw new CajalException("usage.model", "There is no model '%s'; there are %s.%s", name,
                    String.join(", ", names()), Names.suggestion(name, names()));
        }
        return model;
    }
}
