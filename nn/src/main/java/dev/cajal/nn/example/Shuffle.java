package dev.cajal.nn.example;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Numbers in random order.
final class Shuffle {
    private Shuffle() {}

    /// The numbers from 0 to below `count`, by the algorithm of Fisher and Yates.
    static int[] range(int count, SplittableRandom random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
