package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.nn.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a process among others: pipes, terminals, full disks, folders.
@Tag("slow")
class ProcessTest {
    private static final String QUICK = " flowers.csv --epochs 1 --layers 4 ";

    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 60);
    }

    private static void requireUnix() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")) || Files.isExecutable(Path.of("/usr/bin/bash")),
                "needs a Unix shell");
    }

    @Test
    void latestIsTheRunThatWasFinishedLast() throws Exception {
        var cli = Cli.in(folder);
        var trained = cli.run(("train" + QUICK + "--json").split(" "));
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out().lines()).hasSize(1);
        assertThat(trained.err()).doesNotContain("\u001b");
        Path run = Path.of(Json.parse(trained.out()).get("run").asText());
        assertThat(run.toString()).matches("runs/\\d{4}-\\d\\d-\\d\\d-\\d{6}-flowers.csv-mlp");
        assertThat(folder.resolve(run)).isDirectoryContaining("glob:**.cajal");
        var measured = cli.run("evaluate", "latest", "flowers.csv", "--json");
        assertThat(Json.parse(measured.out()).get("run").asText()).isEqualTo(run.toString());
        assertThat(cli.run("predict", run.toString(), "flowers.csv").out().lines()).hasSize(60);
    }

    @Test
    void aReaderWhoLeavesEarlyIsNoError() throws Exception {
        requireUnix();
        var cut = Cli.in(folder).shell("cajal train" + QUICK + "--out run --json | head -0; echo ${PIPESTATUS[0]}");
        assertThat(cut.out().strip()).as(cut.err()).isEqualTo("0");
        assertThat(cut.err()).doesNotContain("Error", "Exception");
        var closed = Cli.in(folder).shell("cajal predict run flowers.csv >&-; echo $?");
        assertThat(closed.out().strip()).as(closed.err()).isEqualTo("0");
        var head = Cli.in(folder).shell("cajal predict run flowers.csv | head -2; echo ${PIPESTATUS[0]}");
        assertThat(head.out().lines()).hasSize(3).last().isEqualTo("0");
    }

    @Test
    void aResultThatCannotBeWrittenIsAnError() throws Exception {
        requireUnix();
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        var full = Cli.in(folder).shell("cajal train" + QUICK + "--out run --json > /dev/full; echo $?");
        assertThat(full.out().strip()).isEqualTo("5");
        assertThat(full.err()).contains("cannot be written to standard output", "No space left");
        assertThat(folder.resolve("run/model.cajal")).as("the model is saved all the same").isNotEmptyFile();
    }

    @Test
    void aFolderThatCannotBeMadeIsAnErrorBeforeTheWork() throws Exception {
        var below = Cli.in(folder).run(("train" + QUICK + "--out flowers.csv/run").split(" "));
        assertThat(below.code()).isEqualTo(5);
        assertThat(below.err()).contains("flowers.csv", "cannot be made", "--out").doesNotContain("Epoch", "\tat ");
        assumeTrue(Files.isDirectory(Path.of("/proc")), "needs /proc");
        var readOnly = Cli.in(folder).run(("train" + QUICK + "--out /proc/run --json").split(" "));
        assertThat(readOnly.code()).isEqualTo(5);
        assertThat(Json.parse(readOnly.out()).get("error").get("code").asText()).isEqualTo("output.folder");
    }

    @Test
    void aDiskThatIsFullLosesNothing() throws Exception {
        requireUnix();
        Path disk = Files.createDirectories(folder.resolve("disk"));
        var mounted = Cli.in(folder).shell("mount -t tmpfs -o size=16k tmpfs disk 2>/dev/null; echo $?");
        assumeTrue(mounted.out().strip().equals("0"), "needs the right to mount a small disk");
        try {
            var full = Cli.in(folder).run("train", "flowers.csv", "--epochs", "1", "--layers", "64,64", "--out",
                    "disk/run");
            assertThat(full.code()).as(full.err()).isEqualTo(5);
            assertThat(full.err()).contains("disk/run", "cannot be written", "No space left", "make room")
                    .doesNotContain("\tat ");
            assertThat(disk.resolve("run/run.json")).isNotEmptyFile();
            assertThat(disk.resolve("run").toFile().list()).as("no half of a file").containsExactly("run.json");
        } finally {
            Cli.in(folder).shell("umount disk");
        }
    }

    @Test
    void coloursAreForTerminalsAndForWhoeverWantsThem() throws Exception {
        var terminal = Cli.in(folder).with("-Dcajal.stderr=terminal").with("TERM", "xterm");
        assertThat(terminal.run(("train" + QUICK + "--out a").split(" ")).err()).contains("\u001b[1m", "\u001b[2K");
        var plain = terminal.with("NO_COLOR", "1").run(("train" + QUICK + "--out b").split(" "));
        assertThat(plain.code()).isZero();
        assertThat(plain.err()).doesNotContain("\u001b[1m", "\u001b[2m", "\u001b[31m");
    }

    @Test
    void aTableCanComeThroughAPipe() throws Exception {
        requireUnix();
        assumeTrue(Files.exists(Path.of("/dev/stdin")), "needs /dev/stdin");
        var piped = Cli.in(folder)
                .shell("cat flowers.csv | timeout 120 cajal train /dev/stdin --epochs 1 --layers 4 --out piped --json");
        assertThat(piped.code()).as(piped.all()).isZero();
        assertThat(Json.parse(piped.out()).get("dataset").asText()).isEqualTo("stdin");
    }
}
