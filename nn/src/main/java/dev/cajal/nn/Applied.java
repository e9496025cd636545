package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.SequencedMap;

/// What applying a network gives.
///
/// @param output the network's output
/// @param statistics the statistics after it, by path
/// @param memory in [Mode.Streaming], what layers remember for the next piece, by path; else empty
public record Applied<O>(O output, SequencedMap<String, Tensor> statistics, SequencedMap<String, Tensor> memory) {}
