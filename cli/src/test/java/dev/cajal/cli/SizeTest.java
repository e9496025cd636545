package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pictures have a size that their model takes.
class SizeTest {
    @TempDir
    Path folder;

    private Shape shape(Path data, Map<String, String> more) {
        Map<String, String> texts = new LinkedHashMap<>(more);
        texts.put(TrainOptions.DATA, data.toString());
        var display = new LoadingDisplay(
                new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, false),
                Language.of("en"));
        return DataArgument.load(data.toString(), TrainOptions.of(texts).reading(), display).train().inputShape();
    }

    @ParameterizedTest
    @CsvSource({
        "100, alexnet, 227", "100, vgg11, 64", "100, vit-base, 64", "100, lenet, 64", "100, mlp, 64", "100, gpt, 64",
        "28, alexnet, 227", "28, resnet18, 32", "28, vit-base, 32", "28, vit, 28", "28, lenet, 28", "50, vit-base, 48",
        "12, lenet, 16"
    })
    void picturesOfAFolderBecomeWhatTheModelTakes(int side, String model, int becomes) throws IOException {
        Path pictures = TinyData.squares(folder.resolve("squares"), 4, side);
        assertThat(shape(pictures, Map.of(TrainOptions.MODEL, model))).isEqualTo(Shape.of(becomes, becomes, 1));
        assertThat(shape(pictures, Map.of(TrainOptions.MODEL, model, TrainOptions.SIZE, "40x44")))
                .as("what a person says").isEqualTo(Shape.of(40, 44, 1));
    }

    @Test
    void theModelThatQualityChoosesCountsToo() throws IOException {
        Path pictures = TinyData.squares(folder.resolve("squares"), 4, 12);
        assertThat(shape(pictures, Map.of("--quality", "fast"))).isEqualTo(Shape.of(16, 16, 1));
        assertThat(shape(pictures, Map.of("--quality", "good"))).isEqualTo(Shape.of(12, 12, 1));
    }

    @Test
    void picturesInMemoryAreScaledOnce() {
        var inputs = new ImageInputs(28, 28, 1);
        byte[] pixels = new byte[3 * 28 * 28];
        new SplittableRandom(1).nextBytes(pixels);
        Examples<Image, String> examples = new Examples<>(inputs, new ClassTargets<>(List.of("a", "b")),
                Rows.of(pixels, inputs.shape()), Rows.of(new int[] {0, 1, 0}, Shape.SCALAR));
        Examples<Image, String> resized = ResizedPictures.of(examples, new ImageFolder.Size(32, 40));
        assertThat(resized.inputShape()).isEqualTo(Shape.of(32, 40, 1));
        assertThat(resized.targets()).isSameAs(examples.targets());
        Image second = Image.of(28, 28, 1, Arrays.copyOfRange(pixels, 28 * 28, 2 * 28 * 28))
                .covering(32, 40);
        for (int i = 0; i < 32 * 40; i++) {
            assertThat(resized.inputs().get(1, i)).isEqualTo(second.get(i / 40, i % 40, 0));
        }
        assertThat(ResizedPictures.of(examples, new ImageFolder.Size(28, 28))).isSameAs(examples);
    }

    @Test
    void dataSetsByNameAreScaledWhereThatIsAskedFor() throws Exception {
        var cli = Cli.in(folder).with("CAJAL_DATA", TinyData.mnist(folder.resolve("data"), 100, 20).toString());
        var small = cli.run("train", "mnist", "--model", "mobilenet");
        assertThat(small.code()).isNotZero();
        assertThat(small.err()).contains("at least 32 x 32 pixels", "[28, 28, 1]", "--size 32");
        var trained = cli.run("train", "mnist", "--model", "softmax", "--size", "8x10", "--epochs", "1", "--out", "run",
                "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        Json result = Json.parse(trained.out());
        assertThat(result.get("parameters").asLong()).isEqualTo(8 * 10 * 10 + 10);
        Json measured = Json.parse(cli.run("evaluate", "run", "mnist", "--json").out());
        assertThat(measured.get("test_loss").asDouble()).isEqualTo(result.get("test_loss").asDouble());
        Json predicted = Json.parse(cli.run("predict", "run", "mnist", "--json").out());
        assertThat(predicted.get("predictions").asList()).hasSize(20);
    }
}
