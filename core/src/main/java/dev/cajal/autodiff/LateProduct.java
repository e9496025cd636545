package dev.cajal.autodiff;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A product that each trip of a loop has a share in: the sum of `a b` over all trips is one product of the stacked factors, with the trips among what is summed over. One large
/// product instead of many small ones, and no sum that goes round with the loop.
///
/// @param operand whose gradient it is a part of
/// @param dot the product of one trip
/// @param operands its two factors
/// @param finish what comes behind the product
record LateProduct(int operand, Op.DotGeneral dot, List<Value> operands, UnaryOperator<Value> finish) {
    /// The product that a value is, perhaps transposed or converted.
    static Optional<LateProduct> of(int operand, Value value) {
        Node node = value.node();
        return switch (node.op()) {
            case Op.DotGeneral dot ->
                Optional.of(new LateProduct(operand, dot, node.inputs(), UnaryOperator.identity()));
            case Op.Transpose(var permutation) ->
                of(operand, node.inputs().getFirst()).map(inner -> inner.then(x -> Ops.transpose(x, permutation)));
            case Op.Convert(var type) ->
                of(operand, node.inputs().getFirst()).map(inner -> inner.then(x -> Ops.convert(x, type)));
            default -> Optional.empty();
        };
    }

    private LateProduct then(UnaryOperator<Value> last) {
        return new LateProduct(operand, dot, operands, x -> last.apply(finish.apply(x)));
    }

    /// The sum over all trips.
    ///
    /// @param left `[trips, ...]`
    /// @param right `[trips, ...]`
    Value of(Value left, Value right) {
        var all = new Op.DotGeneral(behindTrips(dot.leftBatch()), behindTrips(dot.rightBatch()),
                withTrips(dot.leftContracting()), withTrips(dot.rightContracting()), dot.result());
        return finish.apply(Ops.dot(all, left, right));
    }

    private static List<Integer> behindTrips(List<Integer> axes) {
        return axes.stream().map(axis -> axis + 1).toList();
    }

    private static List<Integer> withTrips(List<Integer> axes) {
        return Stream.concat(Stream.of(0), behindTrips(axes).stream()).toList();
    }
}
