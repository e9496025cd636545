package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of few bytes with many pixels take neither memory nor time, in a Java of its own.
class PictureBombTest {
    private static final int SIDE = 14_000;

    @TempDir
    private static Path folder;

    private static Path bomb;

    @BeforeAll
    static void bomb() throws IOException {
        bomb = Png.filled(folder.resolve("bomb.png"), SIDE, SIDE, 200, 100, 50);
        assertThat(Files.size(bomb)).isLessThan(10_000_000);
    }

    @Test
    void oddPicturesTakeNeitherMemoryNorTime() throws Exception {
        String said = run("-Xmx64m", "each", SharedData.path("images-odd"));
        assertThat(said).doesNotContain("picture.memory").contains("decompression_bomb.gif: The picture is damaged");
    }

    @Test
    void severalThreadsReadBombsWithLittleMemory() throws Exception {
        for (String picture : List.of("a/1.png", "b/1.png")) {
            Path copy = folder.resolve("bombs").resolve(picture);
            Files.createDirectories(copy.getParent());
            Files.copy(bomb, copy);
        }
        String said = run("-Xmx128m", "folder", folder.resolve("bombs"));
        assertThat(said).contains("2 pictures of 2 classes").contains("[200.0, 50.0]").doesNotContain("Left out");
    }

    @Test
    void whatThereIsNoMemoryForIsNamedAndCanBeLeftOut() throws Exception {
        Path pictures = folder.resolve("some");
        Path large = pictures.resolve("a").resolve("large.png");
        for (String name : List.of("a", "b")) {
            Files.createDirectories(pictures.resolve(name));
            Png.filled(pictures.resolve(name).resolve("small.png"), 8, 8, 1, 2, 3);
        }
        Png.filled(large, 7000, 7000, 200, 100, 50);
        String said = run("-Xmx128m", "folder", pictures);
        assertThat(said).contains("3 pictures of 2 classes")
                .contains("Left out, since they cannot be read: 1 picture(s).")
                .contains(large
                        + ": The picture has 7000 x 7000 pixels, and to decode it takes 280 MB of memory; there are ");
    }

    @Test
    void theWholeOfABombNeedsMemory() {
        assertThatThrownBy(() -> new PictureFile(bomb, new PictureMemory(1 << 28)).covering(8000, 8000))
                .isInstanceOfSatisfying(DataException.class,
                        refused -> assertThat(refused.code()).isEqualTo("picture.memory"))
                .hasMessageStartingWith(bomb + ": The picture has 14000 x 14000 pixels").hasMessageContaining("256 MB");
    }

    private static String run(String heap, String what, Path path) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap, "-Djava.awt.headless=true",
                "--add-modules", "jdk.incubator.vector", "-cp", classes(), SmallHeap.class.getName(), what,
                path.toString()));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(out);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /// What this test runs with, and its own classes, which are patched into the module.
    private static String classes() {
        return Stream.of("target/test-classes", System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""), System.getProperty("surefire.test.class.path", ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
