package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// One run, the same weights: at any number of threads, with and without vectors, killed in the middle or not.
@Tag("slow")
class SameBitsTest {
    private static final String[] TRAIN = {"train", "mnist", "--layers", "48,32", "--epochs", "40", "--batch", "50"};

    @TempDir
    Path folder;

    private static String[] to(String out, String... more) {
        String[] words = new String[TRAIN.length + 2 + more.length];
        System.arraycopy(TRAIN, 0, words, 0, TRAIN.length);
        words[TRAIN.length] = "--out";
        words[TRAIN.length + 1] = out;
        System.arraycopy(more, 0, words, TRAIN.length + 2, more.length);
        return words;
    }

    private byte[] weights(String run) throws IOException {
        try (ZipFile zip = new ZipFile(folder.resolve(run).resolve("model.cajal").toFile())) {
            return zip.getInputStream(zip.getEntry("weights.safetensors")).readAllBytes();
        }
    }

    @Test
    void whateverTheMachineDoes() throws Exception {
        Samples.mnist(folder);
        assertThat(Cli.in(folder).run(to("one", "--threads", "1")).exit()).isZero();
        assertThat(Cli.in(folder).run(to("two", "--threads", "2")).exit()).isZero();
        assertThat(weights("two")).isEqualTo(weights("one"));
        assertThat(Cli.in(folder).withOption("-Dcajal.vector=off").run(to("scalar")).exit()).isZero();
        assertThat(weights("scalar")).isEqualTo(weights("one"));

        Process killed = Cli.in(folder).start(to("killed"));
        await(killed, "Epoch 3/40");
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("killed/model.cajal")).doesNotExist();
        Cli.Result resumed = Cli.in(folder).run("train", "mnist", "--out", "killed", "--resume", "--json");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(weights("killed")).isEqualTo(weights("one"));
        assertThat(resumed.json().get("epochs").asLong()).isEqualTo(40);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void controlCStopsCleanlyAndSaysHowToGoOn() throws Exception {
        Samples.mnist(folder);
        Process process = Cli.in(folder).start(to("stopped"));
        await(process, "Epoch 2/40");
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        String said = Cli.text(Cli.err(process));
        assertThat(said).contains("cajal train mnist --out stopped --resume").doesNotContain("Exception");
        assertThat(folder.resolve("stopped/snapshot.cajal")).exists();
        Cli.Result resumed = Cli.in(folder).run("train", "mnist", "--out", "stopped", "--resume");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
    }

    private static void await(Process process, String text) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!Cli.text(Cli.err(process)).contains(text)) {
            assertThat(process.isAlive()).as(Cli.text(Cli.err(process))).isTrue();
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(5);
        }
    }

    @Test
    void aFullDisk() throws Exception {
        Samples.flowers(folder);
        Path full = Files.createDirectories(folder.resolve("full"));
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=40k", "none", full.toString())
                .redirectErrorStream(true).start().waitFor() == 0;
        org.junit.jupiter.api.Assumptions.assumeTrue(mounted, "Small file systems cannot be mounted here.");
        try {
            Cli.Result result = Cli.in(folder).run("train", "flowers.csv", "--epochs", "2", "--out", "full/run");
            assertThat(result.exit()).as(result.err()).isEqualTo(5);
            assertThat(result.err()).contains("full/run", "space").doesNotContain("Exception");
        } finally {
            new ProcessBuilder("umount", full.toString()).start().waitFor();
        }
    }
}
