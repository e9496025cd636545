package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.nn.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    void ctrlCTellsMachinesToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "needs signals");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = Cli.in(folder).start(out, err, "train", "flowers.csv", "--epochs", "100000", "--out", "run",
                "--json");
        waitFor(process, err, "Epoch 3/");
        interrupt(process);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(out).lines()).hasSize(1);
        Json told = Json.parse(Files.readString(out));
        assertThat(told.get("run").asText()).isEqualTo("run");
        assertThat(told.get("ended").asText()).isEqualTo("interrupted");
        assertThat(told.get("epochs").asLong()).isPositive();
    }

    /// Changes of pictures and mixtures are drawn anew for each step: after a stop they have to be those that would have come.
    @Test
    void killedWithChangedPicturesTheBitsAreTheSame() throws Exception {
        var cli = Cli.in(folder).with("CAJAL_DATA", TinyData.mnist(folder.resolve("data"), 300, 20).toString());
        String[] train = {"train", "mnist", "--model", "lenet", "--batch", "16", "--epochs", "25", "--augment",
            "flip,crop,zoom,rotate,colour,erase,rand,mixup", "--out"};
        var whole = cli.run(with(train, "whole"));
        assertThat(whole.code()).as(whole.err()).isZero();

        Path err = folder.resolve("err.txt");
        Process killed = cli.start(err, with(train, "killed"));
        waitFor(killed, err, "Epoch 3/");
        killed.destroyForcibly().waitFor();
        assertThat(folder.resolve("killed/model.cajal")).doesNotExist();
        var last = cli.run("train", "--resume", "--out", "killed");
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(last.err()).contains("Going on with epoch ");
        assertThat(folder.resolve("killed/model.cajal")).hasSameBinaryContentAs(folder.resolve("whole/model.cajal"));
    }

    private static String[] with(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
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
