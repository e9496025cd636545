package dev.cajal.ir;

import java.util.List;

/// Which dimension of a [gather][Op.Gather] is what; the names and rules are StableHLO's.
///
/// @param offset dimensions of the result that run through a slice
/// @param collapsed dimensions of the operand, of slice size 1, that the result lacks
/// @param operandBatching dimensions of the operand that run in step with those of the indices
/// @param indicesBatching dimensions of the indices that run in step with those of the operand
/// @param startIndexMap which dimension of the operand each component of an index vector is about
/// @param indexVector the dimension of the indices that holds the components; the rank of the indices if each is a scalar
public record GatherDimensions(
        List<Integer> offset,
        List<Integer> collapsed,
        List<Integer> operandBatching,
        List<Integer> indicesBatching,
        List<Integer> startIndexMap,
        int indexVector) {
    public GatherDimensions {
        offset = List.copyOf(offset);
        collapsed = List.copyOf(collapsed);
        operandBatching = List.copyOf(operandBatching);
        indicesBatching = List.copyOf(indicesBatching);
        startIndexMap = List.copyOf(startIndexMap);
    }
}
