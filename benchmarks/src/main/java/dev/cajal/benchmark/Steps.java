package dev.cajal.benchmark;

import java.util.Arrays;

/// How long steps took.
final class Steps {
    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    int count() {
        return count;
    }

    /// The 0 %, 1 %, ... 100 % quantiles in seconds: of the sorted times the nearest one.
    double[] quantiles() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        double[] quantiles = new double[101];
        for (int i = 0; i <= 100; i++) {
            quantiles[i] = sorted[Math.round((count - 1) * i / 100f)] / 1e9;
        }
        return quantiles;
    }
}
