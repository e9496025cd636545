package dev.cajal.data.text;

import dev.cajal.data.vocabulary.Derived;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A token for each word and each sign of punctuation. A word that is not known is [#UNK]; white space between words is not kept.
///
/// @param words by their numbers, the [special ones][#SPECIAL] first
/// @param lowerCase whether capital letters of a text become small ones
/// @param splitting what a word is
public record Words(List<String> words, boolean lowerCase, WordSplitting splitting) implements Tokenizer {
    /// `<pad>`, what fills up texts that are shorter than others.
    public static final int PAD = 0;
    /// `<unk>`, a word that is not known.
    public static final int UNK = 1;
    /// `<bos>`, the beginning of a text.
    public static final int BOS = 2;
    /// `<eos>`, the end of a text.
    public static final int EOS = 3;
    /// The special tokens, the first of each tokenizer of words.
    public static final List<String> SPECIAL = List.of("<pad>", "<unk>", "<bos>", "<eos>");

    private static final Derived<Words, Vocabulary> VOCABULARIES = new Derived<>(words -> new Vocabulary(words.words));

    /// @throws CajalException if the first words are not the special ones, or a word comes twice or is empty
    public Words {
        words = List.copyOf(words);
        if (words.size() < SPECIAL.size() || !words.subList(0, SPECIAL.size()).equals(SPECIAL)) {
            throw new CajalException("text.words-special",
                    "The first words of a tokenizer have to be %s, but are %s. Words.learn puts them there.",
                    SPECIAL, words.stream().limit(SPECIAL.size()).toList());
        }
        Vocabulary vocabulary = new Vocabulary(words);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.isEmpty() || vocabulary.number(word, i) < i) {
                throw new CajalException("text.words",
                        "The words of a tokenizer have to be different and not empty, but number %s is '%s'.", i, word);
            }
        }
    }

    /// Learns the words of a text.
    public static Words learn(String text, WordOptions options) {
        return learn(List.of(text), options);
    }

    /// Learns the words of several texts: the most frequent ones get the first numbers, of equally frequent ones the first in the order of characters.
    public static Words learn(Iterable<String> texts, WordOptions options) {
        Map<String, Long> counts = new HashMap<>();
        for (String text : texts) {
            split(text, options.lowerCase(), options.splitting()).forEach(word -> counts.merge(word, 1L, Long::sum));
        }
        counts.keySet().removeAll(SPECIAL);
        List<String> words = new ArrayList<>(SPECIAL);
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= options.minimumCount())
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(options.size() - SPECIAL.size())
                .forEach(entry -> words.add(entry.getKey()));
        return new Words(words, options.lowerCase(), options.splitting());
    }

    private static Stream<String> split(String text, boolean lowerCase, WordSplitting splitting) {
        return splitting.split(lowerCase ? text.toLowerCase(Locale.ROOT) : text).stream();
    }

    @Override
    public int size() {
        return words.size();
    }

    @Override
    public int beginning() {
        return BOS;
    }

    @Override
    public int end() {
        return EOS;
    }

    @Override
    public int filler() {
        return PAD;
    }

    @Override
    public OptionalInt unknown() {
        return OptionalInt.of(UNK);
    }

    /// The numbers of the words of a text: never [#PAD], [#BOS] or [#EOS], which are for those who need them to add.
    @Override
    public int[] encode(String text) {
        Vocabulary vocabulary = VOCABULARIES.of(this);
        return split(text, lowerCase, splitting).mapToInt(word -> {
            int number = vocabulary.number(word, UNK);
            return number < SPECIAL.size() ? UNK : number;
        }).toArray();
    }

    /// A space and the word; nothing for [#PAD].
    @Override
    public byte[] bytes(int token) {
        return token == PAD ? new byte[0] : (" " + words.get(token)).getBytes(StandardCharsets.UTF_8);
    }

    /// The words with spaces between them, without [#PAD].
    @Override
    public String decode(int... tokens) {
        return Arrays.stream(tokens).filter(token -> token != PAD).mapToObj(words::get)
                .collect(Collectors.joining(" "));
    }
}
