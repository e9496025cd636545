package dev.cajal.data.text;

import dev.cajal.data.tokenizer.MergeModel;
import dev.cajal.data.tokenizer.MergeOptions;
import dev.cajal.data.tokenizer.Splitter;
import dev.cajal.data.tokenizer.TokenModel;
import dev.cajal.data.vocabulary.ByteAlphabet;
import dev.cajal.data.vocabulary.Derived;
import dev.cajal.data.vocabulary.IntList;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tokens of frequent sequences of bytes, as GPT-2 has them: any text has tokens, and a frequent word is one. A text is cut into words, which begin with the space before them; the bytes of a
/// word are merged pair by pair, the pair that was learned first before all others.
///
/// R. Sennrich, B. Haddow, A. Birch, *Neural Machine Translation of Rare Words with Subword Units*, 2016; on bytes A. Radford et al., *Language Models are Unsupervised Multitask
/// Learners*, 2019. Bytes are written as visible characters: a space is `Ġ`.
///
/// @param tokens by their numbers; a token for each byte among them
/// @param merges pairs of tokens with a space between, in the order in which they were learned
public record BytePairs(List<String> tokens, List<String> merges) implements Tokenizer {
    private static final Pattern WORDS = Pattern.compile(Splitter.ByteLevel.WORDS, Pattern.UNICODE_CHARACTER_CLASS);
    private static final Derived<BytePairs, TokenModel.Encoder> ENCODERS = new Derived<>(
            pairs -> model(pairs.tokens, pairs.merges).encoder());

    /// @throws CajalException if a byte has no token, or a pair is none
    public BytePairs {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        Vocabulary vocabulary = new Vocabulary(tokens);
        for (String symbol : ByteAlphabet.all().split("")) {
            if (!vocabulary.has(symbol)) {
                throw new CajalException("text.byte-token",
                        "The tokenizer has no token for the byte '%s': it is none of byte pairs.", symbol);
            }
        }
        model(tokens, merges);
    }

    private static MergeModel model(List<String> tokens, List<String> merges) {
        return MergeModel.of(tokens, merges.stream().map(merge -> List.of(merge.split(" ", -1))).toList(),
                MergeOptions.of());
    }

    /// Learns tokens from a text.
    ///
    /// @param size how many tokens to make, at least 256; fewer if the text has no more pairs that come twice
    public static BytePairs learn(String text, int size) {
        if (size < ByteAlphabet.SIZE) {
            throw new CajalException("text.vocabulary",
                    "Byte pairs need at least %s tokens, one for each byte, not %s.",
                    ByteAlphabet.SIZE, size);
        }
        List<String> words = new ArrayList<>();
        cut(text, words::add);
        List<String> merges = BytePairLearner.learn(words, size - ByteAlphabet.SIZE);
        List<String> tokens = new ArrayList<>(List.of(ByteAlphabet.all().split("")));
        merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
        return new BytePairs(tokens, merges);
    }

    /// Hands on the words of a text, written as bytes.
    private static void cut(String text, Consumer<String> words) {
        Matcher matcher = WORDS.matcher(text);
        while (matcher.find()) {
            words.accept(ByteAlphabet.of(matcher.group()));
        }
    }

    @Override
    public int size() {
        return tokens.size();
    }

    @Override
    public int[] encode(String text) {
        TokenModel.Encoder encoder = ENCODERS.of(this);
        IntList found = new IntList();
        cut(text, word -> found.add(encoder.encode(word)));
        return found.toArray();
    }

    @Override
    public byte[] bytes(int token) {
        return ByteAlphabet.bytes(tokens.get(token));
    }
}
