package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--quality` chooses what nobody named.
class QualityTest {
    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Json train(String out, String... more) throws Exception {
        TinyData.flowers(folder.resolve("flowers.csv"), 120);
        String[] arguments = {"train", file("flowers.csv"), "--out", file(out), "--json"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        var told = Cli.here(all);
        assertThat(told.code()).as(told.err()).isZero();
        return Json.parse(told.out());
    }

    @Test
    void epochsFollowIt() throws Exception {
        assertThat(train("usual").get("epochs").asLong()).isEqualTo(100);
        assertThat(train("fast", "--quality", "fast").get("epochs").asLong()).isEqualTo(25);
        assertThat(train("good", "--quality", "good").get("epochs").asLong()).isEqualTo(100);
        Json best = train("best", "--quality", "best");
        assertThat(best.get("epochs").asLong()).isEqualTo(200);
        assertThat(best.get("test_accuracy").asDouble()).isGreaterThan(0.8);
        assertThat(train("own", "--quality", "best", "--epochs", "3").get("epochs").asLong()).isEqualTo(3);
    }

    @Test
    void theModelFollowsIt() throws Exception {
        var cli = Cli.in(folder).with("CAJAL_DATA", TinyData.mnist(folder.resolve("data"), 200, 20).toString());
        var told = cli.run("train", "mnist", "--quality", "fast", "--out", file("run"), "--json");
        assertThat(told.code()).as(told.err()).isZero();
        Json result = Json.parse(told.out());
        assertThat(result.get("model").asText()).isEqualTo("lenet");
        assertThat(result.get("epochs").asLong()).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("run/run.json"))).contains("\"--quality\"", "fast");
        assertThat(
                cli.run("train", "mnist", "--quality", "fast", "--model", "softmax", "--epochs", "1", "--json").out())
                .contains("softmax");
    }

    @Test
    void anUnknownOneIsExplained() throws Exception {
        TinyData.flowers(folder.resolve("flowers.csv"), 40);
        var told = Cli.here("train", file("flowers.csv"), "--quality", "bset");
        assertThat(told.code()).isEqualTo(2);
        assertThat(told.err()).contains("--quality", "fast, good, best", "Did you mean 'best'");
    }
}
