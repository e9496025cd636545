package dev.cajal.cli;

import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.layer.ColorJitter;
import dev.cajal.nn.layer.RandAugment;
import dev.cajal.nn.layer.RandomAffine;
import dev.cajal.nn.layer.RandomCrop;
import dev.cajal.nn.layer.RandomErasing;
import dev.cajal.nn.layer.RandomFlip;
import dev.cajal.nn.layer.RandomResizedCrop;
import dev.cajal.nn.layer.RandomTranslation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What `--augment` stands for: random changes of training pictures, in the order in which they are named.
///
/// @param changes as a person names them, `flip` or `move:2`; none for pictures as they are
record AugmentOption(List<String> changes) {
    static final AugmentOption NONE = new AugmentOption(List.of());

    private static final String NO_CHANGES = "none";
    private static final String MIX_UP = "mixup";
    private static final String MOVE = "move";
    private static final String ERASE = "erase";
    private static final int FARTHEST = 1024;
    /// Of the shorter side: 4 pixels of 32.
    private static final int FRAME = 8;
    private static final Map<String, Maker> LAYERS = layers();

    AugmentOption {
        changes = List.copyOf(changes);
    }

    /// Makes the layer of a change.
    private interface Maker {
        /// @param amount what stands behind the name and a colon; empty for the usual one
        Layer make(ImageInputs pictures, String amount);
    }

    private static Map<String, Maker> layers() {
        Map<String, Maker> layers = new LinkedHashMap<>();
        layers.put("flip", (_, _) -> RandomFlip.of());
        layers.put(MOVE,
                (pictures, amount) -> RandomTranslation.of(amount.isEmpty() ? frame(pictures) : moved(amount)));
        layers.put("crop", (pictures, _) -> RandomCrop.of(pictures.height(), pictures.width())
                .withPadding(frame(pictures)));
        layers.put("zoom", (_, _) -> RandomResizedCrop.of(0.5));
        layers.put("rotate", (_, _) -> RandomAffine.rotation(15));
        layers.put("colour", (_, _) -> ColorJitter.of(0.4));
        layers.put(ERASE, (_, amount) -> RandomErasing.of(amount.isEmpty() ? 0.5 : erased(amount)));
        layers.put("rand", (_, _) -> RandAugment.of());
        return layers;
    }

    private static int frame(ImageInputs pictures) {
        return Math.max(1, Math.min(pictures.height(), pictures.width()) / FRAME);
    }

    private static int moved(String amount) {
        return Arguments.whole("--augment move:N", amount, 1, FARTHEST);
    }

    private static double erased(String amount) {
        return Arguments.share("--augment erase:X", amount);
    }

    /// @param text names with commas between them
    /// @throws CommandException if one of them is unknown
    static AugmentOption of(String text) {
        if (text.strip().equals(NO_CHANGES)) {
            return NONE;
        }
        List<String> changes = Stream.of(text.split(",", -1)).map(String::strip).distinct().toList();
        if (changes.contains(NO_CHANGES)) {
            throw new CommandException("usage.augment-none",
                    "--augment %s means that pictures stay as they are, so no other change can be beside it: '%s'.",
                    NO_CHANGES, text);
        }
        changes.forEach(AugmentOption::check);
        return new AugmentOption(changes);
    }

    private static void check(String change) {
        List<String> known = Stream.concat(Stream.of(NO_CHANGES), Stream.concat(LAYERS.keySet().stream(),
                Stream.of(MIX_UP))).toList();
        String name = Arguments.choice("--augment", name(change), known);
        if (change.contains(":")) {
            switch (name) {
                case MOVE -> moved(amount(change));
                case ERASE -> erased(amount(change));
                default -> throw new CommandException("usage.augment-amount",
                        "--augment %s takes no number, but got '%s'. Only move:N, by up to so many pixels, and erase:X, a share of the pictures, do.",
                        name, change);
            }
        }
    }

    private static String name(String change) {
        return change.split(":", 2)[0];
    }

    private static String amount(String change) {
        return change.contains(":") ? change.split(":", 2)[1] : "";
    }

    /// What suits a model if nobody says otherwise: a network of some size knows ten thousands of pictures by heart after some epochs. Only of things that look the same in a mirror are the
    /// pictures mirrored, which is not known of a folder's: they may be letters.
    ///
    /// @param model a name of the zoo
    /// @param data the argument DATA
    static AugmentOption usual(String model, String data) {
        return switch (model) {
            case "lenet" -> of("move:2");
            case "resnet" -> of(data.equals("fashion-mnist") ? "flip,move:1,erase:0.3" : "move:1,erase:0.3");
            default -> NONE;
        };
    }

    /// As [#of] reads it.
    String text() {
        return changes.isEmpty() ? NO_CHANGES : String.join(",", changes);
    }

    /// Refuses what are no pictures, and pictures that are to come back: changed ones would have to come back as they were.
    ///
    /// @throws CommandException if the examples are something else
    void require(Examples<?, ?> examples) {
        if (!changes.isEmpty() && examples.targetEncoding() instanceof Reconstruction<?>) {
            throw new CommandException("usage.augment-reconstruction",
                    "--augment changes what the network is given, but not what an autoencoder is to give back, so it would learn to undo the changes. Leave --augment away; denoising-autoencoder has noise of its own.");
        }
        if (!changes.isEmpty() && !(examples.encoding() instanceof ImageInputs)) {
            throw new CommandException("usage.no-pictures",
                    "--augment changes pictures, but an example of this data has shape %s and is none. Leave --augment away.",
                    examples.inputShape());
        }
    }

    /// A network that sees changed pictures in training: the layers that change them stand before its own.
    Layer before(Layer network, Examples<?, ?> examples) {
        List<Layer> layers = new ArrayList<>();
        if (examples.encoding() instanceof ImageInputs pictures) {
            for (String change : changes) {
                Maker maker = LAYERS.get(name(change));
                if (maker != null) {
                    layers.add(maker.make(pictures, amount(change)));
                }
            }
        }
        if (layers.isEmpty()) {
            return network;
        }
        layers.addAll(network instanceof Sequential sequential ? sequential.layers() : List.of(network));
        return Sequential.of(layers);
    }

    /// Settings with mix-up, where that is asked for.
    Fit with(Fit fit) {
        return changes.contains(MIX_UP) ? fit.withMixUp(0.2) : fit;
    }

    /// What a run of before had, whose folder does not say what its model brought with it.
    ///
    /// @param model a name of the zoo
    /// @param said with `--augment`; empty if nothing was
    /// @return as [#of] reads it, or empty for what a run of today has
    /// @throws CommandException if layers have other names now
    static String former(String model, String said) {
        List<String> changes = new ArrayList<>(switch (model) {
            case "lenet" -> List.of("move:2");
            case "resnet" -> List.of("flip", "move:1", "erase:0.3");
            default -> List.of();
        });
        if (!said.isEmpty() && !said.equals(MIX_UP)) {
            throw new CommandException("run.augment",
                    "The run was begun by a former version with --augment %s, and its parameters have other names now, so it cannot go on. A model that it has made can be used as before. Train anew in another folder.",
                    said);
        }
        changes.addAll(said.isEmpty() ? List.of() : List.of(said));
        return String.join(",", changes);
    }
}
