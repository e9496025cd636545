package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same command gives the same file, however many threads work on it and whatever instructions they use.
@Tag("slow")
class SameBitsTest {
    @TempDir
    Path folder;

    @Test
    void threadsAndVectorsDoNotShowInTheWeights() throws Exception {
        Path data = TinyData.mnist(folder.resolve("data"), 400, 40);
        String[] command = {"train", "mnist", "--epochs", "3", "--layers", "96,64", "--batch", "50", "--activation",
            "gelu", "--out"};
        byte[] first = trained(data, command, "one", "--threads", "1");
        assertThat(trained(data, command, "two", "--threads", "2")).isEqualTo(first);
        assertThat(trained(data, command, "three", "--threads", "3")).isEqualTo(first);
        assertThat(trained(data, command, "scalar", "-Dcajal.vector=off")).isEqualTo(first);
        assertThat(trained(data, command, "narrow", "-Dcajal.vector=128")).isEqualTo(first);
        assertThat(trained(data, command, "other", "--seed", "43")).as("what is compared changes at all")
                .isNotEqualTo(first);
    }

    private byte[] trained(Path data, String[] command, String out, String... more) throws Exception {
        var cli = Cli.in(folder).with("CAJAL_DATA", data.toString());
        var arguments = new ArrayList<>(List.of(command));
        arguments.add(out);
        if (more[0].startsWith("-D")) {
            cli.with(more[0]);
        } else {
            arguments.addAll(List.of(more));
        }
        var told = cli.run(arguments.toArray(String[]::new));
        assertThat(told.code()).as(told.err()).isZero();
        return Files.readAllBytes(folder.resolve(out).resolve("model.cajal"));
    }
}
