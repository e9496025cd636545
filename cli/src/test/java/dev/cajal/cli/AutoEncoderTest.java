package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Autoencoders on the command line.
class AutoEncoderTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.in(Path.of("."));

    @BeforeEach
    void data() throws Exception {
        cli = Cli.in(folder).with("CAJAL_DATA", TinyData.mnist(folder.resolve("data"), 300, 25).toString());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void picturesComeBackAndAreDrawn() throws Exception {
        var told = cli.run("train", "mnist", "--model", "vae", "--layers", "32,4", "--epochs", "40",
                "--learning-rate", "0.01", "--out", file("run"), "--json");
        assertThat(told.code()).as(told.err()).isZero();
        Json result = Json.parse(told.out());
        double error = result.get("test_squared_error").asDouble();
        // A square has about 40 pixels of 0.85, whose squares add up to 29.
        assertThat(error).isBetween(0.01, 20.0);

        var measured = cli.run("evaluate", file("run"), "mnist", "--json");
        assertThat(Json.parse(measured.out()).get("test_squared_error").asDouble()).isEqualTo(error);
        var predicted = cli.run("predict", file("run"), "mnist", "--out", file("again.png"), "--json");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        var errors = Json.parse(predicted.out()).get("predictions").asList();
        assertThat(errors).hasSize(25);
        assertThat(errors.stream().mapToDouble(each -> each.get("squared_error").asDouble()).average().orElseThrow())
                .isCloseTo(error, Percentage.withPercentage(0.1));
        var grid = ImageIO.read(Files.newInputStream(folder.resolve("again.png")));
        assertThat(grid.getWidth()).isEqualTo(10 * 58 + 2);
        assertThat(grid.getHeight()).isEqualTo(4 * 58 + 2);

        var drawn = cli.run("generate", file("run"), "--out", file("drawn.png"), "--count", "12", "--seed", "3");
        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertThat(ImageIO.read(Files.newInputStream(folder.resolve("drawn.png"))).getHeight()).isEqualTo(2 * 58 + 2);
        byte[] first = Files.readAllBytes(folder.resolve("drawn.png"));
        cli.run("generate", file("run"), "--out", file("second.png"), "--count", "12", "--seed", "3");
        assertThat(Files.readAllBytes(folder.resolve("second.png"))).isEqualTo(first);

        for (String[] line : new String[][] {{"generate", file("run"), "--out", file("drawn.png"), "--count", "3"},
            {"predict", file("run"), "mnist", "--out", file("drawn.png")}}) {
            var taken = cli.run(line);
            assertThat(taken.code()).isEqualTo(2);
            assertThat(taken.err()).contains("drawn.png is there already", "another name");
            assertThat(folder.resolve("drawn.png")).hasBinaryContent(first);
        }
        // Where nobody names the file, the next one has a number.
        assertThat(cli.run("generate", file("run"), "--count", "3").err()).contains("drawn-2.png");
        assertThat(cli.run("generate", file("run"), "--count", "3").err()).contains("drawn-3.png");
        assertThat(folder.resolve("drawn.png")).hasBinaryContent(first);
    }

    @Test
    void whatCannotBeIsExplained() throws Exception {
        cli.run("train", "mnist", "--model", "denoising-autoencoder", "--layers", "8", "--epochs", "1", "--out",
                file("run"));
        var drawn = cli.run("generate", file("run"));
        assertThat(drawn.code()).isEqualTo(4);
        assertThat(drawn.err()).contains("variational");
        assertThat(cli.run("predict", file("run"), "mnist", "--out", "a.jpg").code()).isEqualTo(2);
        cli.run("train", "mnist", "--layers", "8", "--epochs", "1", "--out", file("other"));
        assertThat(cli.run("predict", file("other"), "mnist", "--out", "a.png").err()).contains("an autoencoder");

        TinyData.flowers(folder.resolve("flowers.csv"), 40);
        var table = cli.run("train", file("flowers.csv"), "--model", "vae", "--layers", "8,2", "--epochs", "2", "--out",
                file("table"));
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(cli.run("predict", file("table"), file("flowers.csv")).out().lines()).hasSize(40);
        assertThat(cli.run("generate", file("table")).err()).contains("cannot be made inputs again");
    }
}
