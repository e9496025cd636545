package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Mean and variance of each feature over the rows of a batch that count, and the positions in them that hold something.
///
/// @param count how many numbers there are of each feature, `[]`
/// @param mean `[features]`; 0 if there are none
/// @param variance divided by the count, `[features]`; 0 if there are none
record BatchMoments(Tensor count, Tensor mean, Tensor variance) {
    /// @param x `[batch, ..., features]`
    /// @param weights `[batch]`; rows of weight 0 do not count
    /// @param present `[batch, positions]`; others do not count
    static BatchMoments of(Tensor x, Optional<Tensor> weights, Optional<Tensor> present) {
        Axes others = Axes.of(IntStream.range(0, x.shape().rank() - 1).toArray());
        return Stream.concat(
                weights.map(numbers -> isCounted(x, numbers)).stream(),
                present.map(positions -> positions.expandDims(-1)).stream())
                .reduce(Tensor::and)
                .map(isCounted -> ofSome(x, isCounted, others))
                .orElseGet(() -> ofAll(x, others));
    }

    private static BatchMoments ofAll(Tensor x, Axes others) {
        Tensor mean = x.mean(others);
        double count = (double) x.shape().size() / Math.max(1, x.dim(-1));
        return new BatchMoments(Tensor.full(x.dtype(), Shape.SCALAR, count), mean, x.minus(mean).square().mean(others));
    }

    private static BatchMoments ofSome(Tensor x, Tensor isCounted, Axes others) {
        double numbers = (double) x.shape().size() / Math.max(1, isCounted.shape().size() * x.dim(-1));
        Tensor count = isCounted.asType(x.dtype()).sum().times(numbers);
        Tensor divisor = count.maximum(1);
        Tensor mean = isCounted.choose(x, 0).sum(others).div(divisor);
        Tensor squares = isCounted.choose(x.minus(mean).square(), 0);
        return new BatchMoments(count, mean, squares.sum(others).div(divisor));
    }

    /// `[batch, 1, ..., 1]`, truth values.
    private static Tensor isCounted(Tensor x, Tensor weights) {
        if (!weights.shape().equals(Shape.of(x.dim(0)))) {
            throw new ShapeException(
                    "shape.weights",
                    "%sThe batch has weights of shape %s, but the input here is %s: statistics of a batch need inputs whose first "
                            + "dimension is the batch.",
                    Origin.current().prefix(),
                    weights.shape(),
                    x.type());
        }
        int[] dims = Collections.nCopies(x.shape().rank(), 1).stream().mapToInt(one -> one).toArray();
        return weights.ne(0).reshape(Shape.of(dims).withDim(0, x.dim(0)));
    }

    /// The variance divided by the count less 1.
    Tensor unbiasedVariance() {
        return variance.times(count.div(count.minus(1).maximum(1)));
    }

    /// Whether no row counts, `[]`.
    Tensor isEmpty() {
        return count.eq(0);
    }
}
