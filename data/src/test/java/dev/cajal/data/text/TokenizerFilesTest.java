package dev.cajal.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import dev.cajal.data.dataset.DataTypes;
import dev.cajal.data.tokenizer.SentencePieces;
import dev.cajal.data.tokenizer.TokenPipeline;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.example.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of tokenizers, against what Hugging Face's tokenizers and SentencePiece make of the same texts (`src/test/python/pipelines.py`).
class TokenizerFilesTest {
    private static final RecordCodec CODEC = new RecordCodec(new DataTypes().types());

    @TempDir
    Path folder;

    private static Path resource(String name) {
        try {
            return Path.of(TokenizerFilesTest.class.getResource("tokenizers/" + name).toURI());
        } catch (URISyntaxException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static int[] numbers(Json list) {
        return list.asList().stream().mapToInt(Json::asInt).toArray();
    }

    private static void compare(Tokenizer tokenizer, String cases) throws IOException {
        List<Json> all = Json.parse(Files.readString(resource(cases))).asList();
        assertThat(all).hasSizeGreaterThan(60);
        for (Json each : all) {
            String text = each.get("text").asText();
            int[] tokens = numbers(each.get("tokens"));
            assertThat(tokenizer.encode(text)).as(text).containsExactly(tokens);
            assertThat(tokenizer.decode(tokens)).as(text).isEqualTo(each.get("decoded").asText());
            if (tokenizer instanceof TokenPipeline pipeline) {
                assertThat(pipeline.encodeWithSpecial(text)).as(text).containsExactly(numbers(each.get("special")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert.json", "llama.json", "llama3.json", "words.json", "ends.json", "inside.json",
        "unigram.json", "unigram-first.json", "roberta.json", "sp-unigram.model", "sp-bpe.model", "sp-bytes.model",
        "sp-unigram-bytes.model", "sp-rules.model", "sp-unused-unigram.model", "sp-unused-bpe.model"})
    void tokensAreThoseOfTheLibraries(String file) throws IOException {
        Tokenizer tokenizer = TokenizerFiles.read(resource(file));
        String cases = file.replaceFirst("\\.\\w+$", ".cases.json");
        compare(tokenizer, cases);
        Tokenizer saved = CODEC.read(Json.parse(CODEC.write(tokenizer).print()), Tokenizer.class);
        assertThat(saved).isEqualTo(tokenizer);
        compare(saved, cases);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sp-test_model.model", "sp-test_ja_model.model", "djl-padding-tokenizer.json"})
    void tokensOfPublishedFilesAreThoseOfTheLibraries(String file) throws IOException {
        compare(TokenizerFiles.read(SharedData.path("tokenizers/" + file)), file + ".cases.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sp-test_model.model", "sp-test_ja_model.model"})
    void aWholeBookHasTheTokensOfTheLibrary(String file) throws IOException, NoSuchAlgorithmException {
        Tokenizer tokenizer = TokenizerFiles.read(SharedData.path("tokenizers/" + file));
        int[] tokens = Files.readAllLines(SharedData.path("tokenizers/botchan.txt")).stream()
                .flatMapToInt(line -> IntStream.of(tokenizer.encode(line))).toArray();
        Json expected = Json.parse(Files.readString(resource("book.json"))).get(file);
        assertThat(tokens).hasSize(expected.get("tokens").asInt());
        String joined = IntStream.of(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(joined.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(expected.get("sha256").asText());
    }

    @Test
    void specialTokensStandWhereTheTemplateHasThem() {
        TokenPipeline bert = TokenizerFiles.readJson(resource("bert.json"));
        int start = bert.number("[CLS]").orElseThrow();
        int end = bert.number("[SEP]").orElseThrow();
        assertThat(bert.encodeWithSpecial("a", "b")).containsExactly(start, bert.encode("a")[0], end,
                bert.encode("b")[0], end);
        assertThat(bert.padding()).hasValue(bert.number("[PAD]").orElseThrow());
        assertThat(bert.filler()).isEqualTo(bert.number("[PAD]").orElseThrow());
        assertThat(bert.encode("[MASK] a")).containsExactly(bert.number("[MASK]").orElseThrow(), bert.encode("a")[0]);
        assertThat(bert.decode(bert.encodeWithSpecial("a b"))).isEqualTo("a b");
        assertThat(bert.number("no such token")).isEmpty();
        TokenPipeline roberta = TokenizerFiles.readJson(resource("roberta.json"));
        assertThat(roberta.encodeWithSpecial("a", "b")).startsWith(0).endsWith(2).containsSequence(2, 2);
    }

    @Test
    void controlSymbolsAreKnownByName() {
        SentencePieces pieces = TokenizerFiles.readSentencePiece(resource("sp-unigram.model"));
        assertThat(pieces.number("</s>")).hasValue(2);
        assertThat(pieces.number("<mark>")).isPresent();
        assertThat(pieces.number("no such piece")).isEmpty();
        assertThat(pieces.encode("</s>")).doesNotContain(2);
        assertThat(pieces.bytes(2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bert.json,[UNK]", "words.json,<unk>", "llama.json,<unk>", "unigram.json,<unk>", "llama3.json,",
        "roberta.json,", "sp-unigram.model,<unk>", "sp-bytes.model,<unk>"})
    void theTokenOfWhatIsNotKnownIsTheFiles(String file, String unknown) {
        Tokenizer tokenizer = TokenizerFiles.read(resource(file));
        OptionalInt expected = unknown == null
                ? OptionalInt.empty()
                : tokenizer instanceof TokenPipeline pipeline
                        ? pipeline.number(unknown)
                        : ((SentencePieces) tokenizer).number(unknown);
        assertThat(tokenizer.unknown()).isEqualTo(expected);
        assertThat(expected.isPresent()).isEqualTo(unknown != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert.json", "llama.json", "llama3.json", "unigram.json", "ends.json", "sp-bytes.model",
        "sp-rules.model"})
    void aTextIsWrittenTokenAfterToken(String file) {
        Tokenizer tokenizer = TokenizerFiles.read(resource(file));
        int[] tokens = tokenizer.encode("said nothing, and went to him 日本");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            bytes.writeBytes(tokenizer.bytes(token));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).strip()).isEqualTo(tokenizer.decode(tokens).strip());
        assertThat(tokenizer.size()).isGreaterThan(IntStream.of(tokens).max().orElseThrow());
    }

    private Path changed(String file, String from, String to) throws IOException {
        String text = Files.readString(resource(file));
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve("tokenizer.json"), text.replace(from, to));
    }

    private void refused(Path file, String... said) {
        assertThatThrownBy(() -> TokenizerFiles.read(file)).isInstanceOf(DataException.class)
                .hasMessageContainingAll(file.getFileName().toString()).hasMessageContainingAll(said);
    }

    @Test
    void whatIsNotReadIsNamed() throws IOException {
        refused(changed("bert.json", "BertNormalizer", "Rot13"), "normalizer", "'Rot13'", "NFKC");
        refused(changed("bert.json", "BertPreTokenizer", "UnicodeScripts"), "pre_tokenizer", "'UnicodeScripts'",
                "Digits");
        refused(changed("bert.json", "\"decoder\":{\"type\":\"WordPiece\"", "\"decoder\":{\"type\":\"CTC\""), "decoder",
                "'CTC'");
        refused(changed("bert.json", "TemplateProcessing", "Other"), "post_processor", "'Other'");
        refused(changed("bert.json", "\"model\":{\"type\":\"WordPiece\"", "\"model\":{\"type\":\"Tree\""), "model",
                "'Tree'", "Unigram");
        refused(changed("unigram-first.json", "\"first\"", "\"second\""), "prepend_scheme", "'second'", "never");
        refused(changed("words.json", "MergedWithPrevious", "Doubled"), "behavior", "'Doubled'", "Contiguous");
        refused(changed("words.json", "\\\\s{2,}", "(("), "pattern '(('");
        refused(changed("bert.json", "\"id\":4,", "\"id\":-4,"), "[MASK]", "-4");
        refused(changed("bert.json", "\"[MASK]\":4", "\"[MASK]\":3"), "[MASK]", "number 3");
        refused(changed("roberta.json", "\"merges\":[[", "\"merges\":[[\"x\"],["), "'x' are no two tokens");
    }

    @Test
    void damagedModelsAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(resource("sp-rules.model"));
        for (int length : new int[] {1, 5, 99, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.model"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TokenizerFiles.read(cut)).isInstanceOf(DataException.class)
                    .hasMessageContaining("cut.model");
        }
        Path text = Files.writeString(folder.resolve("text.model"), "This is a text, and no model of anything.");
        refused(text, "no model of SentencePiece");
    }

    /// A model of one piece, `<unk>`, and the parts of the trainer and of the normalizer behind it.
    private Path model(int... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x0A, 9, 0x0A, 5, '<', 'u', 'n', 'k', '>', 0x18, 2});
        for (int part : parts) {
            bytes.write(part);
        }
        return Files.write(folder.resolve("small.model"), bytes.toByteArray());
    }

    @Test
    void otherKindsOfModelsAreNamed() throws IOException {
        assertThat(TokenizerFiles.readSentencePiece(model()).encode("ab")).containsExactly(0);
        refused(model(0x12, 2, 0x18, 3), "'word'", "unigram and bpe");
        refused(model(0x12, 2, 0x18, 4), "'char'");
        refused(model(0x12, 2, 0x18, 9), "no model of SentencePiece");
        refused(model(0x2A, 3, 0x12, 1, 'x'), "'denormalizer'");
        refused(model(0x1A, 3, 0x12, 1, 'x'), "map of characters is damaged");
        refused(model(0x0A, 6, 0x0A, 2, 'a', 'b', 0x18, 7), "no model of SentencePiece");
    }

    @Test
    void aMapOfCharactersIsChecked() throws IOException {
        refused(Files.writeString(folder.resolve("map.json"),
                "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}}, "
                        + "\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}}"),
                "map of characters is damaged");
        Path few = Files.writeString(folder.resolve("few.json"),
                "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}}}");
        Tokenizer words = TokenizerFiles.read(few);
        assertThat(words.encode("a")).containsExactly(0);
        assertThatThrownBy(() -> words.encode("b")).hasMessageContaining("no token for 'b'");
    }
}
