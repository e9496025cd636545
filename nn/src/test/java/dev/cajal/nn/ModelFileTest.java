package dev.cajal.nn;

import static dev.cajal.nn.activation.Activations.TANH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.checkpoint.Archive;
import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.nn.checkpoint.CheckpointException;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.layer.Dense;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    enum Answer {
        YES, NO
    }

    @TempDir
    Path folder;

    private static Model<double[], Answer> model() {
        Examples<double[], Answer> examples = Examples.of(
                List.of(0, 1, 2, 3), i -> new double[] {i / 2, i % 2}, i -> i == 0 || i == 3 ? Answer.NO : Answer.YES);
        return Network.sequential(Dense.of(8, TANH), Dense.of(2)).fit(examples, Fit.of().withEpochs(1));
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        var model = model();
        Path file = folder.resolve("mixed.cajal");
        Layer other = Network.sequential(Dense.of(9, TANH), Dense.of(2));
        String difference = "parameters/0/kernel: needed f32[2, 9], found f32[2, 8]";
        var mixed = new Model<>(other, model.variables(), model.inputs(), model.targets(), model.loss());
        assertThatThrownBy(() -> mixed.save(file)).hasMessageContaining(difference);
        rewrite(model, file, json -> json.replace("\"units\": 8", "\"units\": 9"));
        assertThatThrownBy(() -> Model.load(file))
                .hasMessageContaining("mixed.cajal (weights.safetensors)")
                .hasMessageContaining(difference);
    }

    /// A model's file with another configuration.
    private static void rewrite(Model<?, ?> model, Path file, UnaryOperator<String> edit) {
        model.save(file);
        Map<String, AtomicFile.Content> parts = new LinkedHashMap<>();
        Archive.read(file).forEach((name, bytes) -> {
            byte[] edited = name.endsWith(".json") ? edit.apply(new String(bytes, UTF_8)).getBytes(UTF_8) : bytes;
            parts.put(name, out -> out.write(edited));
        });
        Archive.write(file, parts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"units\": 8  | \"units\": 80000000000 | Layer.layers[0].units: A whole number of 32 bits was expected",
        "\"units\": 8  | \"units\": null        | units needs a int, but the file has null",
        "\"units\": 8  | \"units\": -1          | (Dense): ",
        "\"version\": 1  | \"version\": 99          | version 99; this Cajal reads",
        "\"kind\": \"ENUM\" | \"kind\": \"INTEGER\" | is not of kind INTEGER",
        "\"kind\": \"ENUM\" | \"kind\": \"TRUTH\"   | is not of kind TRUTH",
        "\"kind\": \"ENUM\" | \"kind\": \"COLOUR\"  | Labels of kind COLOUR are not known",
        "\"loss\": {      | \"loos\": {             | The member 'loss' is missing",
        "\"format\":      | \"format\" =            | JSON, line 2"})
    void aConfigurationThatWasChangedByHandIsExplained(String found, String changed, String told) {
        Path file = folder.resolve("changed.cajal");
        rewrite(model(), file, json -> {
            assertThat(json).contains(found.strip());
            return json.replace(found.strip(), changed.strip());
        });
        assertThatThrownBy(() -> Model.load(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("changed.cajal (model.json): ")
                .hasMessageContaining(told.strip());
    }

    @Test
    void numbersAreLoadedAsTheTypeThatTheyWere() {
        Examples<double[], Double> line = Examples.of(
                IntStream.range(0, 20).boxed().toList(), i -> new double[] {i}, i -> 2.0 * i);
        Path file = folder.resolve("line.cajal");
        Dense.of(1).fit(line, Fit.of().withEpochs(1)).save(file);
        assertThatThrownBy(() -> Model.load(file, double[].class, Float.class))
                .hasMessageContaining("numbers of type Double, not Float");
        assertThat(Model.load(file, double[].class, Double.class).predict(new double[] {1}).label())
                .isInstanceOf(Double.class);
    }
}
