package dev.cajal.data.text;

import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final Pattern WORDS = Pattern.compile("'(?:[sdmt]|ll|ve|re)"
            + "| ?\\p{L}+| ?\\p{N}+| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
            + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

    /// @throws CajalException if a byte has no token, or a pair is none
    public BytePairs {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        Map<String, Integer> numbers = numbers(tokens);
        for (String symbol : ByteAlphabet.all().split("")) {
            if (!numbers.containsKey(symbol)) {
                throw new CajalException("text.byte-token",
                        "The tokenizer has no token for the byte '%s': it is none of byte pairs.", symbol);
            }
        }
        for (String merge : merges) {
            String[] parts = merge.split(" ", -1);
            if (parts.length != 2 || !numbers.containsKey(parts[0] + parts[1])) {
                throw new CajalException("text.merge", "'%s' are no two tokens that make a third one.", merge);
            }
        }
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
        List<String> merges = BytePairLearner.learn(words(text), size - ByteAlphabet.SIZE);
        List<String> tokens = new ArrayList<>(List.of(ByteAlphabet.all().split("")));
        merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
        return new BytePairs(tokens, merges);
    }

    /// The words of a text, written as bytes, in their order.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORDS.matcher(text);
        while (matcher.find()) {
            words.add(ByteAlphabet.of(matcher.group()));
        }
        return words;
    }

    private static Map<String, Integer> numbers(List<String> list) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            numbers.putIfAbsent(list.get(i), i);
        }
        return numbers;
    }

    @Override
    public int size() {
        return tokens.size();
    }

    @Override
    public int[] encode(String text) {
        Map<String, Integer> numbers = numbers(tokens);
        Map<String, Integer> ranks = numbers(merges);
        Map<String, int[]> known = new HashMap<>();
        return words(text).stream()
                .map(word -> known.computeIfAbsent(word, each -> encode(each, numbers, ranks)))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private static int[] encode(String word, Map<String, Integer> numbers, Map<String, Integer> ranks) {
        List<String> parts = new ArrayList<>(List.of(word.split("")));
        while (parts.size() > 1) {
            int best = -1;
            int rank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                Integer each = ranks.get(parts.get(i) + " " + parts.get(i + 1));
                if (each != null && each < rank) {
                    rank = each;
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        return parts.stream().mapToInt(numbers::get).toArray();
    }

    @Override
    public byte[] bytes(int token) {
        return ByteAlphabet.bytes(tokens.get(token));
    }
}
