package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.List;

/// The product of matrices of which one or both are transposed: of the matrices themselves, along their other dimension. Nothing is summed in another order.
final class DotOfTranspose implements Rule {
    /// One side of a product.
    ///
    /// @param contracting the dimensions that are summed over
    private record Side(Value matrix, List<Integer> batch, List<Integer> contracting) {
        /// The matrix that was transposed; this one if none was.
        Side turnedBack() {
            if (!(matrix.node().op() instanceof Op.Transpose(List<Integer> permutation)) || contracting.size() != 1
                    || matrix.shape().rank() != batch.size() + 2 || !batch.equals(moved(batch, permutation))) {
                return this;
            }
            return new Side(matrix.node().inputs().getFirst(), batch, moved(contracting, permutation));
        }

        private static List<Integer> moved(List<Integer> dimensions, List<Integer> permutation) {
            return dimensions.stream().map(permutation::get).toList();
        }
    }

    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.DotGeneral dot)) {
            return KEEP;
        }
        Side left = new Side(node.inputs().getFirst(), dot.leftBatch(), dot.leftContracting());
        Side right = new Side(node.inputs().getLast(), dot.rightBatch(), dot.rightContracting());
        Side a = left.turnedBack();
        Side b = right.turnedBack();
        if (a.equals(left) && b.equals(right)) {
            return KEEP;
        }
        return List.of(Ops.dot(
                new Op.DotGeneral(a.batch(), b.batch(), a.contracting(), b.contracting(), dot.result()),
                a.matrix(), b.matrix()));
    }
}
