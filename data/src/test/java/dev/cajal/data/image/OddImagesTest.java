package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import dev.cajal.nn.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Odd and broken pictures are read as Pillow reads them (`pillow.py` made the expectations), or refused with a reason.
class OddImagesTest {
    private static final int PARTS = 4;

    /// What Pillow refuses for something that is not read here: a text that unpacks to gigabytes, a colour profile packed in an unknown way. The pixels
    /// are fine.
    private static final Set<String> READ_HERE = Set.of("pillow/png_decompression_dos.png",
            "pillow/unknown_compression_method.png");

    static Stream<Map.Entry<String, Json>> pictures() throws IOException {
        try (var in = OddImagesTest.class.getResourceAsStream("odd-images.json")) {
            return Json.parse(new String(in.readAllBytes())).asMap().entrySet().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsReadAsPillowReadsIt(Map.Entry<String, Json> expected) {
        Path file = SharedData.path("images-odd").resolve(expected.getKey());
        Map<String, Json> pillow = expected.getValue().asMap();
        if (pillow.containsKey("refused") && !READ_HERE.contains(expected.getKey())) {
            refused(file, () -> Image.read(file));
            refused(file, () -> new ImageInputs(4, 4, 3).read(file));
            return;
        }
        Image image = Image.read(file);
        if (pillow.containsKey("refused")) {
            return;
        }
        assertThat(image.width()).isEqualTo((int) pillow.get("width").asLong());
        assertThat(image.height()).isEqualTo((int) pillow.get("height").asLong());
        if (pillow.containsKey("pixels")) {
            assertThat(sha256(image.asColour().toBytes())).isEqualTo(pillow.get("pixels").asText());
            return;
        }
        double tolerance = expected.getKey().endsWith(".webp") ? 5 : 2;
        List<Json> means = pillow.get("means").asList();
        for (int part = 0; part < means.size(); part++) {
            if (!means.get(part).asList().isEmpty()) {
                double[] actual = mean(image, part / PARTS, part % PARTS);
                for (int c = 0; c < 3; c++) {
                    // Decoders of JPEG and WebP differ a little: in how they interpolate colour, and round.
                    assertThat(actual[c]).as("%s, part %s, channel %s", expected.getKey(), part, c)
                            .isCloseTo(means.get(part).asList().get(c).asDouble(),
                                    within(tolerance));
                }
            }
        }
    }

    private static void refused(Path file, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ": ")
                .message().hasSizeGreaterThan(file.toString().length() + 20);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// As a training reads it: of a JPEG file less is decoded, which makes some differences.
    @ParameterizedTest
    @MethodSource("pictures")
    void aTrainingReadsTheSamePictures(Map.Entry<String, Json> expected) {
        Path file = SharedData.path("images-odd").resolve(expected.getKey());
        if (expected.getValue().asMap().containsKey("refused")) {
            return;
        }
        Image image = Image.read(file);
        boolean jpeg = expected.getKey().matches(".*\\.jpe?g");
        // At an eighth of its size the last column of a small picture may be of one pixel.
        for (int side : jpeg ? List.of(24, 64) : List.of(4, 24, 64)) {
            for (int channels : List.of(1, 3)) {
                var inputs = new ImageInputs(side, side + 1, channels);
                byte[] read = inputs.read(file).toBytes();
                byte[] fitted = inputs.fit(image).toBytes();
                assertThat(read).hasSameSizeAs(fitted);
                double sum = 0;
                for (int i = 0; i < read.length; i++) {
                    sum += Math.abs((read[i] & 0xff) - (fitted[i] & 0xff));
                }
                assertThat(sum / read.length).as("%s x %s", side, channels).isLessThanOrEqualTo(jpeg ? 5 : 0);
            }
        }
    }

    private static double[] mean(Image image, int i, int j) {
        Image part = image.cropped(i * image.height() / PARTS, j * image.width() / PARTS,
                (i + 1) * image.height() / PARTS - i * image.height() / PARTS,
                (j + 1) * image.width() / PARTS - j * image.width() / PARTS).asColour();
        double[] mean = new double[3];
        for (int row = 0; row < part.height(); row++) {
            for (int column = 0; column < part.width(); column++) {
                for (int c = 0; c < 3; c++) {
                    mean[c] += part.get(row, column, c) / (double) (part.height() * part.width());
                }
            }
        }
        return mean;
    }

    @Test
    void allOfThemAreExpected() throws IOException {
        Path folder = SharedData.path("images-odd");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/')))
                    .hasSize(76)
                    .containsExactlyInAnyOrderElementsOf(pictures().map(Map.Entry::getKey).toList());
        }
    }
}
