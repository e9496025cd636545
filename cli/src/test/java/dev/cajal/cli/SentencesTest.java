package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts in a table, on the command line.
class SentencesTest {
    private static final List<String> GOOD = List.of("fine", "lovely", "moving", "great");
    private static final List<String> BAD = List.of("dull", "boring", "ugly", "long");
    private static final List<String> OTHERS = List.of("the", "film", "and", "a", "plot", "is", "with", "cats");

    @TempDir
    Path folder;

    @BeforeEach
    void table() throws IOException {
        var random = new SplittableRandom(1);
        var csv = new StringBuilder("stars,review\n");
        for (int i = 0; i < 200; i++) {
            boolean good = random.nextBoolean();
            var words = new StringBuilder();
            int length = random.nextInt(3, 20);
            int at = random.nextInt(length);
            for (int j = 0; j < length; j++) {
                List<String> from = j == at ? good ? GOOD : BAD : OTHERS;
                words.append(from.get(random.nextInt(from.size()))).append(' ');
            }
            csv.append(good ? "good" : "bad").append(',').append(words).append('\n');
        }
        Files.writeString(folder.resolve("reviews.csv"), csv.toString());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void textsOfATableAreClassified() throws IOException {
        var told = Cli.here("train", file("reviews.csv"), "--target", "stars", "--text", "review", "--model", "bag",
                "--epochs", "30", "--learning-rate", "0.02", "--out", file("run"), "--json");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("review  text, ", "words on average", "20 different tokens",
                "Training bag");
        Json result = Json.parse(told.out());
        assertThat(result.get("model").asText()).isEqualTo("bag");
        assertThat(result.get("test_accuracy").asDouble()).isGreaterThan(0.95);

        assertThat(Cli.here("predict", file("run"), "a film with a lovely plot").out()).startsWith("good\t");
        assertThat(Cli.here("predict", file("run"), "dull").out()).startsWith("bad\t");
        Files.writeString(folder.resolve("new.txt"), "a moving film\nso ugly and ugly\n");
        Json lines = Json.parse(Cli.here("predict", file("run"), file("new.txt"), "--json").out()).get("predictions");
        assertThat(lines.asList()).map(line -> line.get("label").asText()).containsExactly("good", "bad");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("great\nboring\nlong cats".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(Cli.here("predict", file("run"), "-").out().lines()).map(line -> line.split("\t", -1)[0])
                    .containsExactly("good", "bad", "bad");
        } finally {
            System.setIn(before);
        }
        Files.writeString(folder.resolve("new.csv"), "id,review,stars\n7,a fine film,good\n8,boring,bad\n");
        assertThat(Cli.here("predict", file("run"), file("new.csv")).out().lines()).hasSize(2);
        Json measured = Json.parse(Cli.here("evaluate", file("run"), file("new.csv"), "--json").out());
        assertThat(measured.get("test_accuracy").asDouble()).isEqualTo(1);
        assertThat(Cli.here("predict", file("run"), file("gone.csv")).err()).contains("gone.csv");
    }

    @Test
    void aTableOfTextsIsFoundOut() {
        var told = Cli.here("train", file("reviews.csv"), "--target", "stars", "--epochs", "1", "--length", "8",
                "--out",
                file("run"));
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("Training text-cnn", "the first 8 are read", "cajal predict");
        var more = Cli.here("train", "--resume", "--epochs", "2", "--out", file("run"));
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(more.err()).contains("Going on with epoch 2", "the first 8 are read");
        assertThat(Cli.here("summary", file("run")).out()).contains("Convolution");
        assertThat(Cli.here("plan", file("run")).code()).isZero();
    }

    @Test
    void mistakesAreExplained() {
        var wrong = Cli.here("train", file("reviews.csv"), "--target", "stars", "--model", "gpt");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("'gpt' does not judge texts as a whole", "text-cnn");
        var spanish = Cli.here("train", file("reviews.csv"), "--target", "stars", "--text", "revue", "--lang", "es");
        assertThat(spanish.code()).isEqualTo(3);
        assertThat(spanish.err()).contains("No hay ninguna columna \"revue\"", "stars, review");
        assertThat(Cli.here("train", file("reviews.csv"), "--target", "stars", "--text", "stars").err())
                .contains("cannot be both");
        assertThat(Cli.here("train", file("reviews.csv"), "--target", "stars", "--tokenizer", "words:2").err())
                .contains("--tokenizer words:N");
    }
}
