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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What `--augment` stands for: random changes of training pictures, in the order in which they are named.
///
/// @param names of the changes; none for pictures as they are
record AugmentOption(List<String> names) {
    static final AugmentOption NONE = new AugmentOption(List.of());

    private static final String MIX_UP = "mixup";
    /// Of the shorter side: 4 pixels of 32.
    private static final int FRAME = 8;
    private static final Map<String, Function<ImageInputs, Layer>> LAYERS = layers();

    AugmentOption {
        names = List.copyOf(names);
    }

    private static Map<String, Function<ImageInputs, Layer>> layers() {
        Map<String, Function<ImageInputs, Layer>> layers = new LinkedHashMap<>();
        layers.put("flip", _ -> RandomFlip.of());
        layers.put("crop", AugmentOption::crop);
        layers.put("zoom", _ -> RandomResizedCrop.of(0.5));
        layers.put("rotate", _ -> RandomAffine.rotation(15));
        layers.put("colour", _ -> ColorJitter.of(0.4));
        layers.put("erase", _ -> RandomErasing.of(0.5));
        layers.put("rand", _ -> RandAugment.of());
        return layers;
    }

    private static Layer crop(ImageInputs pictures) {
        int frame = Math.max(1, Math.min(pictures.height(), pictures.width()) / FRAME);
        return RandomCrop.of(pictures.height(), pictures.width()).withPadding(frame);
    }

    /// @param text names with commas between them
    /// @throws CommandException if one of them is unknown
    static AugmentOption of(String text) {
        List<String> known = Stream.concat(LAYERS.keySet().stream(), Stream.of(MIX_UP)).toList();
        return new AugmentOption(Stream.of(text.split(",", -1))
                .map(name -> Arguments.choice("--augment", name.strip(), known)).distinct().toList());
    }

    /// As [#of] reads it; empty for none.
    Optional<String> text() {
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
    }

    /// Refuses what are no pictures, and pictures that are to come back: changed ones would have to come back as they were.
    ///
    /// @throws CommandException if the examples are something else
    void require(Examples<?, ?> examples) {
        if (!names.isEmpty() && examples.targetEncoding() instanceof Reconstruction<?>) {
            throw new CommandException("usage.augment-reconstruction",
                    "--augment changes what the network is given, but not what an autoencoder is to give back, so it would learn to undo the changes. Leave --augment away; denoising-autoencoder has noise of its own.");
        }
        if (!names.isEmpty() && !(examples.encoding() instanceof ImageInputs)) {
            throw new CommandException("usage.no-pictures",
                    "--augment changes pictures, but an example of this data has shape %s and is none. Leave --augment away.",
                    examples.inputShape());
        }
    }

    /// A network that sees changed pictures in training.
    Layer before(Layer network, Examples<?, ?> examples) {
        List<Layer> layers = new ArrayList<>();
        if (examples.encoding() instanceof ImageInputs pictures) {
            names.stream().flatMap(name -> Stream.ofNullable(LAYERS.get(name)))
                    .map(maker -> maker.apply(pictures)).forEach(layers::add);
        }
        if (layers.isEmpty()) {
            return network;
        }
        layers.add(network);
        return Sequential.of(layers);
    }

    /// Settings with mix-up, where that is asked for.
    Fit with(Fit fit) {
        return names.contains(MIX_UP) ? fit.withMixUp(0.2) : fit;
    }
}
