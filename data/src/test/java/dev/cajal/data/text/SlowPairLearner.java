package dev.cajal.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Finds the pairs that come most often, as [BytePairLearner] does, but goes through all of a word for each of its pairs: what the learner is compared with.
final class SlowPairLearner {
    /// A pair, and how often it came when this was noted.
    private record Candidate(String pair, long count) {}

    private static final class Word {
        private final List<String> parts;
        private final long count;

        Word(String word, long count) {
            this.parts = new ArrayList<>(List.of(word.split("")));
            this.count = count;
        }
    }

    private final List<Word> words = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, Set<Word>> places = new HashMap<>();
    /// The most frequent first, of equally frequent ones the first in the order of characters, so that the same text gives the same tokens.
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparing(Candidate::pair));

    private SlowPairLearner(List<String> text) {
        Map<String, Long> frequencies = new LinkedHashMap<>();
        text.forEach(word -> frequencies.merge(word, 1L, Long::sum));
        frequencies.forEach((word, count) -> words.add(new Word(word, count)));
        words.forEach(word -> count(word, 1));
        counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
    }

    /// The pairs, with a space between.
    static List<String> learn(List<String> words, int most) {
        return new SlowPairLearner(words).learn(most);
    }

    private List<String> learn(int most) {
        List<String> merges = new ArrayList<>();
        while (merges.size() < most && !candidates.isEmpty()) {
            Candidate best = candidates.poll();
            long now = counts.getOrDefault(best.pair, 0L);
            if (now < 2) {
                continue;
            }
            if (now != best.count) {
                candidates.add(new Candidate(best.pair, now));
                continue;
            }
            merges.add(best.pair);
            merge(best.pair);
        }
        return merges;
    }

    private void merge(String pair) {
        String first = pair.substring(0, pair.indexOf(' '));
        String second = pair.substring(pair.indexOf(' ') + 1);
        for (Word word : Set.copyOf(places.getOrDefault(pair, Set.of()))) {
            count(word, -1);
            for (int i = 0; i + 1 < word.parts.size(); i++) {
                if (word.parts.get(i).equals(first) && word.parts.get(i + 1).equals(second)) {
                    word.parts.set(i, first + second);
                    word.parts.remove(i + 1);
                }
            }
            Set<String> changed = count(word, 1);
            changed.stream().filter(each -> each.contains(first + second))
                    .forEach(each -> candidates.add(new Candidate(each, counts.getOrDefault(each, 0L))));
        }
    }

    /// Adds the pairs of a word to the counts, or takes them away.
    private Set<String> count(Word word, int sign) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < word.parts.size(); i++) {
            String pair = word.parts.get(i) + " " + word.parts.get(i + 1);
            counts.merge(pair, sign * word.count, Long::sum);
            pairs.add(pair);
        }
        for (String pair : pairs) {
            if (sign > 0) {
                places.computeIfAbsent(pair, _ -> new HashSet<>()).add(word);
            } else {
                places.getOrDefault(pair, Set.of()).remove(word);
            }
        }
        return pairs;
    }
}
