package dev.cajal.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How steps became faster during the warm-up: the mean of steps that took ten milliseconds together, and of the first one alone.
final class Trace {
    private static final double RESOLUTION = 0.01;

    /// A step that is at least this part of one before has not become faster.
    private static final double AS_FAST = 0.95;

    private final List<Double> ends = new ArrayList<>();
    private final List<Double> durations = new ArrayList<>();
    private double group;
    private int grouped;

    /// @param end of the step, seconds since the start of the process
    /// @param duration in seconds
    void add(double end, double duration) {
        group += duration;
        grouped++;
        if (ends.isEmpty() || group >= RESOLUTION) {
            ends.add(end);
            durations.add(group / grouped);
            group = 0;
            grouped = 0;
        }
    }

    /// Whether the last quarter of the steps is not faster than the quarter before by more than a twentieth.
    boolean isSettled() {
        int size = durations.size();
        int quarter = size / 4;
        return quarter == 0
                || median(size - quarter, size) >= AS_FAST * median(size - 2 * quarter, size - quarter);
    }

    private double median(int from, int to) {
        return durations.subList(from, to).stream().sorted().toList().get((to - from) / 2);
    }

    /// A list of pairs of end and duration.
    String json() {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            pairs.add(String.format(Locale.ROOT, "[%.4f,%.9f]", ends.get(i), durations.get(i)));
        }
        return pairs.toString();
    }
}
