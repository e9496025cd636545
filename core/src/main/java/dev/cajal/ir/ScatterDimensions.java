package dev.cajal.ir;

import java.util.List;

/// Which dimension of a [scatter][Op.Scatter] is what; the names and rules are StableHLO's.
///
/// @param updateWindow dimensions of the updates that run through a slice
/// @param inserted dimensions of the operand, of slice size 1, that the updates lack
/// @param operandBatching dimensions of the operand that run in step with those of the indices
/// @param indicesBatching dimensions of the indices that run in step with those of the operand
/// @param indexMap which dimension of the operand each component of an index vector is about
/// @param indexVector the dimension of the indices that holds the components; the rank of the indices if each is a scalar
public record ScatterDimensions(
        List<Integer> updateWindow,
        List<Integer> inserted,
        List<Integer> operandBatching,
        List<Integer> indicesBatching,
        List<Integer> indexMap,
        int indexVector) {
    public ScatterDimensions {
        updateWindow = List.copyOf(updateWindow);
        inserted = List.copyOf(inserted);
        operandBatching = List.copyOf(operandBatching);
        indicesBatching = List.copyOf(indicesBatching);
        indexMap = List.copyOf(indexMap);
    }
}
