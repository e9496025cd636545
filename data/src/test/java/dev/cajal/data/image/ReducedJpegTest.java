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

/// Files of `reduced_jpeg.py`, of 75 x 58 pixels.
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

    /// The means of squares of pixels, as far as there are whole ones.
    private static Image means(Image whole, int factor) {
        int height = whole.height() / factor;
        int width = whole.width() / factor;
        byte[] pixels = new byte[height * width * whole.channels()];
        for (int i = 0; i < pixels.length; i++) {
            int channel = i % whole.channels();
            int column = i / whole.channels() % width;
            int row = i / whole.channels() / width;
            double sum = 0;
            for (int j = 0; j < factor * factor; j++) {
                sum += whole.get(row * factor + j / factor, column * factor + j % factor, channel);
            }
            pixels[i] = (byte) Math.round(sum / (factor * factor));
        }
        return Image.of(height, width, whole.channels(), pixels);
    }

    private static Image reduced(String name, int factor) throws IOException {
        return ReducedJpeg.read(resource(name + ".jpg"), 58 / factor, 75 / factor).orElseThrow()
                .cropped(0, 0, 58 / factor, 75 / factor);
    }

    private static Image whole(String name) throws IOException {
        return Pixels.of(ImageIO.read(new ByteArrayInputStream(resource(name + ".jpg"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void greysAreMeansOfTheWholePicture(int factor) throws IOException {
        Image means = means(whole("grey"), factor);
        Image found = reduced("grey", factor);
        for (int row = 0; row < means.height(); row++) {
            for (int column = 0; column < means.width(); column++) {
                // Pixels of the whole picture are rounded.
                assertThat(found.get(row, column, 0)).isCloseTo(means.get(row, column, 0), within(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"420", "422", "444", "restarts", "optimized"})
    void coloursAreNearlyMeansOfTheWholePicture(String name) throws IOException {
        for (int factor : new int[] {2, 4, 8}) {
            assertThat(difference(reduced(name, factor), means(whole(name), factor))).as("%s at 1/%s", name, factor)
                    .isLessThan(name.equals("444") ? 0.7 : 1.5);
        }
        assertThat(reduced("restarts", 2)).isEqualTo(reduced("420", 2));
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
        assertThat(ReducedJpeg.read(new byte[1000], 1, 1)).isEmpty();
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
