package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What people do wrong: each time a sentence that says what, where and the way out; never a stack trace, never exit code 0.
class MistakesTest {
    @TempDir
    private static Path folder;

    /// @param words the command line
    /// @param exit code
    /// @param says what the message has
    record Mistake(String words, int exit, List<String> says) {
        @Override
        public String toString() {
            return words;
        }
    }

    private static Mistake mistake(String words, int exit, String... says) {
        return new Mistake(words, exit, List.of(says));
    }

    @BeforeAll
    static void files() throws IOException {
        Samples.flowers(folder);
        Files.writeString(folder.resolve("empty.csv"), "");
        Files.writeString(folder.resolve("header.csv"), "a,b,kind\n");
        Files.writeString(folder.resolve("ragged.csv"), "a,b,kind\n1,2,x\n3,4\n5,6,y\n");
        Files.writeString(folder.resolve("one.csv"), "a,b,kind\n1,2,x\n3,4,x\n5,6,x\n");
        Files.write(folder.resolve("noise.csv"), new byte[] {0, 1, 2, 3, (byte) 0xFF, 0, 0, 9});
        Files.writeString(folder.resolve("file"), "no folder");
        Files.createDirectories(folder.resolve("folder.csv"));
        Files.writeString(folder.resolve("broken.cajal"), "PK this is no model");
        Path mnist = Files.createDirectories(folder.resolve("data/mnist"));
        for (String name : List.of("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")) {
            Samples.gzip(mnist.resolve(name), new byte[] {0, 0, 8, 3, 0, 0, 0, 9});
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                mistake("trane digits", 2, "trane", "train"),
                mistake("train", 2, "DATA"),
                mistake("train flowers.csv --epoch 3", 2, "--epoch", "--epochs"),
                mistake("train digts", 3, "digts", "Did you mean \"digits\"?"),
                mistake("train missing.csv", 3, "missing.csv"),
                mistake("train flowers.csv --model mpl", 2, "mpl", "Did you mean \"mlp\"?"),
                mistake("train flowers.csv --activation rulu", 2, "rulu", "Did you mean \"relu\"?"),
                mistake("train flowers.csv --optimizer adm", 2, "adm", "adam"),
                mistake("train flowers.csv --epochs 0", 2, "--epochs", "at least 1"),
                mistake("train flowers.csv --batch -1", 2, "--batch", "at least 1"),
                mistake("train flowers.csv --learning-rate nan", 2, "--learning-rate"),
                mistake("train flowers.csv --learning-rate -1", 2, "--learning-rate", "above 0"),
                mistake("train flowers.csv --layers 0", 2, "at least 1", "0"),
                mistake("train flowers.csv --layers 3,x", 2, "--layers", "x"),
                mistake("train flowers.csv --goal accuracy", 2, "accuracy=0.98"),
                mistake("train flowers.csv --goal accuracy=2", 2, "accuracy", "2"),
                mistake("train flowers.csv --goal acuracy=0.9", 2, "acuracy", "Did you mean \"accuracy\"?"),
                mistake("train flowers.csv --threads 0", 2, "--threads", "at least 1"),
                mistake("train flowers.csv --header maybe", 2, "yes or no"),
                mistake("train flowers.csv --lang fr", 2, "fr", "en", "es"),
                mistake("train flowers.csv --target kimd", 3, "kimd", "Did you mean \"kind\"?"),
                mistake("train flowers.csv --target 9", 3, "9", "4"),
                mistake("train flowers.csv --out file/run", 5, "file/run", "--out"),
                mistake("train flowers.csv --resume", 4, "runs"),
                mistake("train flowers.csv --resume --layers 3", 2, "--layers", "--resume"),
                mistake("train empty.csv", 3, "empty.csv", "empty"),
                mistake("train header.csv", 3, "header.csv"),
                mistake("train ragged.csv", 3, "ragged.csv", "line 3", "2", "3"),
                mistake("train one.csv", 3, "x", "two"),
                mistake("train noise.csv", 3, "noise.csv"),
                mistake("train folder.csv", 3, "folder.csv"),
                mistake("train mnist", 3, "train-images-idx3-ubyte.gz"),
                mistake("evaluate latest flowers.csv", 4, "runs", "cajal train"),
                mistake("evaluate nowhere flowers.csv", 4, "nowhere"),
                mistake("predict broken.cajal flowers.csv", 4, "broken.cajal"),
                mistake("summary broken.cajal", 4, "broken.cajal"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsExplained(Mistake mistake) {
        Cli.Result result = Cli.in(folder).run((mistake.words() + " --json").split(" "));
        assertThat(result.exit()).as(result.err()).isEqualTo(mistake.exit());
        assertThat(result.err()).contains("Error:").contains(mistake.says()).doesNotContain("\tat ", "Exception");
        assertThat(result.json().get("error").get("message").asText()).isNotBlank();
        assertThat(result.json().get("error").get("exit_code").asLong()).isEqualTo(mistake.exit());
        assertThat(folder.resolve("runs")).as("nothing is left behind").doesNotExist();
    }

    @Test
    void inSpanish() {
        Cli.Result result = Cli.in(folder).run("train", "digts", "--lang", "es");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("No hay ningún conjunto de datos ni archivo 'digts'");
    }

    @Test
    void aStackTraceOnDemand() {
        assertThat(Cli.in(folder).run("train", "empty.csv", "--debug").err()).contains("\tat ");
    }
}
