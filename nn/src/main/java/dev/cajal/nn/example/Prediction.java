package dev.cajal.nn.example;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What a model says of one input.
///
/// @param label the most probable class, or the predicted number
/// @param probability of that class; 1 for a number
/// @param probabilities of all classes, the most probable first; empty for a number
public record Prediction<L>(L label, double probability, SequencedMap<L, Double> probabilities) {
    public Prediction {
        probabilities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(probabilities));
    }

    /// A predicted number.
    public static <L> Prediction<L> of(L number) {
        return new Prediction<>(number, 1, new LinkedHashMap<>());
    }

    /// A predicted class, from the probabilities of all.
    public static <L> Prediction<L> of(Map<L, Double> probabilities) {
        SequencedMap<L, Double> sorted = new LinkedHashMap<>();
        probabilities.entrySet().stream()
                .sorted(Map.Entry.<L, Double>comparingByValue().reversed())
                .forEachOrdered(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new Prediction<>(sorted.firstEntry().getKey(), sorted.firstEntry().getValue(), sorted);
    }
}
