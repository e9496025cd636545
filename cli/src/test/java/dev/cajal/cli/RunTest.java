package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs from the first command to the last.
class RunTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void data() throws IOException {
        Samples.flowers(folder);
        Samples.houses(folder);
        Samples.mnist(folder);
    }

    private Cli cli() {
        return Cli.in(folder);
    }

    private Cli.Result succeed(String... words) {
        Cli.Result result = cli().run(words);
        assertThat(result.exit()).as(result.err()).isZero();
        return result;
    }

    @Test
    void aTableFromTrainingToPrediction() throws IOException {
        Cli.Result trained = succeed("train", "flowers.csv", "--epochs", "20", "--out", "flowers", "--json");
        Json json = trained.json();
        assertThat(json.asMap().keySet()).containsExactly(
                "schema", "model", "dataset", "parameters", "epochs", "train_loss", "test_loss", "test_accuracy",
                "seconds", "run");
        assertThat(json.get("test_accuracy").asDouble()).isGreaterThan(0.9);
        assertThat(json.get("dataset").asText()).isEqualTo("flowers.csv");
        assertThat(trained.err()).contains("kind", "Epoch 20/20").doesNotContain("\u001b");
        assertThat(Json.parse(Files.readString(folder.resolve("flowers/result.json"))).get("parameters").asLong())
                .isEqualTo(json.get("parameters").asLong());

        assertThat(succeed("evaluate", "flowers", "flowers.csv", "--json").json().get("test_accuracy").asDouble())
                .isGreaterThan(0.9);
        Files.writeString(folder.resolve("new.csv"), "length,width,noise\n1.5,-1.5,0\n-1.5,1.5,0\n");
        assertThat(succeed("predict", "flowers", "new.csv").out().lines().map(line -> line.split("\t")[0]))
                .containsExactly("rose", "tulip");
        Json predictions = succeed("predict", "flowers", "new.csv", "--json").json().get("predictions");
        assertThat(predictions.asList().getFirst().get("label").asText()).isEqualTo("rose");
        assertThat(succeed("summary", "flowers").out()).contains("Dense, Relu", "Total");
        assertThat(succeed("summary", "flowers", "--json").json().get("parameters").asLong())
                .isEqualTo(json.get("parameters").asLong());

        Cli.Result again = cli().run("train", "flowers.csv", "--out", "flowers");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("--resume", "--out");
    }

    @Test
    void numbersAndSpanish() {
        Cli.Result trained = succeed("train", "houses.csv", "--epochs", "30", "--out", "houses", "--json", "--lang",
                "es");
        assertThat(trained.json().get("test_rmse").asDouble()).isLessThan(20);
        assertThat(trained.err()).contains("Entrenando", "Época 30/30");
        String spanish = cli().run("evaluate", "houses", "houses.csv", "--lang", "es").out();
        assertThat(spanish).contains("200 ejemplos");
    }

    @Test
    void theTargetByNameNumberAndLast() {
        for (List<String> words : List.of(List.of("--target", "kind"), List.of("--target", "4"),
                List.of("--target", "last"))) {
            Cli.Result result = succeed(
                    "train", "flowers.csv", "--epochs", "1", words.get(0), words.get(1), "--out", "t-" + words.get(1));
            assertThat(result.err()).contains("kind");
        }
        assertThat(succeed("train", "flowers.csv", "--header", "yes", "--epochs", "1", "--out", "h").err())
                .contains("300");
        assertThat(cli().run("train", "flowers.csv", "--header", "no", "--epochs", "1", "--out", "n").err())
                .contains("301");
    }

    @Test
    void aGoalEndsTraining() {
        Json json = succeed("train", "flowers.csv", "--epochs", "90", "--goal", "accuracy=0.9", "--out", "goal",
                "--json").json();
        assertThat(json.get("epochs").asLong()).isLessThan(90);
    }

    @Test
    void picturesAndTheModelOfAnother() throws IOException {
        succeed("train", "mnist", "--epochs", "6", "--layers", "32", "--out", "mnist");
        assertThat(succeed("evaluate", "mnist", "mnist", "--json").json().get("test_accuracy").asDouble())
                .isGreaterThan(0.9);
        picture(folder.resolve("digit.png"), "png");
        picture(folder.resolve("photo.jpg"), "jpg");
        assertThat(succeed("predict", "mnist", "digit.png").out().lines()).hasSize(1);
        assertThat(succeed("predict", "mnist", "photo.jpg", "--json").json().get("predictions").asList()).hasSize(1);
        Files.writeString(folder.resolve("broken.png"), "no picture");
        assertThat(cli().run("predict", "mnist", "broken.png").err()).contains("broken.png");
        Cli.Result wrong = cli().run("evaluate", "mnist", "flowers.csv");
        assertThat(wrong.exit()).isEqualTo(4);
        assertThat(wrong.err()).contains("Error:").doesNotContain("Exception");

        Path model = folder.resolve("mnist/model.cajal");
        byte[] bytes = Files.readAllBytes(model);
        for (int at : new int[] {200, bytes.length / 2}) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 4;
            Files.write(folder.resolve("flipped.cajal"), flipped);
            Cli.Result result = cli().run("evaluate", "flipped.cajal", "mnist");
            assertThat(result.exit()).as("byte %s: %s", at, result.err()).isEqualTo(4);
            assertThat(result.err()).contains("flipped.cajal").doesNotContain("Exception");
        }
    }

    /// A stroke on grey paper with noise, as a camera would see it.
    private static void picture(Path file, String format) throws IOException {
        BufferedImage image = new BufferedImage(200, 260, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int grey = 190 + x / 8 + random.nextInt(12);
                image.setRGB(x, y, new Color(grey, grey, grey).getRGB());
            }
        }
        Graphics2D g = image.createGraphics();
        g.setStroke(new BasicStroke(16, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(30, 30, 60));
        g.drawLine(60, 60, 140, 60);
        g.drawLine(140, 60, 90, 210);
        g.dispose();
        ImageIO.write(image, format, file.toFile());
    }

    @Test
    void aPipeThatIsClosed() throws Exception {
        succeed("train", "flowers.csv", "--epochs", "1", "--out", "pipe");
        Process process = cli().builder("predict", "pipe", "flowers.csv").start();
        process.getInputStream().close();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("Exception");
    }

    @Test
    void aBatchThatDoesNotFitIsRefused() {
        Cli.Result result = cli().withOption("-Dcajal.memory=3m")
                .run("train", "mnist", "--batch", "512", "--layers", "64", "--out", "large");
        assertThat(result.exit()).as(result.err()).isEqualTo(5);
        assertThat(result.err()).contains("a batch of 512 needs", "at most", "-Dcajal.memory=");
    }
}
