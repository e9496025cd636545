package dev.cajal.nn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How far training has come, so that it can go on from there as if it had never stopped.
///
/// @param history of the epochs that are finished
/// @param step steps done of the epoch that is not
/// @param sums of that epoch's measures so far, each multiplied by its weight
/// @param weight of that epoch's examples so far
public record Position(History history, int step, SequencedMap<String, Double> sums, double weight) {
    /// At the beginning.
    public static final Position START = new Position(History.EMPTY, 0, new LinkedHashMap<>(), 0);

    public Position {
        sums = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sums));
    }

    /// At the beginning of the next epoch.
    public static Position after(History history) {
        return new Position(history, 0, new LinkedHashMap<>(), 0);
    }

    /// The number of the epoch that is under way or comes next, from 1.
    public int epoch() {
        return history.epochs().size() + 1;
    }
}
