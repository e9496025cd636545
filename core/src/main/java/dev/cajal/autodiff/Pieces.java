package dev.cajal.autodiff;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Cotangents that come back in pieces. Where a tensor was cut into slices, as queries, keys and values are, each slice gives a share that is zero outside of it; when the
/// pieces lie side by side and nothing is missing, their sum is their concatenation, without a zero being written or added.
final class Pieces {
    private Pieces() {}

    /// A piece of a sum along one dimension, `low` elements from the beginning.
    private record Piece(Value elements, int dimension, int low) {
        int end() {
            return low + elements.shape().dim(dimension);
        }
    }

    /// The sum as a concatenation, if that is what it is; else the sum.
    static Value joined(Value sum) {
        if (!isSum(sum)) {
            return sum;
        }
        List<Piece> pieces = new ArrayList<>();
        long length = 0;
        List<Value> stack = new ArrayList<>(List.of(sum));
        while (!stack.isEmpty()) {
            Value term = stack.removeLast();
            if (isSum(term)) {
                stack.addAll(term.node().inputs());
            } else {
                Optional<Piece> piece = piece(term);
                if (piece.isEmpty()) {
                    return sum;
                }
                pieces.add(piece.get());
                // A sum may have more terms than nodes: of x + x that is added to itself, twice as many each time.
                length += Math.max(1, piece.get().end() - piece.get().low());
                if (length > sum.shape().dim(piece.get().dimension())) {
                    return sum;
                }
            }
        }
        pieces.sort(Comparator.comparingInt(Piece::low));
        int dimension = pieces.getFirst().dimension();
        int end = 0;
        for (Piece piece : pieces) {
            if (piece.dimension() != dimension || piece.low() != end) {
                return sum;
            }
            end = piece.end();
        }
        return end == sum.shape().dim(dimension)
                ? Ops.concatenate(pieces.stream().map(Piece::elements).toList(), dimension)
                : sum;
    }

    private static boolean isSum(Value value) {
        return value.node().op() instanceof Op.Binary(BinaryKind kind) && kind == BinaryKind.ADD;
    }

    /// What a value is if it is zero but for a piece that is whole in all dimensions but one.
    private static Optional<Piece> piece(Value value) {
        Node node = value.node();
        if (!(node.op() instanceof Op.Pad pad) || !isZero(node.inputs().get(1))
                || pad.interior().stream().anyMatch(between -> between != 0)) {
            return Optional.empty();
        }
        int dimension = -1;
        for (int i = 0; i < pad.low().size(); i++) {
            int low = pad.low().get(i);
            int high = pad.high().get(i);
            if (low < 0 || high < 0) {
                return Optional.empty();
            }
            if (low > 0 || high > 0) {
                if (dimension >= 0) {
                    return Optional.empty();
                }
                dimension = i;
            }
        }
        return dimension < 0
                ? Optional.empty()
                : Optional.of(new Piece(node.inputs().getFirst(), dimension, pad.low().get(dimension)));
    }

    private static boolean isZero(Value value) {
        return value.node().op() instanceof Op.Constant constant && constant.literal().isSplat()
                && constant.literal().bitsAt(0) == 0;
    }
}
