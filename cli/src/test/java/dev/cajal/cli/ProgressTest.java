package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where there is a terminal, whatever may take long says how far it has come, how fast it goes, and how long it takes yet.
class ProgressTest {
    private static final String LINE = " █{16} %d/%1$d  [\\d,]+/s  0 s left";

    @TempDir
    Path folder;

    private static void assertShows(Cli.Result told, String what, int count) {
        assertThat(told.code()).as(told.all()).isZero();
        assertThat(told.err()).containsPattern(what + LINE.formatted(count));
        assertThat(told.out()).doesNotContain("\r");
    }

    @Test
    void ofATable() throws Exception {
        String flowers = TinyData.flowers(folder.resolve("flowers.csv"), 50).toString();
        String run = folder.resolve("run").toString();
        assertShows(Cli.atTerminal("train", flowers, "--epochs", "1", "--out", run), "Measuring", 10);
        assertShows(Cli.atTerminal("evaluate", run, flowers), "Measuring", 50);
        assertShows(Cli.atTerminal("predict", run, flowers), "Predicting", 50);
        assertThat(Cli.here("predict", run, flowers).err()).doesNotContain("Predicting");
        assertThat(Cli.atTerminal("predict", run, flowers, "--lang", "es").err()).contains("Prediciendo", "faltan 0 s");
    }

    @Test
    void ofPictures() throws Exception {
        for (String name : new String[] {"a", "b"}) {
            Files.createDirectories(folder.resolve("photos").resolve(name));
            for (int i = 0; i < 5; i++) {
                ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png",
                        folder.resolve("photos").resolve(name).resolve(i + ".png").toFile());
            }
        }
        String photos = folder.resolve("photos").toString();
        String run = folder.resolve("run").toString();
        String coder = folder.resolve("coder").toString();
        assertShows(Cli.atTerminal("train", photos, "--model", "softmax", "--epochs", "1", "--out", run),
                "Reading pictures", 10);
        assertShows(Cli.atTerminal("evaluate", run, photos), "Reading pictures", 10);
        assertShows(Cli.atTerminal("predict", run, photos), "Reading pictures", 10);
        Cli.here("train", photos, "--model", "autoencoder", "--layers", "4", "--epochs", "1", "--out", coder);
        assertShows(Cli.atTerminal("evaluate", coder, photos), "Measuring", 2);
        assertShows(Cli.atTerminal("predict", coder, photos), "Predicting", 10);
    }

    @Test
    void ofTexts() throws Exception {
        Files.writeString(folder.resolve("pairs.tsv"), "de\ten\n" + "eins zwei\tone two\ndrei\tthree\n".repeat(20));
        String pairs = folder.resolve("pairs.tsv").toString();
        String run = folder.resolve("run").toString();
        Cli.here("train", pairs, "--source", "de", "--target", "en", "--epochs", "1", "--out", run);
        assertShows(Cli.atTerminal("evaluate", run, pairs), "Measuring", 40);
        assertShows(Cli.atTerminal("evaluate", run, pairs), "Translating", 40);
        assertShows(Cli.atTerminal("predict", run, "eins"), "Translating", 1);

        Files.writeString(folder.resolve("book.txt"), "Roses are red,\nviolets shine blue.\n".repeat(60));
        String writer = folder.resolve("writer").toString();
        Cli.here("train", folder.resolve("book.txt").toString(), "--model", "gru", "--layers", "4", "--epochs", "1",
                "--length", "16", "--out", writer);
        assertShows(Cli.atTerminal("generate", writer, "--length", "7", "--beam", "2"), "Searching", 7);
    }

    @Test
    void ofADownload() {
        var err = new ByteArrayOutputStream();
        var display = new LoadingDisplay(new Console(new ByteArrayOutputStream(), err, true, false), Language.of("en"));
        display.progress("images.gz", 1000, 4000);
        display.progress("images.gz", 4000, 4000);
        display.progress("labels.gz", 500, 500);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Downloading images.gz (kB) ████████████████ 4/4",
                "Downloading labels.gz (kB) ████████████████ 1/1");
    }
}
