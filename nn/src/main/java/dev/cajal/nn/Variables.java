package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The tensors that belong to a network: a tree.
///
/// Names are paths: the names of layers from the outside in, then that of the tensor, such as `0/kernel` or
/// `encoder/attention/query/bias`.
///
/// @param parameters what training changes by its gradient
/// @param statistics what the forward pass itself updates in training, such as running means
public record Variables(SequencedMap<String, Tensor> parameters, SequencedMap<String, Tensor> statistics) {
    public Variables {
        parameters = ordered(parameters);
        statistics = ordered(statistics);
    }

    private static SequencedMap<String, Tensor> ordered(Map<String, Tensor> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }

    /// The number of trained numbers.
    public long parameterCount() {
        return parameters.values().stream().mapToLong(tensor -> tensor.shape().size()).sum();
    }

    /// These variables with other parameters.
    public Variables withParameters(SequencedMap<String, Tensor> others) {
        return new Variables(others, statistics);
    }

    /// These variables with other statistics.
    public Variables withStatistics(SequencedMap<String, Tensor> others) {
        return new Variables(parameters, others);
    }
}
