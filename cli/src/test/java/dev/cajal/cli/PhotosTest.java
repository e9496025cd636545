package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder of pictures as people have it: with other files in it, with damaged ones, and with runs inside.
class PhotosTest {
    private static final int EACH = 10;

    @TempDir
    Path folder;

    private Path photos = Path.of("photos");

    @BeforeEach
    void pictures() throws IOException {
        photos = folder.resolve("photos");
        for (String name : List.of("dark", "light")) {
            Files.createDirectories(photos.resolve(name));
            for (int i = 0; i < EACH; i++) {
                var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < 64; pixel++) {
                    image.setRGB(pixel % 8, pixel / 8,
                            (name.equals("dark") ? 0x101010 : 0xc0c0c0) + pixel * i * 0x000101);
                }
                ImageIO.write(image, "png", picture(name, i).toFile());
            }
        }
    }

    private Path picture(String name, int number) {
        return photos.resolve(name).resolve(number + ".png");
    }

    private static void damage(Path picture) throws IOException {
        byte[] bytes = Files.readAllBytes(picture);
        // As long as before, as a bad disk leaves it.
        Arrays.fill(bytes, 0, 30, (byte) 0);
        Files.write(picture, bytes);
    }

    private Cli.Result train(Path run, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", photos.toString(), "--model", "softmax", "--out",
                run.toString()));
        arguments.addAll(List.of(more));
        return Cli.here(arguments.toArray(String[]::new));
    }

    private static void assertGood(Cli.Result told) {
        assertThat(told.code()).as(told.all()).isZero();
    }

    @Test
    void aRunGoesOnWhateverElseComesToLieAmongThePictures() throws IOException {
        Path run = photos.resolve("runs/one");
        assertGood(train(run, "--epochs", "1"));
        Files.writeString(photos.resolve(".DS_Store"), "x");
        Files.writeString(photos.resolve("dark/Thumbs.db"), "x");
        var on = train(run, "--resume", "--epochs", "2");
        assertGood(on);
        assertThat(on.err()).contains("Going on with epoch 2");

        Files.copy(picture("dark", 0), picture("dark", 99));
        var more = train(run, "--resume", "--epochs", "3");
        assertThat(more.code()).isEqualTo(3);
        assertThat(more.err()).contains("is not what it was when the run began");
    }

    @Test
    void aLinkToAFolderIsThatFolder() throws IOException {
        Path real = folder.resolve("real");
        Files.move(photos, real);
        Files.createSymbolicLink(photos, real);
        Path run = folder.resolve("run");
        assertGood(train(run, "--epochs", "1"));
        assertGood(train(run, "--resume", "--epochs", "2"));
        Files.delete(picture("light", 3));
        assertThat(train(run, "--resume", "--epochs", "3").err()).contains("is not what it was");
    }

    @Test
    void damagedPicturesAreLeftOutLaterOnlyWhileNothingIsLearned() throws IOException {
        Path run = folder.resolve("run");
        assertGood(train(run, "--epochs", "1"));
        damage(picture("light", 4));
        assertThat(train(run, "--resume", "--epochs", "2").err()).contains("light/4.png", "--skip-damaged");
        var refused = train(run, "--resume", "--epochs", "2", "--skip-damaged");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("has done 1 epoch(s) with all pictures", "in another folder",
                "cajal evaluate " + run + " DATA --skip-damaged");

        Files.delete(run.resolve("snapshot.cajal"));
        Files.delete(run.resolve("model.cajal"));
        assertGood(train(run, "--resume", "--epochs", "2", "--skip-damaged"));
        Path anew = folder.resolve("anew");
        assertGood(train(anew, "--epochs", "2", "--skip-damaged"));
        assertThat(run.resolve("model.cajal")).hasSameBinaryContentAs(anew.resolve("model.cajal"));
        assertGood(train(run, "--resume", "--epochs", "3"));
    }

    /// Pictures that do not fit into memory are read when their turn comes.
    @Test
    @Tag("slow")
    void aDamagedPictureInTheFirstEpochIsNoEnd() throws Exception {
        damage(picture("light", 4));
        var cli = Cli.in(folder).with("-Xmx32m");
        var ended = cli.run("train", "photos", "--model", "softmax", "--size", "512", "--epochs", "1", "--batch", "4",
                "--out", "run");
        assertThat(ended.code()).as(ended.all()).isEqualTo(3);
        assertThat(ended.err()).contains("decoded whenever they are needed", "light/4.png", "--skip-damaged");
        var on = cli.run("train", "--resume", "--skip-damaged", "--out", "run");
        assertThat(on.code()).as(on.all()).isZero();
    }

    @Test
    void oneDamagedPictureDoesNotStopTheOthers() throws IOException {
        Path run = folder.resolve("run");
        assertGood(train(run, "--epochs", "1"));
        damage(picture("dark", 2));
        damage(picture("light", 7));

        var told = Cli.here("predict", run.toString(), photos.toString());
        assertThat(told.code()).isEqualTo(3);
        assertThat(told.out().lines()).hasSize(2 * EACH - 2);
        assertThat(told.err()).contains("2 picture(s)", "dark/2.png", "light/7.png");
        var expected = Cli.here("predict", run.toString(), photos.toString(), "--skip-damaged", "--json");
        assertGood(expected);
        assertThat(Json.parse(expected.out()).get("damaged").asList()).map(Json::asText)
                .containsExactly(picture("dark", 2).toString(), picture("light", 7).toString());

        var refused = Cli.here("evaluate", run.toString(), photos.toString());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("--skip-damaged");
        var measured = Cli.here("evaluate", run.toString(), photos.toString(), "--skip-damaged", "--json");
        assertGood(measured);
        assertThat(measured.err()).contains("dark/2.png", "light/7.png");
        assertThat(Json.parse(measured.out()).get("examples").asLong()).isEqualTo(2 * EACH - 2);
        assertThat(Cli.here("predict", run.toString(), picture("dark", 1).toString(), "--skip-damaged").err())
                .contains("--skip-damaged is for a folder of pictures, but this is a file");
    }

    @Test
    void ofManyDamagedPicturesTheFirstAreNamed() throws IOException {
        Path run = folder.resolve("run");
        for (int i = EACH; i < 40; i++) {
            Files.writeString(picture("dark", i), "no picture");
        }
        var told = train(run, "--epochs", "1", "--skip-damaged");
        assertGood(told);
        assertThat(told.err()).contains("30 picture(s)", "dark/10.png", "and 10 more").doesNotContain("dark/39.png");
    }

    @Test
    void whatComesBackIsNotChanged() {
        for (String change : List.of("flip", "mixup")) {
            var told = Cli.here("train", photos.toString(), "--model", "autoencoder", "--augment", change, "--out",
                    folder.resolve("run").toString());
            assertThat(told.code()).isEqualTo(2);
            assertThat(told.err()).contains("what an autoencoder is to give back", "Leave --augment away");
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }

    @Test
    void anAutoencoderOfAFolderIsMeasuredOnIt() {
        Path run = folder.resolve("run");
        assertGood(Cli.here("train", photos.toString(), "--model", "autoencoder", "--layers", "8,2", "--size", "6",
                "--epochs", "1", "--out", run.toString()));
        assertGood(Cli.here("evaluate", run.toString(), photos.toString()));
    }
}
