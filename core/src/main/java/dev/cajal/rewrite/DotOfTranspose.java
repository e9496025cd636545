package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.List;

/// The product of matrices one of which is transposed: of the matrix itself, along its other dimension. Nothing is summed in another order.
final class DotOfTranspose implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.DotGeneral dot)) {
            return KEEP;
        }
        Value a = node.inputs().getFirst();
        Value b = node.inputs().getLast();
        if (isTransposedMatrix(a, dot.leftBatch(), dot.leftContracting())) {
            List<Integer> permutation = permutation(a);
            return List.of(Ops.dot(
                    new Op.DotGeneral(dot.leftBatch(), dot.rightBatch(), moved(dot.leftContracting(), permutation),
                            dot.rightContracting(), dot.result()),
                    a.node().inputs().getFirst(), b));
        }
        if (isTransposedMatrix(b, dot.rightBatch(), dot.rightContracting())) {
            List<Integer> permutation = permutation(b);
            return List.of(Ops.dot(
                    new Op.DotGeneral(dot.leftBatch(), dot.rightBatch(), dot.leftContracting(),
                            moved(dot.rightContracting(), permutation), dot.result()),
                    a, b.node().inputs().getFirst()));
        }
        return KEEP;
    }

    /// Whether only the two dimensions of a matrix have changed places, of each where there is a batch of them.
    private static boolean isTransposedMatrix(Value x, List<Integer> batch, List<Integer> contracting) {
        return x.node().op() instanceof Op.Transpose && contracting.size() == 1
                && x.shape().rank() == batch.size() + 2
                && batch.equals(moved(batch, permutation(x)));
    }

    private static List<Integer> permutation(Value x) {
        return x.node().op() instanceof Op.Transpose(List<Integer> permutation) ? permutation : List.of();
    }

    private static List<Integer> moved(List<Integer> dimensions, List<Integer> permutation) {
        return dimensions.stream().map(permutation::get).toList();
    }
}
