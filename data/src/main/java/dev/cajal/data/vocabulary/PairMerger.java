package dev.cajal.data.vocabulary;

import java.util.PriorityQueue;

/// Merges pairs of tokens into one, the pair of the lowest rank first, of equal ones the first of the text, as long as there is one.
///
/// R. Sennrich, B. Haddow, A. Birch, *Neural Machine Translation of Rare Words with Subword Units*, 2016.
public final class PairMerger {
    private final LongTable places = new LongTable();
    private final IntList ranks = new IntList();
    private final IntList merged = new IntList();

    /// Merges nothing yet.
    public PairMerger() {}

    /// Adds a merge; of two of the same pair the later counts.
    public void put(int left, int right, int rank, int token) {
        places.put(pair(left, right), ranks.size());
        ranks.add(rank);
        merged.add(token);
    }

    private static long pair(int left, int right) {
        return (long) left << Integer.SIZE | right & 0xFFFFFFFFL;
    }

    /// Merges the first tokens of an array in their place.
    ///
    /// @param tokens numbers below 0 are never merged
    /// @param forbidden a token that is not made, or a number below 0
    /// @return how many are left
    public int merge(int[] tokens, int length, int forbidden) {
        int[] next = new int[length];
        int[] previous = new int[length];
        // The rank in the upper half, the place in the lower.
        PriorityQueue<Long> pairs = new PriorityQueue<>();
        for (int i = 0; i < length; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
            offer(tokens, i, i + 1, length, pairs);
        }
        while (!pairs.isEmpty()) {
            long best = pairs.poll();
            int left = (int) best;
            int right = next[left];
            if (right >= length || right < 0) {
                continue;
            }
            int place = places.get(pair(tokens[left], tokens[right]));
            if (place < 0 || ranks.get(place) != (int) (best >> Integer.SIZE) || merged.get(place) == forbidden) {
                continue;
            }
            tokens[left] = merged.get(place);
            next[left] = next[right];
            next[right] = -1;
            if (next[left] < length) {
                previous[next[left]] = left;
            }
            if (previous[left] >= 0) {
                offer(tokens, previous[left], left, length, pairs);
            }
            offer(tokens, left, next[left], length, pairs);
        }
        int kept = 0;
        for (int i = 0; i < length; i = next[i]) {
            tokens[kept++] = tokens[i];
        }
        return kept;
    }

    private void offer(int[] tokens, int left, int right, int length, PriorityQueue<Long> pairs) {
        if (right < length) {
            int place = places.get(pair(tokens[left], tokens[right]));
            if (place >= 0) {
                pairs.add((long) ranks.get(place) << Integer.SIZE | left);
            }
        }
    }
}
