package dev.cajal.ir;

import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    /// Axes of the operand that a slice runs through, one for each of the updates' window.
    public int[] windowed(Shape operand) {
        return IntStream.range(0, operand.rank())
                .filter(axis -> !inserted.contains(axis) && !operandBatching.contains(axis))
                .toArray();
    }

    /// Lengths of a slice, one for each axis of the operand.
    public int[] slice(Shape operand, Shape updates) {
        int[] sizes = new int[operand.rank()];
        Arrays.fill(sizes, 1);
        int[] windowed = windowed(operand);
        int[] window = updateWindow.stream().mapToInt(Integer::intValue).sorted().toArray();
        for (int i = 0; i < windowed.length; i++) {
            sizes[windowed[i]] = updates.dim(window[i]);
        }
        return sizes;
    }
}
