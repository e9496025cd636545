package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that are not whole any more: exit code 4, and never a prediction from wrong weights.
class DamagedModelTest {
    @TempDir
    static Path folder;

    private static byte[] whole;
    private static String predictions;

    @BeforeAll
    static void trained() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 60);
        Cli.here("train", folder.resolve("flowers.csv").toString(), "--epochs", "1", "--layers", "4", "--out",
                folder.resolve("run").toString());
        whole = Files.readAllBytes(folder.resolve("run/model.cajal"));
        predictions = Cli.here("predict", folder.resolve("run").toString(), folder.resolve("flowers.csv").toString())
                .out();
        assertThat(predictions.lines()).hasSize(60);
    }

    private static Cli.Result predict(byte[] model) throws IOException {
        Path file = Files.write(folder.resolve("damaged.cajal"), model);
        return Cli.here("predict", file.toString(), folder.resolve("flowers.csv").toString());
    }

    private static int find(String text) {
        return new String(whole, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void aFlippedByteOfTheConfiguration() throws IOException {
        byte[] damaged = whole.clone();
        damaged[find("\"Dense\"") + 2] ^= 1;
        var told = predict(damaged);
        assertThat(told.code()).isEqualTo(4);
        assertThat(told.err()).contains("damaged.cajal is damaged", "older copy");
        assertThat(told.out()).isEmpty();
    }

    @Test
    void aFlippedByteOfTheWeights() throws IOException {
        byte[] damaged = whole.clone();
        // The last numbers before the list of parts.
        damaged[find("PK\u0001\u0002") - 8] ^= 1;
        var told = predict(damaged);
        assertThat(told.code()).isEqualTo(4);
        assertThat(told.err()).contains("damaged.cajal is damaged");
    }

    @Test
    void aByteAnywhereIsNoticedOrDoesNotMatter() throws IOException {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            var told = predict(damaged);
            if (told.code() == 0) {
                assertThat(told.out()).as("byte %s", at).isEqualTo(predictions);
            } else {
                assertThat(told.code()).as("byte %s: %s", at, told.err()).isEqualTo(4);
                assertThat(told.out()).isEmpty();
                assertThat(told.err()).as("byte %s", at).contains("damaged.cajal").doesNotContain("\tat ");
            }
        }
    }

    @Test
    void cutOffAnywhere() throws IOException {
        for (int length = 0; length < find("PK\u0001\u0002"); length += 37) {
            var told = predict(Arrays.copyOf(whole, length));
            assertThat(told.code()).as("%s bytes: %s", length, told.err()).isEqualTo(4);
        }
    }

    @Test
    void somethingElse() throws IOException {
        assertThat(predict("hello".getBytes(StandardCharsets.UTF_8)).code()).isEqualTo(4);
        var csv = Cli.here("predict", folder.resolve("flowers.csv").toString(),
                folder.resolve("flowers.csv").toString());
        assertThat(csv.code()).isEqualTo(4);
        assertThat(csv.err()).contains("flowers.csv is damaged, or is not a file of Cajal's");
    }
}
