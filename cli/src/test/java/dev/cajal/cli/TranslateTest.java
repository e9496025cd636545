package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.metric.Bleu;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sentences and translations, on the command line.
class TranslateTest {
    private static final Map<String, String> WORDS = Map.of("eins", "one", "zwei", "two", "drei", "three", "und",
            "and");

    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String pairs(int count) throws IOException {
        var random = new SplittableRandom(1);
        List<String> german = WORDS.keySet().stream().sorted().toList();
        var table = new StringBuilder("number\tde\ten\n");
        for (int i = 0; i < count; i++) {
            List<String> words = random.ints(random.nextInt(4, 6), 0, 4).mapToObj(german::get).toList();
            table.append(i).append('\t').append(String.join(" ", words)).append('\t')
                    .append(String.join(" ", words.stream().map(WORDS::get).toList())).append('\n');
        }
        Files.writeString(folder.resolve("pairs.tsv"), table.toString());
        return file("pairs.tsv");
    }

    @Test
    void pairsOfSentencesAreLearned() throws IOException {
        String table = pairs(200);
        var told = Cli.here("train", table, "--source", "de", "--target", "en", "--epochs", "4", "--batch", "16",
                "--learning-rate", "0.001",
                "--out", file("run"), "--json");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("200 pairs of sentences, with 8 different tokens in the sources and 8",
                "Training transformer-small", "the first 7 tokens");
        Json result = Json.parse(told.out());
        assertThat(result.get("test_accuracy").asDouble()).isGreaterThan(0.3);
        assertThat(Math.log(result.get("test_perplexity").asDouble()))
                .isCloseTo(result.get("test_loss").asDouble(), within(1e-4));

        String one = Cli.here("predict", file("run"), "eins", "--beam", "1").out().strip();
        assertThat(one).matches("((one|two|three|and) ?)+");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("eins\n\ndrei zwei\n".getBytes(StandardCharsets.UTF_8)));
        try {
            Json lines = Json.parse(Cli.here("predict", file("run"), "-", "--beam", "1", "--json").out())
                    .get("predictions");
            assertThat(lines.asList()).map(line -> line.get("translation").asText())
                    .hasSize(3).startsWith(one, "");
            assertThat(lines.asList().getFirst().get("source").asText()).isEqualTo("eins");
        } finally {
            System.setIn(before);
        }
        Json measured = Json.parse(Cli.here("evaluate", file("run"), table, "--json").out());
        assertThat(measured.get("test_bleu").asDouble()).isGreaterThan(0).isLessThanOrEqualTo(100);
        assertThat(measured.get("examples").asLong()).isEqualTo(200);
        // What people wrote counts whole, also words that the model does not know, and more than it reads.
        String reference = "one two three, zebra and zebra and zebra and three and two!";
        Files.writeString(folder.resolve("new.tsv"), "de\ten\ndrei zwei eins\t" + reference + "\n");
        String written = Cli.here("predict", file("run"), "drei zwei eins").out().strip();
        Json few = Json.parse(Cli.here("evaluate", file("run"), file("new.tsv"), "--json").out());
        assertThat(few.get("test_bleu").asDouble()).isEqualTo(Bleu.of().of(List.of(written),
                List.of(reference)));

        var german = Cli.here("predict", file("run"), file("gone.csv"));
        assertThat(german.code()).isEqualTo(2);
        assertThat(german.err()).contains("gone.csv", "one in each line");
    }

    @Test
    void bytePairsAreThoseOfBothSides() throws IOException {
        var told = Cli.here("train", pairs(40), "--source", "2", "--target", "3", "--tokenizer", "bpe:270", "--epochs",
                "1", "--batch", "32", "--length", "12", "--out", file("run"));
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("270 different tokens in the sources and 270", "the first 12 tokens",
                "cajal predict");
        var more = Cli.here("train", "--resume", "--epochs", "2", "--out", file("run"));
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(Cli.here("summary", file("run")).out()).contains("CrossAttention");
        assertThat(Cli.here("predict", file("run"), "eins").code()).isZero();
    }

    @Test
    void mistakesAreExplained() throws IOException {
        String table = pairs(20);
        assertThat(Cli.here("train", table, "--source", "de").err()).contains("--target");
        var both = Cli.here("train", table, "--source", "de", "--target", "de");
        assertThat(both.code()).isEqualTo(3);
        assertThat(both.err()).contains("cannot be both");
        assertThat(Cli.here("train", table, "--source", "du", "--target", "en").err()).contains("\"du\"");
        assertThat(Cli.here("train", table, "--source", "de", "--target", "en", "--model", "gpt").err())
                .contains("does not translate", "transformer-small");
        var spanish = Cli.here("train", table, "--source", "de", "--lang", "es");
        assertThat(spanish.err()).contains("traducciones");
    }
}
