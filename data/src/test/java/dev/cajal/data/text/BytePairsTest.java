package dev.cajal.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.data.DataException;
import dev.cajal.data.dataset.DataTypes;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.example.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairsTest {
    private static Path reference(String name) {
        Path folder = Optional.ofNullable(System.getenv("CAJAL_DATA")).map(Path::of)
                .orElse(Path.of("..", "..", "shared", "data"));
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file),
                () -> file + " is not there; CAJAL_DATA can name the folder of the reference data");
        return file;
    }

    @Test
    void frequentPairsAreLearnedFirst() {
        // The example of Sennrich, Haddow and Birch, where words count 5, 2, 6 and 3; a space begins all but the first.
        String text = "low ".repeat(5) + "lower ".repeat(2) + "newest ".repeat(6) + "widest ".repeat(3);
        BytePairs pairs = BytePairs.learn(text, 256 + 10);
        assertThat(pairs.merges().subList(0, 2)).containsExactly("e s", "es t");
        assertThat(pairs.tokens().subList(256, 258)).containsExactly("es", "est");
        assertThat(pairs.size()).isEqualTo(266);
        assertThat(pairs.encode(" newest")).hasSizeLessThan(4);
        assertThat(pairs.decode(pairs.encode(text))).isEqualTo(text);
        assertThat(BytePairs.learn(text, 266)).isEqualTo(pairs);
    }

    @Test
    void aModelsFileHasThem() {
        BytePairs pairs = BytePairs.learn("The cat sat on the mat. ".repeat(9), 300);
        RecordCodec codec = new RecordCodec(new DataTypes().types());
        assertThat(codec.read(Json.parse(codec.write(pairs).print()), Tokenizer.class)).isEqualTo(pairs);
    }

    @Test
    void learningEndsWhereNoPairComesTwice() {
        BytePairs pairs = BytePairs.learn("aaaa bbbb", 10_000);
        assertThat(pairs.size()).isLessThan(270);
        assertThat(pairs.decode(pairs.encode("aaaa bbbb cccc"))).isEqualTo("aaaa bbbb cccc");
    }

    @Test
    void anyTextComesBack() {
        BytePairs pairs = BytePairs.learn("The cat sat on the mat. El gato se sentó. ".repeat(20), 300);
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            String text = random.ints(random.nextInt(30), 1, 0x10ffff)
                    .filter(point -> point < 0xd800 || point > 0xdfff)
                    .mapToObj(Character::toString)
                    .reduce("cat\n ", String::concat);
            assertThat(pairs.decode(pairs.encode(text))).isEqualTo(text);
        }
        assertThat(pairs.encode("")).isEmpty();
    }

    @Test
    void tokensAreThoseOfGpt2() throws IOException {
        Tokenizer json = TokenizerFiles.read(reference("tokenizers/gpt2-tokenizer.json"));
        BytePairs pair = (BytePairs) TokenizerFiles
                .read(reference("tokenizers/gpt2-encoder.json").resolveSibling("gpt2-vocab.bpe"));
        assertThat(pair.size()).isEqualTo(50257);
        assertThat(json.size()).isEqualTo(50257);
        assertThat(pair.decode(50256)).isEqualTo("<|endoftext|>");
        String cases = new String(BytePairsTest.class.getResourceAsStream("gpt2.json").readAllBytes(),
                StandardCharsets.UTF_8);
        List<Json> all = Json.parse(cases).asList();
        assertThat(all).hasSizeGreaterThan(30);
        for (Json each : all) {
            String text = each.get("text").asText();
            int[] tokens = each.get("tokens").asList().stream().mapToInt(token -> (int) token.asLong()).toArray();
            assertThat(pair.encode(text)).as(text).containsExactly(tokens);
            assertThat(json.encode(text)).as(text).containsExactly(tokens);
            assertThat(pair.decode(tokens)).isEqualTo(text);
            assertThat(json.decode(tokens)).isEqualTo(text);
        }
    }

    @Test
    void otherFilesAreRefused(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"model\": ");
        assertThatThrownBy(() -> TokenizerFiles.read(broken)).hasMessageContaining("broken.json");
        assertThatThrownBy(() -> TokenizerFiles.read(folder.resolve("none.json"))).hasMessageContaining("no such file");
        Path few = Files.writeString(folder.resolve("few-vocab.json"), "{\"a\": 0}");
        Files.writeString(folder.resolve("few-merges.txt"), "#version: 0.2\n");
        assertThatThrownBy(() -> TokenizerFiles.read(few)).hasMessageContaining("no token for the byte");
        Path half = Files.writeString(folder.resolve("vocab.bpe"), "#version: 0.2\na b\n");
        assertThatThrownBy(() -> TokenizerFiles.read(half)).isInstanceOf(DataException.class)
                .hasMessageStartingWith(half + ": These are the merges of a tokenizer")
                .hasMessageContaining(folder.resolve("encoder.json").toString());
        assertThatThrownBy(() -> TokenizerFiles.read(folder.resolve("other-merges.txt")))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> BytePairs.learn("abc", 100)).hasMessageContaining("at least 256");
    }
}
