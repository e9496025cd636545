package dev.cajal.data.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairMergerTest {
    private record Pair(int left, int right) {}

    /// The definition: look for the best pair of all, merge it, look again.
    private static List<Integer> merged(int[] tokens, Map<Pair, Integer> ranks, int firstMerged) {
        List<Integer> list = new ArrayList<>(Arrays.stream(tokens).boxed().toList());
        while (true) {
            int best = -1;
            int rank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < list.size(); i++) {
                int each = ranks.getOrDefault(new Pair(list.get(i), list.get(i + 1)), Integer.MAX_VALUE);
                if (each < rank) {
                    rank = each;
                    best = i;
                }
            }
            if (best < 0) {
                return list;
            }
            list.set(best, firstMerged + rank);
            list.remove(best + 1);
        }
    }

    @Test
    void theBestPairIsMergedUntilThereIsNone() {
        Random random = new Random(7);
        int letters = 3;
        for (int round = 0; round < 500; round++) {
            Map<Pair, Integer> ranks = new HashMap<>();
            PairMerger merger = new PairMerger();
            for (int rank = 0; rank < 12; rank++) {
                Pair pair = new Pair(random.nextInt(letters + rank), random.nextInt(letters + rank));
                if (ranks.putIfAbsent(pair, rank) == null) {
                    merger.put(pair.left, pair.right, rank, letters + rank);
                }
            }
            int[] tokens = random.ints(random.nextInt(40), -1, letters).toArray();
            List<Integer> expected = merged(tokens, ranks, letters);
            int count = merger.merge(tokens, tokens.length, -1);
            assertThat(Arrays.stream(tokens).limit(count).boxed().toList()).isEqualTo(expected);
        }
    }

    @Test
    void aForbiddenTokenIsNotMade() {
        PairMerger merger = new PairMerger();
        merger.put(0, 1, 0, 2);
        merger.put(2, 2, 1, 3);
        int[] tokens = {0, 1, 0, 1};
        assertThat(merger.merge(tokens.clone(), 4, -1)).isEqualTo(1);
        assertThat(merger.merge(tokens, 4, 3)).isEqualTo(2);
        assertThat(tokens).startsWith(2, 2);
    }
}
