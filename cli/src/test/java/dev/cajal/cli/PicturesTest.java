package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person's own picture of a digit: the first thing that a newcomer wants to try.
@Tag("slow")
class PicturesTest {
    @TempDir
    Path folder;

    /// Digits as a person draws them, in a square of side 1.
    private static Map<Integer, Shape> digits() {
        Map<Integer, Shape> digits = new LinkedHashMap<>();
        digits.put(0, new Ellipse2D.Double(0.27, 0.15, 0.46, 0.7));
        digits.put(1, lines(0.52, 0.15, 0.48, 0.85));
        digits.put(7, lines(0.28, 0.2, 0.72, 0.2, 0.42, 0.85));
        digits.put(4, lines(0.34, 0.15, 0.3, 0.52, 0.7, 0.52, 0.66, 0.2, 0.66, 0.87));
        return digits;
    }

    private static Path2D lines(double... points) {
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }

    /// Black on white, as a drawing program has it.
    private static BufferedImage drawn(Shape digit, int side) {
        var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, side, side);
        pen.setColor(Color.BLACK);
        pen.scale(side, side);
        pen.setStroke(new BasicStroke(0.07f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(digit);
        pen.dispose();
        return image;
    }

    /// As a phone sees it: grey paper, darker to one corner, blue ink, noise.
    private static BufferedImage photographed(BufferedImage drawing) {
        var random = new SplittableRandom(6);
        int side = drawing.getWidth();
        var photo = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double ink = 1 - (drawing.getRGB(x, y) & 0xff) / 255.0;
                double light = 0.85 - 0.35 * (x + y) / (2.0 * side) + 0.04 * (random.nextDouble() - 0.5);
                int red = (int) (255 * light * (1 - 0.8 * ink));
                int blue = (int) (255 * light * (1 - 0.5 * ink));
                photo.setRGB(x, y, red << 16 | red << 8 | blue);
            }
        }
        return photo;
    }

    @Test
    void drawnAndPhotographedDigitsAreRead() throws IOException {
        String run = folder.resolve("run").toString();
        var trained = Cli.here("train", "digits", "--layers", "128", "--epochs", "2", "--out", run);
        assertThat(trained.code()).as(trained.err()).isZero();
        for (var digit : digits().entrySet()) {
            Path png = folder.resolve(digit.getKey() + ".png");
            ImageIO.write(drawn(digit.getValue(), 300), "png", png.toFile());
            Path jpeg = folder.resolve(digit.getKey() + ".jpg");
            ImageIO.write(photographed(drawn(digit.getValue(), 640)), "jpg", jpeg.toFile());
            for (Path picture : new Path[] {png, jpeg}) {
                var told = Cli.here("predict", run, picture.toString());
                assertThat(told.code()).as(told.err()).isZero();
                assertThat(told.out()).as(picture.toString()).startsWith(digit.getKey() + "\t").endsWith(" %\n");
            }
        }
        var json = Json.parse(Cli.here("predict", run, folder.resolve("7.png").toString(), "--json").out());
        assertThat(json.get("predictions").asList()).hasSize(1);
        assertThat(json.get("predictions").asList().getFirst().get("label").asText()).isEqualTo("7");
    }

    @Test
    void picturesThatCannotBeReadAreExplained() throws Exception {
        Path data = TinyData.mnist(folder.resolve("data"), 100, 20);
        Files.createSymbolicLink(data.resolve("fashion-mnist"), data.resolve("mnist"));
        var cli = Cli.in(folder).with("CAJAL_DATA", data.toString());
        var trained = cli.run("train", "mnist", "--epochs", "2", "--layers", "16", "--out", "run", "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Json.parse(trained.out()).get("dataset").asText()).isEqualTo("mnist");
        String run = folder.resolve("run").toString();

        Path seven = folder.resolve("7.png");
        ImageIO.write(drawn(digits().get(7), 200), "png", seven.toFile());
        assertThat(Cli.here("predict", run, seven.toString()).code()).isZero();

        Path blank = folder.resolve("blank.png");
        ImageIO.write(drawn(new Path2D.Double(), 200), "png", blank.toFile());
        Path text = Files.writeString(folder.resolve("text.png"), "this is no picture");
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(Files.readAllBytes(seven), 300));
        Path empty = Files.writeString(folder.resolve("empty.jpg"), "", StandardCharsets.UTF_8);
        for (Path bad : new Path[] {blank, text, cut, empty}) {
            var told = Cli.here("predict", run, bad.toString());
            assertThat(told.code()).as(bad + ": " + told.all()).isEqualTo(3);
            assertThat(told.err()).contains(bad.toString()).doesNotContain("\tat ", "Exception");
            assertThat(told.out()).isEmpty();
        }
        assertThat(Cli.here("predict", run, folder.resolve("8.png").toString()).err()).contains("Did you mean '",
                "7.png'");

        Path flowers = TinyData.flowers(folder.resolve("flowers.csv"), 40);
        assertThat(Cli.here("predict", run, flowers.toString()).code()).isEqualTo(3);
        var other = Cli.here("evaluate", run, flowers.toString());
        assertThat(other.code()).isEqualTo(4);
        assertThat(other.err()).contains("[28, 28, 1]", "[2]", "other data");
        String table = folder.resolve("table").toString();
        assertThat(Cli.here("train", flowers.toString(), "--epochs", "1", "--out", table).code()).isZero();
        assertThat(Cli.here("predict", table, seven.toString()).err())
                .contains("not a file of text, such as CSV, but a picture");
        var wrong = cli.run("predict", "table", "mnist");
        assertThat(wrong.code()).as(wrong.all()).isEqualTo(4);
        assertThat(wrong.err()).contains("[28, 28, 1]", "other data");

        var measured = cli.run("evaluate", "run", "mnist", "--json");
        assertThat(Json.parse(measured.out()).get("examples").asLong()).isEqualTo(20);
        cli.run("train", "fashion-mnist", "--epochs", "1", "--layers", "4", "--out", "fashion");
        var scaled = Cli.here("predict", folder.resolve("fashion").toString(), seven.toString());
        assertThat(scaled.code()).as(scaled.err()).isZero();
        assertThat(scaled.out()).endsWith(" %\n");
    }

    /// Pictures of circles and of lines, of many sizes.
    private Path shapes() throws IOException {
        for (int i = 0; i < 40; i++) {
            int digit = i % 2;
            Path file = folder.resolve("shapes/" + (digit == 0 ? "circle" : "line") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(drawn(digits().get(digit), 40 + 3 * i), "png", file.toFile());
        }
        return folder.resolve("shapes");
    }

    @Test
    void aFolderOfPicturesIsLearnt() throws IOException {
        String shapes = shapes().toString();
        String run = folder.resolve("run").toString();
        var trained = Cli.here("train", shapes, "--model", "lenet", "--size", "24", "--epochs", "30", "--batch", "8",
                "--out", run, "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("40 pictures of 2 classes, as 24 x 24 pixels with 3 channel(s).");
        assertThat(Json.parse(trained.out()).get("test_accuracy").asDouble()).isEqualTo(1);

        var measured = Cli.here("evaluate", run, shapes, "--json");
        assertThat(Json.parse(measured.out()).get("examples").asLong()).isEqualTo(40);
        Path large = folder.resolve("large.jpg");
        ImageIO.write(drawn(digits().get(0), 500), "jpg", large.toFile());
        assertThat(Cli.here("predict", run, large.toString()).out()).startsWith("circle\t");
        Path circles = Path.of(shapes, "circle");
        Path first = circles.resolve("0.png");
        assertThat(Cli.here("predict", run, shapes).out().lines()).hasSize(40).first().asString()
                .startsWith(first + "\tcircle\t").endsWith(" %");
        Json ofOne = Json.parse(Cli.here("predict", run, circles.toString(), "--json").out()).get("predictions");
        assertThat(ofOne.asList()).hasSize(20);
        assertThat(ofOne.asList().getFirst().get("file").asText()).isEqualTo(first.toString());
        Json circlesOnly = Json.parse(Cli.here("evaluate", run, circles.toString(), "--json").out());
        assertThat(circlesOnly.get("examples").asLong()).isEqualTo(20);
        assertThat(circlesOnly.get("test_accuracy").asDouble()).isEqualTo(1);

        Path damaged = Files.writeString(Path.of(shapes, "line", "damaged.png"), "no picture");
        var refused = Cli.here("train", shapes, "--model", "lenet", "--out", folder.resolve("other").toString());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains(damaged.toString(), "--skip-damaged");
        var skipped = Cli.here("train", shapes, "--skip-damaged", "--size", "16x24", "--epochs", "1", "--layers", "4",
                "--out", folder.resolve("third").toString());
        assertThat(skipped.code()).as(skipped.err()).isZero();
        assertThat(skipped.err()).contains("as 16 x 24 pixels", "1 picture(s).", damaged.toString());
        var changed = Cli.here("train", "--resume", "--epochs", "31", "--out", run);
        assertThat(changed.err()).contains("is not what it was when the run began");
        assertThat(Cli.here("train", shapes, "--size", "0x5").err()).contains("such as 64 or 48x64, but is '0x5'");
    }

    @Test
    void trainingPicturesAreChangedAtRandom() throws IOException {
        String shapes = shapes().toString();
        String run = folder.resolve("run").toString();
        String[] train = {"train", shapes, "--model", "lenet", "--size", "16", "--epochs", "1", "--batch", "16",
            "--out", run, "--augment", "flip,crop,zoom,rotate,colour,erase,rand,mixup"};
        var trained = Cli.here(train);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Cli.here("predict", run, shapes).out().lines()).hasSize(40);
        assertThat(Cli.here("train", "--resume", "--out", run, "--augment", "flip").err())
                .contains("--augment 'flip,crop,zoom,rotate,colour,erase,rand,mixup', not 'flip'");
        var resumed = Cli.here("train", "--resume", "--out", run, "--epochs", "2");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(Cli.here("summary", run).out()).contains("RandAugment", "RandomErasing");

        Path flowers = TinyData.flowers(folder.resolve("flowers.csv"), 40);
        var refused = Cli.here("train", flowers.toString(), "--augment", "flip");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--augment changes pictures", "[2]");
        assertThat(Cli.here("train", shapes, "--augment", "flip,rotat").err())
                .contains("--augment cannot be 'rotat'", "Did you mean 'rotate'?");
    }
}
