package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Language models on the command line.
class GenerateTest {
    @TempDir
    Path folder;

    @BeforeEach
    void text() throws IOException {
        Files.writeString(folder.resolve("rhyme.txt"), "Roses are red,\nviolets shine blue.\n".repeat(60));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Cli.Result train(String out, String... more) {
        String[] arguments = {"train", file("rhyme.txt"), "--out", file(out), "--length", "16", "--json"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.here(all);
    }

    @Test
    void aTextIsLearnedAndContinued() {
        var told = train("run", "--model", "gru", "--layers", "32", "--epochs", "20", "--learning-rate", "0.01");
        assertThat(told.code()).as(told.err()).isZero();
        Json result = Json.parse(told.out());
        assertThat(result.get("dataset").asText()).isEqualTo("rhyme.txt");
        assertThat(result.get("test_perplexity").asDouble()).isBetween(1.0, 1.5);
        assertThat(result.get("test_accuracy").asDouble()).isGreaterThan(0.85);
        assertThat(told.err()).contains("2100 tokens, 19 different ones, in pieces of 16");

        var written = Cli.here("generate", file("run"), "--prompt", "Roses", "--length", "60", "--temperature", "0");
        assertThat(written.out()).isEqualTo(
                ("Roses are red,\nviolets shine blue.\n".repeat(3)).substring(0, 65) + System.lineSeparator());
        var json = Cli.here("generate", file("run"), "--prompt", "violets", "--length", "9", "--top-k", "1", "--json");
        assertThat(Json.parse(json.out()).get("text").asText()).isEqualTo(" shine bl");
        assertThat(Json.parse(json.out()).get("prompt").asText()).isEqualTo("violets");

        assertThat(Cli.here("generate", file("run"), "--prompt", "Roses", "--length", "60", "--beam", "3").out())
                .isEqualTo(written.out());
        var both = Cli.here("generate", file("run"), "--prompt", "Roses", "--beam", "3", "--top-k", "2");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("--beam looks for the most probable text", "--top-k");
        assertThat(Cli.here("generate", file("run"), "--beam", "3", "--temperature", "0", "--lang", "es").err())
                .contains("--beam busca", "--temperature");
        assertThat(Cli.here("generate", file("run"), "--beam", "0").err()).contains("--beam", "from 1 to 1024");

        var measured = Cli.here("evaluate", file("run"), file("rhyme.txt"), "--json");
        assertThat(Json.parse(measured.out()).get("test_loss").asDouble())
                .isEqualTo(result.get("test_loss").asDouble());
        assertThat(Cli.here("summary", file("run")).out()).contains("Recurrent", "Embedding");
    }

    @Test
    void mistakesAreExplained() throws IOException {
        train("run", "--model", "rnn", "--layers", "4", "--epochs", "1");
        var unknown = Cli.here("generate", file("run"), "--prompt", "Zinnias");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("'Z' (U+005A)", "none of the 19");
        assertThat(unknown.out()).isEmpty();
        var empty = Cli.here("generate", file("run"), "--prompt", "");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("prompt is empty", "Let it begin with a word");
        var hot = Cli.here("generate", file("run"), "--temperature", "-2");
        assertThat(hot.code()).isEqualTo(2);
        assertThat(hot.err()).contains("temperature", "-2");
        for (String option : new String[] {"--top-p", "--temperature"}) {
            var none = Cli.here("generate", file("run"), option, "hot");
            assertThat(none.code()).isEqualTo(2);
            assertThat(none.err()).contains(option + " has to be a number", "but is 'hot'");
        }
        assertThat(Cli.here("generate", file("run"), "--length", "0").err()).contains("--length");
        assertThat(Cli.here("generate", file("nothing")).code()).isEqualTo(4);

        TinyData.flowers(folder.resolve("flowers.csv"), 30);
        Cli.here("train", file("flowers.csv"), "--epochs", "1", "--out", file("flowers"));
        var other = Cli.here("generate", file("flowers"));
        assertThat(other.code()).isEqualTo(4);
        assertThat(other.err()).contains("does not continue texts", "cajal train FILE.txt");

        Files.writeString(folder.resolve("short.txt"), "abc");
        var few = Cli.here("train", file("short.txt"), "--out", file("few"));
        assertThat(few.code()).isEqualTo(3);
        assertThat(few.err()).contains("has 3 tokens", "at least 650");
        assertThat(train("mlp", "--model", "mlp").err()).contains("'mlp' does not continue texts", "gpt");
    }

    @Test
    void wordsCanBeTokens() {
        var told = train("run", "--tokenizer", "bpe:280", "--model", "gru", "--layers", "32", "--epochs", "20",
                "--learning-rate", "0.01");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("different ones");
        assertThat(Cli.here("generate", file("run"), "--prompt", "Roses are", "--length", "2", "--top-k", "1").out())
                .startsWith("Roses are red");
        var words = train("words", "--tokenizer", "words:9", "--model", "gru", "--layers", "16", "--epochs", "20",
                "--learning-rate", "0.01");
        assertThat(words.code()).as(words.err()).isZero();
        assertThat(words.err()).contains("480 tokens, 9 different ones");
        // The five frequent ones; what comes between them is not known, and never written.
        assertThat(Cli.here("generate", file("words"), "--prompt", "Roses", "--length", "20", "--top-k", "2").out())
                .matches("Roses are( (Roses|are|,|\\.|blue)){19}" + System.lineSeparator());
        assertThat(train("none", "--tokenizer", "wordy").err()).contains("--tokenizer can be", "'wordy'");
        assertThat(train("small", "--tokenizer", "words:4").err()).contains("words:N", "5");
        assertThat(train("few", "--tokenizer", "bpe:10").err()).contains("bpe:N", "256");
    }

    @Test
    void aFileCanHaveTheTokens() throws IOException {
        Path tokens = Files.writeString(folder.resolve("tokenizer.json"),
                "{\"model\": {\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"roses\": 1, \"are\": 2, \"red\": 3}},"
                        + "\"normalizer\": {\"type\": \"Lowercase\"}, \"pre_tokenizer\": {\"type\": \"Whitespace\"}}");
        var told = train("run", "--tokenizer", tokens.toString(), "--model", "gru", "--layers", "8", "--epochs", "1");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("480 tokens, 4 different ones");
        var measured = Cli.here("evaluate", file("run"), file("rhyme.txt"), "--json");
        assertThat(Json.parse(measured.out()).get("test_loss").asDouble())
                .isEqualTo(Json.parse(told.out()).get("test_loss").asDouble());
        Files.writeString(tokens, "{\"model\": {\"type\": \"Tree\"}}");
        var other = train("none", "--tokenizer", tokens.toString());
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.err()).contains("tokenizer.json", "'Tree'", "WordPiece");
    }

    /// Where nobody says what a text begins with, each kind of tokens has something; and a run goes on with each.
    @ParameterizedTest
    @ValueSource(strings = {"characters", "bpe:260", "words", "words:6", "bert.json", "unigram.json", "llama.json",
        "words.json", "sp-unigram.model", "sp-bpe.model", "sp-bytes.model"})
    void aTextNeedsNoBeginning(String tokenizer) {
        Path file = Path.of("../data/src/test/resources/dev/cajal/data/text/tokenizers").resolve(tokenizer);
        var trained = train("run", "--tokenizer", Files.exists(file) ? file.toString() : tokenizer, "--model", "gru",
                "--layers", "8", "--epochs", "1");
        assertThat(trained.code()).as(trained.err()).isZero();
        var told = Cli.here("generate", file("run"), "--length", "5", "--json");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(Json.parse(told.out()).get("prompt").asText()).isNotEmpty().doesNotContain("\uFFFD", "<", "[");
        assertThat(Cli.here("generate", file("run"), "--length", "5", "--json").out().split("\"seconds\"")[0])
                .as("the same seed").isEqualTo(told.out().split("\"seconds\"")[0]);
        var on = Cli.here("train", "--resume", "--epochs", "2", "--out", file("run"));
        assertThat(on.code()).as(on.err()).isZero();
    }

    @Test
    void aTextOfOneLineNeedsNoBeginning() throws IOException {
        Files.writeString(folder.resolve("rhyme.txt"), "Roses are red, violets shine blue. ".repeat(60));
        assertThat(train("run", "--model", "gru", "--layers", "8", "--epochs", "1").code()).isZero();
        for (String[] how : new String[][] {{"--temperature", "0"}, {"--beam", "2"}}) {
            var told = Cli.here("generate", file("run"), "--length", "5", how[0], how[1]);
            assertThat(told.code()).as(told.err()).isZero();
            assertThat(told.out()).matches("[\\w.,][\\w., ]+\\R");
        }
    }

    @Test
    void aRunDoesNotGoOnWithOtherTokens() throws IOException {
        String text = "{\"model\": {\"type\": \"WordLevel\", \"unk_token\": \"?\", \"vocab\": {\"?\": 0, \"are\": 1, \"red\": 2}}, \"pre_tokenizer\": {\"type\": \"Whitespace\"}}";
        Path tokens = Files.writeString(folder.resolve("tokenizer.json"), text);
        assertThat(train("run", "--tokenizer", tokens.toString(), "--model", "gru", "--layers", "8", "--epochs", "1")
                .code()).isZero();
        Files.writeString(tokens, text.replace("are", "era").replace("red", "are").replace("era", "red"));
        var told = Cli.here("train", "--resume", "--epochs", "2", "--out", file("run"));
        assertThat(told.code()).isEqualTo(4);
        assertThat(told.err()).contains("was on other data", "the same tokenizer");
        assertThat(told.err().length()).isLessThan(1500);
        Files.writeString(tokens, text);
        assertThat(Cli.here("train", "--resume", "--epochs", "2", "--out", file("run")).code()).isZero();
    }

    @Test
    void aTableMayBeCalledText() throws IOException {
        TinyData.flowers(folder.resolve("flowers.txt"), 30);
        var told = Cli.here("train", file("flowers.txt"), "--target", "kind", "--epochs", "1", "--out", file("t"));
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("mlp");
    }

    @Test
    void aRunOfATextGoesOn() {
        var whole = train("whole", "--model", "lstm", "--layers", "8", "--epochs", "3");
        train("parts", "--model", "lstm", "--layers", "8", "--epochs", "3", "--goal", "loss=100");
        var on = Cli.here("train", "--resume", "--out", file("parts"), "--goal", "loss=0.0001", "--json");
        assertThat(on.code()).as(on.err()).isZero();
        assertThat(Json.parse(on.out()).get("test_loss").asDouble())
                .isEqualTo(Json.parse(whole.out()).get("test_loss").asDouble());
    }
}
