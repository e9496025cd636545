package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are stopped in the middle: nothing is lost, and they end as if they had never stopped.
@Tag("slow")
class InterruptionTest {
    private static final int SECONDS = 120;

    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 400);
    }

    private Process start(Path err, String out, int epochs) throws IOException {
        return Cli.in(folder).start(err, "train", "flowers.csv", "--batch", "16", "--layers", "32,32", "--epochs",
                String.valueOf(epochs), "--out", out);
    }

    private void waitFor(Process process, Path err, String text) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.readString(err).contains(text)) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(System.nanoTime()).as("waiting for '%s' in %s", text, Files.readString(err)).isLessThan(until);
            Thread.sleep(20);
        }
    }

    /// What Ctrl-C does.
    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }

    @Test
    void ctrlCKeepsTheStateAndSaysHowToGoOn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "needs signals");
        Path err = folder.resolve("err.txt");
        Process process = start(err, "my run", 100_000);
        waitFor(process, err, "Epoch 3/");
        interrupt(process);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(err)).contains("Interrupted; the last state is in my run",
                "cajal train --resume --out 'my run'").doesNotContain("Error", "Exception", "\tat ");
        assertThat(folder.resolve("my run").toFile().list()).containsExactlyInAnyOrder("run.json", "snapshot.cajal");

        var epoch = Files.readString(err).lines().filter(line -> line.startsWith("Epoch ")).count();
        var resumed = Cli.in(folder).run("train", "--resume", "--out", "my run", "--epochs", String.valueOf(epoch + 2));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("Going on with epoch " + (epoch + 1));
    }

    @Test
    void killedOrInterruptedAtAnyMomentTheBitsAreTheSame() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "needs signals");
        int epochs = 400;
        Path whole = folder.resolve("whole.txt");
        assertThat(start(whole, "whole", epochs).waitFor()).as(Files.readString(whole)).isZero();
        byte[] model = Files.readAllBytes(folder.resolve("whole/model.cajal"));

        Path err = folder.resolve("err.txt");
        Process killed = start(err, "killed", epochs);
        waitFor(killed, err, "Epoch 40/");
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("killed/model.cajal")).doesNotExist();

        // Once more, while it goes on from where it was killed.
        Process again = Cli.in(folder).start(err, "train", "--resume", "--out", "killed");
        waitFor(again, err, "Going on with epoch ");
        Thread.sleep(700);
        interrupt(again);
        assertThat(again.waitFor()).as(Files.readString(err)).isIn(130, 0);

        var last = Cli.in(folder).run("train", "--resume", "--out", "killed");
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(folder.resolve("killed/model.cajal")).hasBinaryContent(model);
    }
}
