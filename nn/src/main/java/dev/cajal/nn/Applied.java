package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.SequencedMap;

/// What applying a network gives.
///
/// @param output the network's output
/// @param statistics the statistics after it, by path
/// @param penalties what layers want to be small besides the loss, scalars; see [Scope#penalize]
/// @param memory in [Mode.Streaming], what layers remember for the next piece, by path; else empty
public record Applied<O>(
        O output,
        SequencedMap<String, Tensor> statistics,
        List<Tensor> penalties,
        SequencedMap<String, Tensor> memory) {
    /// A loss with all penalties added to it.
    Tensor penalized(Tensor loss) {
        return penalties.stream().reduce(loss, Tensor::plus);
    }
}
