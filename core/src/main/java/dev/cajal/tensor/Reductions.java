package dev.cajal.tensor;

import dev.cajal.ir.Ops;
import dev.cajal.ir.Reducer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.List;

/// Many elements combined to one, and functions of rows that rest on that. No axes given means all axes.
public sealed interface Reductions permits Tensor {
    /// This object, as what it is.
    Tensor self();

    /// The sum.
    default Tensor sum(int... axes) {
        return sum(Axes.of(axes));
    }

    /// The sum.
    default Tensor sum(Axes axes) {
        return reduce(Reducer.SUM, self().dtype() == DType.BOOL ? self().asType(DType.I32) : self(), axes);
    }

    /// The arithmetic mean; of integers as f32.
    default Tensor mean(int... axes) {
        return mean(Axes.of(axes));
    }

    /// The arithmetic mean; of integers as f32.
    default Tensor mean(Axes axes) {
        return self().asFloating().sum(axes).div(axes.count(self().shape()));
    }

    /// The mean squared distance from the mean (divided by n, not n - 1), computed in two passes.
    default Tensor variance(int... axes) {
        return variance(Axes.of(axes));
    }

    /// The mean squared distance from the mean (divided by n, not n - 1), computed in two passes.
    default Tensor variance(Axes axes) {
        return self().minus(mean(axes.kept())).square().mean(axes);
    }

    /// The square root of the [variance][#variance(int...)].
    default Tensor standardDeviation(int... axes) {
        return variance(Axes.of(axes)).sqrt();
    }

    /// The product.
    default Tensor product(int... axes) {
        return reduce(Reducer.PRODUCT, self(), Axes.of(axes));
    }

    /// The largest element; NaN wins. Equal ones share the gradient.
    default Tensor max(int... axes) {
        return max(Axes.of(axes));
    }

    /// The largest element; NaN wins. Equal ones share the gradient.
    default Tensor max(Axes axes) {
        return reduce(Reducer.MAX, self(), axes);
    }

    /// The smallest element; NaN wins.
    default Tensor min(int... axes) {
        return min(Axes.of(axes));
    }

    /// The smallest element; NaN wins.
    default Tensor min(Axes axes) {
        return reduce(Reducer.MIN, self(), axes);
    }

    /// Whether all are true.
    default Tensor all(int... axes) {
        return reduce(Reducer.AND, self().asType(DType.BOOL), Axes.of(axes));
    }

    /// Whether any is true.
    default Tensor any(int... axes) {
        return reduce(Reducer.OR, self().asType(DType.BOOL), Axes.of(axes));
    }

    /// The Euclidean norm `sqrt(sum(x^2))`. Where it is zero its gradient is taken as zero.
    default Tensor norm(int... axes) {
        Tensor squares = self().asFloating().square().sum(axes);
        Tensor zero = squares.eq(0);
        return zero.choose(0, zero.choose(1, squares).sqrt());
    }

    /// The position (i32) of the first largest element along an axis; of the first NaN if there is one.
    default Tensor argMax(int axis) {
        return argExtreme(max(Axes.of(axis).kept()), axis);
    }

    /// The position (i32) of the first smallest element along an axis; of the first NaN if there is one.
    default Tensor argMin(int axis) {
        return argExtreme(min(Axes.of(axis).kept()), axis);
    }

    /// `log(sum(e^x))` along an axis, without overflow: the largest element is taken out first.
    default Tensor logSumExp(Axes axes) {
        Tensor x = self().asFloating();
        Tensor peak = x.max(axes.kept()).stopGradient();
        Tensor finite = peak.isFinite().choose(peak, 0);
        Tensor log = x.minus(finite).exp().sum(axes.kept()).log().plus(finite);
        return axes.keep() ? log : log.reshape(sum(axes).shape());
    }

    /// `e^x / sum(e^x)` along an axis: positive numbers that add up to 1. Computed as `e^(x - max)`, which cannot overflow.
    default Tensor softmax(int axis) {
        Tensor x = self().asFloating();
        Tensor shifted = x.minus(x.max(Axes.of(axis).kept()).stopGradient()).exp();
        return shifted.div(shifted.sum(Axes.of(axis).kept()));
    }

    /// `log(softmax(x))` along an axis, computed as `x - max - log(sum(e^(x - max)))`.
    default Tensor logSoftmax(int axis) {
        Tensor x = self().asFloating();
        Tensor shifted = x.minus(x.max(Axes.of(axis).kept()).stopGradient());
        return shifted.minus(shifted.exp().sum(Axes.of(axis).kept()).log());
    }

    /// The sum of all elements up to each one along an axis, in a logarithmic number of additions.
    default Tensor cumulativeSum(int axis) {
        Tensor sums = self();
        int at = sums.shape().axis(axis);
        int length = sums.shape().dim(at);
        for (int step = 1; step < length; step *= 2) {
            Tensor moved = sums.slice(at, 0, length - step);
            Tensor zeros = Tensor.zeros(sums.dtype(), sums.shape().withDim(at, step));
            sums = sums.plus(Tensor.concatenate(at, zeros, moved));
        }
        return sums;
    }

    private Tensor argExtreme(Tensor extreme, int axis) {
        Shape shape = self().shape();
        int at = shape.axis(axis);
        if (shape.dim(at) == 0) {
            throw new ShapeException("shape.empty", "There is no largest or smallest element along axis %s of %s.",
                    axis, shape);
        }
        Tensor positions = Tensor.of(Ops.iota(new TensorType(DType.I32, shape), at));
        Tensor hit = self().eq(extreme).or(self().isNaN());
        return hit.choose(positions, shape.dim(at)).min(at);
    }

    private static Tensor reduce(Reducer reducer, Tensor x, Axes axes) {
        List<Integer> in = axes.in(x.shape());
        Tensor reduced = Tensor.of(Ops.reduce(reducer, x.value(), in));
        if (!axes.keep()) {
            return reduced;
        }
        Shape kept = x.shape();
        for (int axis : in) {
            kept = kept.withDim(axis, 1);
        }
        return reduced.reshape(kept);
    }
}
