package dev.cajal.nn.train;

import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import java.lang.foreign.MemorySegment;
import java.util.SequencedMap;

/// What the network was after the best epoch so far.
///
/// @param parameters by path, as they are evaluated
/// @param statistics by path
public record BestEpoch(SequencedMap<String, Tensor> parameters, SequencedMap<String, Tensor> statistics) {
    /// A copy, since training goes on in the memory of the tensors it is made from.
    public static BestEpoch copy(SequencedMap<String, Tensor> parameters, SequencedMap<String, Tensor> statistics) {
        return new BestEpoch(Tree.map(parameters, BestEpoch::copy), Tree.map(statistics, BestEpoch::copy));
    }

    private static Tensor copy(Tensor tensor) {
        byte[] elements = new byte[Math.toIntExact(tensor.type().byteSize())];
        tensor.read(MemorySegment.ofArray(elements));
        return Tensor.of(tensor.type(), MemorySegment.ofArray(elements));
    }
}
