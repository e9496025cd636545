package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.ByteTokens;
import dev.cajal.data.vocabulary.IntList;
import dev.cajal.data.vocabulary.PairMerger;
import dev.cajal.data.vocabulary.Vocabulary;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/// Byte pairs: the characters of a piece are merged, pair by pair, that which was learned first before all others.
///
/// @param tokens by their numbers
/// @param merges the numbers of the two tokens of each pair, in the order in which the pairs were learned
/// @param options what is done at the edges
public record MergeModel(List<String> tokens, List<Integer> merges, MergeOptions options) implements TokenModel {
    /// @throws CajalException if a pair is none
    public MergeModel {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        Vocabulary vocabulary = new Vocabulary(tokens);
        for (int i = 0; i + 1 < merges.size(); i += 2) {
            merged(tokens, vocabulary, merges.get(i), merges.get(i + 1), options.prefix());
        }
    }

    /// Of pairs of texts.
    ///
    /// @param pairs the two tokens of each pair
    /// @throws CajalException if a pair is none
    public static MergeModel of(List<String> tokens, List<List<String>> pairs, MergeOptions options) {
        Vocabulary vocabulary = new Vocabulary(tokens);
        List<Integer> merges = new ArrayList<>(2 * pairs.size());
        for (List<String> pair : pairs) {
            if (pair.size() != 2 || !vocabulary.has(pair.get(0)) || !vocabulary.has(pair.get(1))) {
                throw wrong(String.join(" ", pair));
            }
            pair.forEach(token -> merges.add(vocabulary.number(token, -1)));
        }
        return new MergeModel(tokens, merges, options);
    }

    private static int merged(List<String> tokens, Vocabulary vocabulary, int left, int right, String prefix) {
        String first = tokens.get(left);
        String second = tokens.get(right);
        int merged = vocabulary.number(first + (second.startsWith(prefix) ? second.substring(prefix.length()) : second),
                -1);
        if (merged < 0) {
            throw wrong(first + " " + second);
        }
        return merged;
    }

    private static CajalException wrong(String pair) {
        return new CajalException("text.merge", "'%s' are no two tokens that make a third one.", pair);
    }

    @Override
    public OptionalInt unknownToken() {
        return options.unknown().map(unknown -> Unknown.number(tokens, unknown)).orElseGet(OptionalInt::empty);
    }

    @Override
    public Encoder encoder() {
        Vocabulary vocabulary = new Vocabulary(tokens);
        PairMerger merger = new PairMerger();
        for (int i = 0; i + 1 < merges.size(); i += 2) {
            merger.put(merges.get(i), merges.get(i + 1), i / 2,
                    merged(tokens, vocabulary, merges.get(i), merges.get(i + 1), options.prefix()));
        }
        return new Merging(vocabulary, merger, options,
                options.byteFallback() ? ByteTokens.of(vocabulary) : Optional.empty(), new ConcurrentHashMap<>());
    }

    /// The model at work.
    ///
    /// @param known the tokens of short pieces, of which a text has the same ones many times
    private record Merging(Vocabulary vocabulary, PairMerger merger, MergeOptions options,
            Optional<ByteTokens> byteTokens, Map<String, int[]> known) implements Encoder {
        private static final int MOST_KNOWN = 1 << 16;
        private static final int LONGEST_KNOWN = 64;
        private static final int NONE = -1;

        @Override
        public int[] encode(String piece) {
            int[] before = known.get(piece);
            if (before != null) {
                return before;
            }
            int[] tokens = merge(piece);
            if (piece.length() <= LONGEST_KNOWN && known.size() < MOST_KNOWN) {
                known.put(piece, tokens);
            }
            return tokens;
        }

        private int[] merge(String piece) {
            int whole = options.whole() ? vocabulary.number(piece, -1) : -1;
            if (whole >= 0) {
                return new int[] {whole};
            }
            int[] tokens = characters(piece);
            return Arrays.copyOf(tokens, merger.merge(tokens, tokens.length, NONE));
        }

        /// The tokens of single characters, which are those to merge.
        private int[] characters(String piece) {
            IntList tokens = new IntList();
            boolean unknownBefore = false;
            for (int at = 0; at < piece.length();) {
                int end = at + Character.charCount(piece.codePointAt(at));
                String character = (at > 0 ? options.prefix() : "") + piece.substring(at, end)
                        + (end == piece.length() ? options.suffix() : "");
                int token = vocabulary.number(character, -1);
                boolean unknown = token < 0 && byteTokens.isEmpty();
                if (token >= 0) {
                    tokens.add(token);
                } else if (byteTokens.isPresent()) {
                    byteTokens.get().addTo(tokens, character);
                } else if (options.unknown().isPresent() && !(options.fused() && unknownBefore)) {
                    tokens.add(Unknown.require(vocabulary, options.unknown().get(), character));
                }
                unknownBefore = unknown;
                at = end;
            }
            return tokens.toArray();
        }
    }
}
