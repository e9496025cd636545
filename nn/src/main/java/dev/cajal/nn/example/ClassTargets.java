package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Labels that are one of several classes: texts, enum constants, whole numbers or truth values. A network gives one logit for each.
///
/// @param classes the classes, in the order of the network's outputs
public record ClassTargets<L>(List<L> classes) implements TargetEncoding<L> {
    /// @throws CajalException if there are fewer than two classes
    public ClassTargets {
        classes = List.copyOf(classes);
        if (classes.size() < 2) {
            throw new CajalException(
                    "target.one-class",
                    "All examples have the same label, %s. There is nothing to tell apart: a classifier needs examples of at least two classes.",
                    classes);
        }
    }

    @Override
    public int outputs() {
        return classes.size();
    }

    @Override
    public Shape shape() {
        return Shape.SCALAR;
    }

    @Override
    public Rows encode(List<L> labels) {
        Map<L, Integer> numbers = new HashMap<>();
        classes.forEach(label -> numbers.put(label, numbers.size()));
        int[] encoded = new int[labels.size()];
        for (int i = 0; i < encoded.length; i++) {
            Integer number = numbers.get(labels.get(i));
            if (number == null) {
                throw new CajalException(
                        "target.unknown-class",
                        "Example %s has the label %s, which the model does not know. It was made for %s.",
                        i + 1,
                        labels.get(i),
                        classes);
            }
            encoded[i] = number;
        }
        return Rows.of(encoded, Shape.SCALAR);
    }

    @Override
    public Tensor prepare(Tensor targets) {
        return targets;
    }

    /// The classes with their probabilities.
    @Override
    public Prediction<L> decode(float[] answers) {
        Map<L, Double> probabilities = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            probabilities.put(classes.get(i), (double) answers[i]);
        }
        return Prediction.of(probabilities);
    }
}
