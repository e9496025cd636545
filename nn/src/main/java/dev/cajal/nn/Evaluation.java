package dev.cajal.nn;

import dev.cajal.type.CajalException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How well a model does on some examples.
///
/// @param examples how many there were
/// @param metrics by name: `loss`, and `accuracy` for classes or `rmse`, `mae` and `r2` for quantities
public record Evaluation(int examples, SequencedMap<String, Double> metrics) {
    public Evaluation {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }

    /// The mean loss. Of a variational autoencoder it has the divergence of the codes in it, as in training, and each input's code is drawn from a fixed seed: the negative evidence lower bound, over as many numbers
    /// as an input has.
    public double loss() {
        return metric("loss");
    }

    /// The share of examples whose most probable class is the right one.
    ///
    /// @throws CajalException if the model predicts quantities
    public double accuracy() {
        return metric("accuracy");
    }

    /// The root of the mean squared error, in the units of the labels.
    ///
    /// @throws CajalException if the model predicts classes
    public double rmse() {
        return metric("rmse");
    }

    /// A metric by its name.
    ///
    /// @throws CajalException if there is none of that name
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new CajalException("evaluation.metric", "There is no metric '%s' here; there are %s.", name,
                    metrics.keySet());
        }
        return value;
    }
}
