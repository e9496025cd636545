package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.DataException;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of `reduced_jpeg.py`: 75 x 58 pixels, and what libjpeg-turbo made of them at smaller sizes.
class ReducedJpegTest {
    @TempDir
    Path folder;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ReducedJpegTest.class.getResourceAsStream("reduced/" + name))) {
            return in.readAllBytes();
        }
    }

    private static double difference(Image a, Image b) {
        assertThat(a.height()).isEqualTo(b.height());
        assertThat(a.width()).isEqualTo(b.width());
        assertThat(a.channels()).isEqualTo(b.channels());
        double sum = 0;
        byte[] others = b.toBytes();
        byte[] own = a.toBytes();
        for (int i = 0; i < own.length; i++) {
            sum += Math.abs((own[i] & 0xff) - (others[i] & 0xff));
        }
        return sum / own.length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"420", "422", "444", "grey", "restarts", "optimized"})
    void pixelsAreThoseOfLibjpeg(String name) throws IOException {
        for (int factor : new int[] {2, 4, 8}) {
            Image reduced = ReducedJpeg.read(resource(name + ".jpg"), 58 / factor, 75 / factor).orElseThrow();
            Image expected = Pixels.of(ImageIO.read(new ByteArrayInputStream(resource(name + "-" + factor + ".png"))));
            assertThat(difference(reduced, expected)).as("%s at 1/%s", name, factor).isLessThan(1.2);
        }
    }

    /// The `n` pixels that the lowest `n` frequencies of eight make, by the definition of the cosine transform.
    private static double[] reduced(double[] eight, int n) {
        double[] pixels = new double[n];
        for (int u = 0; u < n; u++) {
            double frequency = 0;
            for (int i = 0; i < 8; i++) {
                frequency += eight[i] * Math.cos((2 * i + 1) * u * Math.PI / 16) * (u == 0 ? 1 : 2) / 8;
            }
            for (int i = 0; i < n; i++) {
                pixels[i] += frequency * Math.cos((2 * i + 1) * u * Math.PI / (2 * n));
            }
        }
        return pixels;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void blocksAreMadeOfTheirLowFrequencies(int factor) throws IOException {
        int side = 8 / factor;
        Image whole = Pixels.of(ImageIO.read(new ByteArrayInputStream(resource("grey.jpg"))));
        Image found = ReducedJpeg.read(resource("grey.jpg"), 58 / factor, 75 / factor).orElseThrow();
        for (int top = 0; top + 8 <= 58; top += 8) {
            for (int left = 0; left + 8 <= 75; left += 8) {
                double[][] half = new double[8][];
                for (int row = 0; row < 8; row++) {
                    double[] pixels = new double[8];
                    for (int column = 0; column < 8; column++) {
                        pixels[column] = whole.get(top + row, left + column, 0);
                    }
                    half[row] = reduced(pixels, side);
                }
                for (int column = 0; column < side; column++) {
                    int at = column;
                    double[] pixels = reduced(Arrays.stream(half).mapToDouble(row -> row[at]).toArray(), side);
                    for (int row = 0; row < side; row++) {
                        // Pixels of the whole picture are rounded.
                        assertThat((double) found.get(top / factor + row, left / factor + column, 0))
                                .isCloseTo(pixels[row], within(1.0));
                    }
                }
            }
        }
    }

    @Test
    void aPictureThatIsHardlyTooLargeIsNotReduced() throws IOException {
        byte[] file = resource("420.jpg");
        assertThat(ReducedJpeg.read(file, 30, 20)).isEmpty();
        assertThat(ReducedJpeg.read(file, 29, 38)).isEmpty();
        assertThat(ReducedJpeg.read(file, 15, 10).orElseThrow().height()).isEqualTo(29);
    }

    @Test
    void whatIsDamagedOrUnusualIsLeftToOthers() throws IOException {
        byte[] file = resource("restarts.jpg");
        for (int length = 0; length < file.length - 1; length++) {
            assertThat(ReducedJpeg.read(Arrays.copyOf(file, length), 10, 10)).as("%s bytes", length).isEmpty();
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(file.length)] = (byte) random.nextInt(256);
            ReducedJpeg.read(damaged, 10, 10).ifPresent(read -> assertThat(read.channels()).isEqualTo(3));
        }
        assertThat(ReducedJpeg.read(resource("420-2.png"), 1, 1)).isEmpty();
        assertThat(ReducedJpeg.read(new byte[0], 1, 1)).isEmpty();
    }

    private Path jpeg(boolean progressive) throws IOException {
        var picture = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, 400, 300, Color.BLUE));
        pen.fillRect(0, 0, 400, 300);
        pen.setPaint(Color.GREEN);
        pen.fillOval(100, 50, 200, 120);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            var parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(
                    progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        }
        writer.dispose();
        return Files.write(folder.resolve("picture.jpg"), out.toByteArray());
    }

    @Test
    void aLargeFileIsNearlyWhatTheWholeOneGives() throws IOException {
        ImageInputs small = new ImageInputs(40, 40, 3);
        Path plain = jpeg(false);
        assertThat(ReducedJpeg.read(Files.readAllBytes(plain), 80, 80)).isPresent();
        assertThat(difference(small.read(plain), small.fit(Image.read(plain)))).isBetween(0.0, 0.5);
        Path progressive = jpeg(true);
        assertThat(ReducedJpeg.read(Files.readAllBytes(progressive), 80, 80)).isEmpty();
        assertThat(small.read(progressive)).isEqualTo(small.fit(Image.read(progressive)));
        byte[] bytes = Files.readAllBytes(plain);
        Files.write(plain, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> small.read(plain)).isInstanceOf(DataException.class)
                .hasMessageStartingWith(plain + ": The picture is damaged");
    }
}
