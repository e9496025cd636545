package dev.cajal.data.text;

import dev.cajal.data.vocabulary.IntList;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.Set;

/// Finds the pairs that come most often, one after the other. The different words stand one behind the other, each place linked with those before and after it, and each pair knows its places: so a
/// merge looks at the places of its pair alone, also where a word is as long as a text.
final class BytePairLearner {
    private static final int NONE = -1;
    /// So many places are gone through between two looks at whether somebody wants an end.
    private static final int LOOKS = 1 << 16;

    /// Two symbols.
    private record Key(int left, int right) {}

    /// A pair, and how often it came when this was noted.
    private record Candidate(Pair pair, long count) {}

    /// Two symbols beside each other.
    private static final class Pair {
        private final Key key;
        private final String text;
        private long count;
        /// Where it begins, or began once.
        private IntList places = new IntList();

        private Pair(Key key, String text) {
            this.key = key;
            this.text = text;
        }
    }

    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Key, Pair> pairs = new HashMap<>();
    /// The symbol at each place; [#NONE] where it became part of the one before.
    private final int[] symbol;
    private final int[] next;
    private final int[] previous;
    /// How often the word comes that a place belongs to.
    private final int[] weight;
    /// The most frequent first, of equally frequent ones the first in the order of characters, so that the same text gives the same tokens.
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparing(candidate -> candidate.pair.text));

    private BytePairLearner(SequencedMap<String, Integer> words) {
        int size = Math.toIntExact(words.keySet().stream().mapToLong(String::length).sum());
        symbol = new int[size];
        next = new int[size];
        previous = new int[size];
        weight = new int[size];
        int start = 0;
        for (Map.Entry<String, Integer> word : words.entrySet()) {
            add(word.getKey(), word.getValue(), start);
            start += word.getKey().length();
        }
        for (int place = 0; place < size; place++) {
            look(place);
            count(place, next[place], 1);
        }
        pairs.values().forEach(pair -> candidates.add(new Candidate(pair, pair.count)));
    }

    private void add(String word, int count, int start) {
        for (int i = 0; i < word.length(); i++) {
            int place = start + i;
            symbol[place] = number(word.substring(i, i + 1));
            previous[place] = i == 0 ? NONE : place - 1;
            next[place] = i + 1 == word.length() ? NONE : place + 1;
            weight[place] = count;
        }
    }

    /// The pairs, with a space between.
    ///
    /// @param words written as bytes, each character one
    /// @throws CajalException if the thread is interrupted
    static List<String> learn(List<String> words, int most) {
        SequencedMap<String, Integer> counts = new LinkedHashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return new BytePairLearner(counts).learn(most);
    }

    private List<String> learn(int most) {
        List<String> merges = new ArrayList<>();
        while (merges.size() < most && !candidates.isEmpty()) {
            look(0);
            Candidate best = candidates.poll();
            long now = best.pair.count;
            if (now < 2) {
                continue;
            }
            if (now != best.count) {
                candidates.add(new Candidate(best.pair, now));
                continue;
            }
            merges.add(best.pair.text);
            merge(best.pair);
        }
        return merges;
    }

    /// Puts one symbol in the place of two wherever these are beside each other, in each word from its beginning.
    private void merge(Pair pair) {
        int left = pair.key.left;
        int right = pair.key.right;
        int both = number(symbols.get(left) + symbols.get(right));
        int[] places = pair.places.toArray();
        Arrays.sort(places);
        pair.places = new IntList();
        Set<Pair> risen = new LinkedHashSet<>();
        for (int i = 0; i < places.length; i++) {
            look(i);
            int place = places[i];
            int second = next[place];
            // The place may have become part of something else.
            if (symbol[place] == left && second != NONE && symbol[second] == right) {
                int before = previous[place];
                int after = next[second];
                count(before, place, -1);
                count(place, second, -1);
                count(second, after, -1);
                symbol[place] = both;
                symbol[second] = NONE;
                next[place] = after;
                if (after != NONE) {
                    previous[after] = place;
                }
                count(before, place, 1).ifPresent(risen::add);
                count(place, after, 1).ifPresent(risen::add);
            }
        }
        risen.forEach(each -> candidates.add(new Candidate(each, each.count)));
    }

    /// Adds a pair of places to the counts, or takes it away.
    ///
    /// @param first a place or [#NONE], likewise `second`
    private Optional<Pair> count(int first, int second, int sign) {
        if (first == NONE || second == NONE) {
            return Optional.empty();
        }
        Pair pair = pairs.computeIfAbsent(new Key(symbol[first], symbol[second]),
                key -> new Pair(key, symbols.get(key.left) + " " + symbols.get(key.right)));
        pair.count += sign * (long) weight[first];
        if (sign > 0) {
            pair.places.add(first);
        }
        return Optional.of(pair);
    }

    private int number(String text) {
        return numbers.computeIfAbsent(text, _ -> {
            symbols.add(text);
            return symbols.size() - 1;
        });
    }

    private static void look(int place) {
        if (place % LOOKS == 0 && Thread.currentThread().isInterrupted()) {
            throw new CajalException("text.interrupted", "The learning of tokens was interrupted.");
        }
    }
}
