package dev.cajal.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.dataset.DataTypes;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final String TEXT = "The cat sat. The dog didn't; the cat's café is No. 9!\n";

    @Test
    void frequentWordsComeFirst() {
        Words words = Words.learn(TEXT, WordOptions.of());
        assertThat(words.words().subList(0, 7)).containsExactly("<pad>", "<unk>", "<bos>", "<eos>", ".", "The", "!");
        assertThat(words.words()).contains("didn't", "cat's", "café", "9", ";", "the").doesNotContain("didn", "'", "");
        assertThat(Words.learn(TEXT, WordOptions.of().withLowerCase(true)).words().subList(4, 6))
                .containsExactly("the", ".");
        assertThat(Words.learn(TEXT, WordOptions.of().withMinimumCount(2)).words().subList(4, 6))
                .containsExactly(".", "The");
        assertThat(Words.learn(TEXT, WordOptions.of().withMinimumCount(2)).size()).isEqualTo(6);
        assertThat(Words.learn(TEXT, WordOptions.of().withSize(5)).words().getLast()).isEqualTo(".");
        assertThat(Words.learn(List.of("b a", "b"), WordOptions.of()).words().subList(4, 6)).containsExactly("b", "a");
    }

    @Test
    void textsBecomeNumbersAndComeBack() {
        Words words = Words.learn("b a b c", WordOptions.of());
        assertThat(words.encode("a b  d\nc")).containsExactly(5, 4, Words.UNK, 6);
        assertThat(words.encode(" \n")).isEmpty();
        assertThat(words.decode(Words.BOS, 5, 4, Words.UNK, Words.EOS, Words.PAD, Words.PAD))
                .isEqualTo("<bos> a b <unk> <eos>");
        assertThat(words.bytes(5)).isEqualTo(" a".getBytes(StandardCharsets.UTF_8));
        assertThat(words.bytes(Words.PAD)).isEmpty();
        assertThat(words.unknown()).hasValue(Words.UNK);
        Words small = Words.learn("Él dijo", WordOptions.of().withLowerCase(true));
        assertThat(small.decode(small.encode("ÉL DIJO"))).isEqualTo("él dijo");
    }

    @Test
    void aWordCanBeLong() {
        assertThat(Words.learn("a'".repeat(100_000), WordOptions.of()).words()).hasSize(6).endsWith("'",
                "a'".repeat(99_999) + "a");
    }

    @Test
    void specialTokensAreNoWordsOfATextThatWasCutBefore() {
        Words words = Words.learn("<unk> n't <pad> </s> n't , <eos> <bos>",
                WordOptions.of().withSplitting(WordSplitting.WHITE_SPACE));
        assertThat(words.words()).hasSize(7).endsWith("n't", ",", "</s>");
        assertThat(words.encode("<pad> n't <unk> <bos> <eos> </s> other"))
                .containsExactly(Words.UNK, 4, Words.UNK, Words.UNK, Words.UNK, 6, Words.UNK);
    }

    @Test
    void aModelsFileHasThem() {
        Words words = Words.learn(TEXT, WordOptions.of().withLowerCase(true));
        RecordCodec codec = new RecordCodec(new DataTypes().types());
        Tokenizer read = codec.read(Json.parse(codec.write(words).print()), Tokenizer.class);
        assertThat(read).isEqualTo(words);
        assertThat(read.encode(TEXT)).isEqualTo(words.encode(TEXT)).doesNotContain(Words.UNK);
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Words(List.of("cat", "dog"), false, WordSplitting.PUNCTUATION))
                .isInstanceOf(CajalException.class).hasMessageContaining("<pad>").hasMessageContaining("[cat, dog]");
        assertThatThrownBy(() -> new Words(List.of("<pad>", "<unk>", "<bos>", "<eos>", "a", "b", "a"), false,
                WordSplitting.PUNCTUATION)).hasMessageContaining("number 6 is 'a'");
        assertThatThrownBy(() -> WordOptions.of().withSize(4)).hasMessageContaining("at least 5");
        assertThatThrownBy(() -> WordOptions.of().withMinimumCount(0)).hasMessageContaining("at least once");
    }
}
