package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Models by name.
public final class Zoo {
    private static final Recipe TEXT = Recipe.of(1e-3).withEpochs(5);
    private static final SequencedMap<String, Model> MODELS = models();

    /// The models whose hidden layers have as many units as one likes.
    private static final List<String> LAYERED = List.of("mlp", "autoencoder", "denoising-autoencoder", "vae", "rnn",
            "lstm", "gru");

    /// The models whose hidden layers have the activation that one likes.
    private static final List<String> ACTIVATED = List.of("mlp", "lenet", "autoencoder", "denoising-autoencoder",
            "vae");

    private Zoo() {}

    private record Model(
            Function<ModelSpec, Layer> maker, ModelInput input, PictureSides sides, Recipe recipe,
            boolean reconstructs) {
        Model(Function<ModelSpec, Layer> maker, ModelInput input, Recipe recipe) {
            this(maker, input, PictureSides.ANY, recipe, false);
        }

        static Model ofPictures(Function<ModelSpec, Layer> maker, PictureSides sides, Recipe recipe) {
            return new Model(maker, ModelInput.PICTURES, sides, recipe, false);
        }

        static Model reconstructing(Function<ModelSpec, Layer> maker) {
            return new Model(maker, ModelInput.NUMBERS, PictureSides.ANY, Recipe.USUAL, true);
        }
    }

    private static SequencedMap<String, Model> models() {
        SequencedMap<String, Model> models = new LinkedHashMap<>();
        models.put("mlp", new Model(DenseNetworks::mlp, ModelInput.NUMBERS, Recipe.USUAL));
        models.put("softmax", new Model(DenseNetworks::softmax, ModelInput.NUMBERS, Recipe.USUAL));
        models.put("3b1b", new Model(DenseNetworks::film, ModelInput.NUMBERS, Recipe.USUAL));
        models.put("lenet1989",
                Model.ofPictures(LeNet1989::network, PictureSides.from(16), Recipe.of(1e-3).withEpochs(15)));
        models.put("lenet",
                Model.ofPictures(LeNet::five, PictureSides.from(16), Recipe.of(2e-3).withEpochs(15)));
        models.put("resnet", Model.ofPictures(ResNet::small, PictureSides.from(8),
                Recipe.of(3e-3).withEpochs(15).withOptimizer("adamw")));
        models.put("alexnet",
                Model.ofPictures(AlexNet::original, PictureSides.from(67).withOwn(227), Recipe.USUAL));
        models.put("vgg11", Model.ofPictures(Vgg::of11, PictureSides.from(32), Recipe.USUAL));
        models.put("vgg16", Model.ofPictures(Vgg::of16, PictureSides.from(32), Recipe.USUAL));
        models.put("mobilenet", Model.ofPictures(MobileNet::second, PictureSides.from(32), Recipe.USUAL));
        models.put("resnet18", Model.ofPictures(ResNet::of18, PictureSides.from(32), Recipe.USUAL));
        models.put("resnet34", Model.ofPictures(ResNet::of34, PictureSides.from(32), Recipe.USUAL));
        models.put("resnet50", Model.ofPictures(ResNet::of50, PictureSides.from(32), Recipe.USUAL));
        models.put("convnext",
                Model.ofPictures(ConvNext::small, PictureSides.from(8).inPatchesOf(2), Recipe.of(2e-3)));
        models.put("convnext-tiny",
                Model.ofPictures(ConvNext::tiny, PictureSides.from(32).inPatchesOf(4), Recipe.USUAL));
        models.put("vit",
                Model.ofPictures(VisionTransformer::small, PictureSides.from(4).inPatchesOf(4), Recipe.USUAL));
        models.put("vit-base",
                Model.ofPictures(VisionTransformer::base, PictureSides.from(16).inPatchesOf(16), Recipe.of(3e-4)));
        models.put("autoencoder", Model.reconstructing(AutoEncoders::deep));
        models.put("denoising-autoencoder", Model.reconstructing(AutoEncoders::denoising));
        models.put("vae", Model.reconstructing(AutoEncoders::variational));
        models.put("rnn", new Model(RecurrentNetworks::rnn, ModelInput.TEXTS, TEXT));
        models.put("lstm", new Model(RecurrentNetworks::lstm, ModelInput.TEXTS, TEXT));
        models.put("gru", new Model(RecurrentNetworks::gru, ModelInput.TEXTS, TEXT));
        models.put("gpt", new Model(Gpt::small, ModelInput.TEXTS, TEXT));
        models.put("gpt-medium", new Model(Gpt::medium, ModelInput.TEXTS, TEXT));
        models.put("gpt2", new Model(Gpt::second, ModelInput.TEXTS, Recipe.of(3e-4).withEpochs(5)));
        models.put("text-cnn", new Model(TextCnn::network, ModelInput.SENTENCES, Recipe.USUAL));
        models.put("bag",
                new Model(BagOfWords::network, ModelInput.SENTENCES, Recipe.of(3e-3)));
        models.put("bilstm", new Model(BiLstm::network, ModelInput.SENTENCES, Recipe.USUAL));
        models.put("bert-tiny", new Model(Bert::tiny, ModelInput.SENTENCES, Recipe.USUAL));
        models.put("bert-small", new Model(Bert::small, ModelInput.SENTENCES, Recipe.of(1e-4)));
        models.put("bert-base", new Model(Bert::base, ModelInput.SENTENCES, Recipe.of(2e-5)));
        models.put("transformer-small",
                new Model(Transformer::small, ModelInput.PAIRS, Recipe.of(5e-4).withEpochs(10)));
        models.put("transformer", new Model(Transformer::base, ModelInput.PAIRS, Recipe.of(3e-4).withEpochs(10)));
        return models;
    }

    /// The names that [#create] knows.
    public static SequencedSet<String> names() {
        return MODELS.sequencedKeySet();
    }

    /// What a model is for.
    ///
    /// @throws CajalException if there is none of that name
    public static ModelInput input(String name) {
        return model(name).input();
    }

    /// How long the sides of pictures may be for a model.
    ///
    /// @throws CajalException if there is none of that name
    public static PictureSides sides(String name) {
        return model(name).sides();
    }

    /// Whether a model gives its input back, so that examples are their own labels.
    ///
    /// @throws CajalException if there is none of that name
    public static boolean reconstructs(String name) {
        return model(name).reconstructs();
    }

    /// Whether one may choose the activation of a model's hidden layers.
    public static boolean takesActivation(String name) {
        return ACTIVATED.contains(name);
    }

    /// How a model is trained well if nobody says otherwise.
    ///
    /// @throws CajalException if there is none of that name
    public static Recipe recipe(String name) {
        return model(name).recipe();
    }

    /// A network by its name.
    ///
    /// @throws CajalException if there is none of that name, it is for something else or for pictures of other sizes, or it has layers or activations of its own and others are wanted
    public static Layer create(String name, ModelSpec spec) {
        Model model = model(name);
        if (!model.input().takes(spec.kind())) {
            throw switch (spec.kind()) {
                case TEXTS -> new CajalException("usage.model-for-texts",
                        "The model '%s' does not continue texts. For that there are %s.", name, names(spec.kind()));
                case SENTENCES -> new CajalException("usage.model-for-sentences",
                        "The model '%s' does not judge texts as a whole. For that there are %s.", name,
                        names(spec.kind()));
                case PAIRS -> new CajalException("usage.model-for-pairs",
                        "The model '%s' does not translate. For that there are %s.", name, names(spec.kind()));
                case NUMBERS, PICTURES -> new CajalException("usage.model-of-texts",
                        "The model '%s' is for texts, but an example has shape %s. Use another model, such as 'mlp'.",
                        name, spec.input());
            };
        }
        if (!spec.layers().isEmpty() && !LAYERED.contains(name)) {
            throw new CajalException("usage.layers-of-model",
                    "The model '%s' has layers of its own, so %s cannot be their units. They can be of %s.", name,
                    spec.layers(), String.join(", ", LAYERED));
        }
        if (spec.activation().isPresent() && !takesActivation(name)) {
            throw new CajalException("usage.activation-of-model",
                    "The activations of the model '%s' are its own, so %s cannot be chosen for it. It can be for %s.",
                    name,
                    spec.activation().get().getClass().getSimpleName(), String.join(", ", ACTIVATED));
        }
        if (model.input() == ModelInput.PICTURES) {
            model.sides().require(name, spec.input());
        }
        return model.maker().apply(spec);
    }

    private static String names(ModelInput kind) {
        return names().stream().filter(name -> input(name) == kind).collect(Collectors.joining(", "));
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
