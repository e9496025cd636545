package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.layer.RandomErasing;
import dev.cajal.nn.layer.RandomFlip;
import dev.cajal.nn.layer.RandomTranslation;
import dev.cajal.type.Shape;
import dev.cajal.zoo.ModelSpec;
import dev.cajal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What changes training pictures is a matter of model and data, not of the network.
class AugmentTest {
    private static final Examples<Image, String> PICTURES = new Examples<>(
            new ImageInputs(28, 28, 1), new ClassTargets<>(List.of("a", "b")),
            Rows.of(new byte[10 * 28 * 28], Shape.of(28, 28, 1)), Rows.of(new int[10], Shape.SCALAR));

    @TempDir
    Path folder;

    private static Settings settings(String data, String model, String... augment) {
        Map<String, String> texts = new LinkedHashMap<>(Map.of(TrainOptions.DATA, data, TrainOptions.MODEL, model));
        if (augment.length > 0) {
            texts.put(TrainOptions.AUGMENT, augment[0]);
        }
        return Settings.of(PICTURES, TrainOptions.of(texts));
    }

    private static Layer own(String model) {
        return Zoo.create(model, ModelSpec.of(PICTURES.inputShape(), 2));
    }

    private static Layer network(Settings settings) {
        return settings.augment().before(own(settings.model()), PICTURES);
    }

    /// Letters and digits are no longer themselves in a mirror.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mnist                  | lenet  | move:2
            digits                 | lenet  | move:2
            fashion-mnist          | lenet  | move:2
            mnist                  | resnet | move:1,erase:0.3
            digits                 | resnet | move:1,erase:0.3
            letters                | resnet | move:1,erase:0.3
            fashion-mnist          | resnet | flip,move:1,erase:0.3
            folder/fashion-mnist   | resnet | move:1,erase:0.3
            fashion-mnist          | vit    | none
            mnist                  | mlp    | none
            """)
    void modelsHaveWhatSuitsThemAndTheData(String data, String model, String changes) {
        Settings usual = settings(data, model);
        assertThat(usual.augment().text()).isEqualTo(changes);
        assertThat(usual.options().texts()).as("a run keeps it").containsEntry(TrainOptions.AUGMENT, changes);
        assertThat(network(settings(data, model, "none"))).isEqualTo(own(model));
        assertThat(network(settings(data, model, "flip"))).isEqualTo(behind(own(model), RandomFlip.of()));
    }

    /// Seeds give the same numbers as ever: those of a layer depend on its place among the layers.
    @Test
    void changesStandWhereTheyStoodInTheNetworks() {
        assertThat(network(settings("fashion-mnist", "resnet"))).isEqualTo(
                behind(own("resnet"), RandomFlip.of(), RandomTranslation.of(1), RandomErasing.of(0.3)));
        assertThat(network(settings("mnist", "lenet"))).isEqualTo(behind(own("lenet"), RandomTranslation.of(2)));
    }

    private static Layer behind(Layer network, Layer... first) {
        List<Layer> layers = new ArrayList<>(List.of(first));
        layers.addAll(((Sequential) network).layers());
        return Sequential.of(layers);
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> AugmentOption.of("flip,none")).hasMessageContaining("'flip,none'");
        assertThatThrownBy(() -> AugmentOption.of("flip:3")).hasMessageContaining("'flip:3'")
                .hasMessageContaining("move:N").hasMessageContaining("erase:X");
        assertThatThrownBy(() -> AugmentOption.of("move:0")).hasMessageContaining("move:N").hasMessageContaining("'0'");
        assertThatThrownBy(() -> AugmentOption.of("erase:30")).hasMessageContaining("erase:X")
                .hasMessageContaining("'30'");
        assertThatThrownBy(() -> AugmentOption.of("nonne")).hasMessageContaining("It can be none, flip, move");
    }

    private String run(Path data, String out, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("train", data.toString(), "--out",
                folder.resolve(out).toString(), "--epochs", "1"));
        arguments.addAll(List.of(more));
        var told = Cli.here(arguments.toArray(String[]::new));
        assertThat(told.code()).as(told.err()).isZero();
        return Files.readString(folder.resolve(out).resolve("run.json"));
    }

    /// The folder of such a run does not say what its model brought with it.
    @Test
    void aRunOfBeforeGoesOn() throws IOException {
        Path pictures = TinyData.squares(folder.resolve("squares"), 20, 16);
        String now = run(pictures, "run", "--model", "lenet");
        String changes = "\"--augment\": \"move:2\",";
        assertThat(now).contains("\"schema\": 2", changes);
        Path start = folder.resolve("run/run.json");
        String before = now.replace("\"schema\": 2", "\"schema\": 1").replace(changes, "");
        Files.writeString(start, before);
        var on = Cli.here("train", "--resume", "--out", folder.resolve("run").toString(), "--epochs", "2");
        assertThat(on.code()).as(on.err()).isZero();
        assertThat(Files.readString(start)).contains("\"schema\": 2", changes);

        Files.writeString(start, before.replace("\"--model\"", "\"--augment\": \"flip\", \"--model\""));
        var refused = Cli.here("train", "--resume", "--out", folder.resolve("run").toString(), "--epochs", "3");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err()).contains("run.json", "former version with --augment flip", "Train anew");
        assertThat(Cli.here("predict", folder.resolve("run").toString(), pictures.toString()).code()).isZero();
    }
}
