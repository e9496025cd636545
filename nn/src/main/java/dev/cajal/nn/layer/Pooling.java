package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.ir.Window;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;

/// The largest number or the mean of each channel at each place of a window that slides over images. Made by [MaxPool2d], [AveragePool2d] and those of one and three
/// dimensions.
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, places..., channels]`, places as in [SlidingWindow]
///
/// Padding is never chosen, and not counted in means (as in Keras; PyTorch counts it by default), nor is that of sequences inside of [Padded]; where a window sees nothing else there, the output is 0. Where several numbers are the largest, the gradient goes to the
/// first one. Max-pooling: K. Yamaguchi et al., 1990.
///
/// @param statistic what is made of the numbers
/// @param window how it slides; padding is less than it reaches over, so that it never sees padding alone
public record Pooling(Statistic statistic, SlidingWindow window) implements Layer {
    /// What pooling makes of the numbers that it sees.
    public enum Statistic {
        /// The largest one.
        MAX,
        /// Their mean.
        AVERAGE
    }

    public Pooling {
        if (window.padding() instanceof Padding.Explicit(List<Integer> before, List<Integer> after)) {
            for (int i = 0; i < window.rank(); i++) {
                if (Math.max(before.get(i), after.get(i)) >= window.reach(i)) {
                    throw new CajalException("pooling.padding",
                            "Pooling with a window of %s cannot be padded by %s before and %s after: it would stand where there is nothing but padding. Take less padding than the window reaches over, or withSamePadding().",
                            window.reaches(), before, after);
                }
            }
        }
    }

    static Pooling of(Statistic statistic, List<Integer> size) {
        return new Pooling(statistic, SlidingWindow.of(size).withStrides(size));
    }

    /// The same with a window that moves by other steps than its size; one number, or one for each spatial dimension.
    public Pooling withStrides(int... strides) {
        return new Pooling(statistic, window.withStrides(window.each(strides)));
    }

    /// The same with images padded.
    public Pooling withPadding(Padding padding) {
        return new Pooling(statistic, window.withPadding(padding));
    }

    /// The same with images padded by so many elements on both sides of each dimension.
    public Pooling withPadding(int elements) {
        return withPadding(Padding.of(window.rank(), elements));
    }

    /// The same with images padded so that the output is as large as the input, divided by the strides.
    public Pooling withSamePadding() {
        return withPadding(Padding.SAME);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Window slides = window.over(this, x);
        window.requireOnePlace(this, x, scope);
        requireSight(x, slides);
        return Inputs.present(x, scope).map(some -> ofPresent(x, some.expandDims(-1), slides))
                .orElseGet(() -> switch (statistic) {
                    case MAX -> x.maxPool(slides);
                    case AVERAGE -> Inputs.narrow(mean(Inputs.wide(x), slides), x);
                });
    }

    /// Of the positions that hold something; zero where a window sees none.
    private Tensor ofPresent(Tensor x, Tensor present, Window slides) {
        Tensor wide = Inputs.wide(x);
        Tensor count = present.asType(wide.dtype()).sumPool(slides);
        return switch (statistic) {
            case MAX -> count.gt(0).choose(present.choose(x, Double.NEGATIVE_INFINITY).maxPool(slides), 0);
            case AVERAGE -> Inputs.narrow(present.choose(wide, 0).sumPool(slides).div(count.maximum(1)), x);
        };
    }

    /// Refuses images that are so short that a window with holes can have them in a hole.
    private void requireSight(Tensor x, Window slides) {
        for (int i = 0; i < slides.rank(); i++) {
            int length = x.dim(i + 1);
            for (int place = 0; place < slides.positions(i, length); place++) {
                int start = place * slides.strides().get(i) - slides.paddingLow().get(i);
                int first = start < 0 ? Math.floorMod(start, slides.windowDilation().get(i)) : start;
                if (first >= length) {
                    throw new ShapeException("shape.pooling-holes",
                            "%sPooling with a window of %s, its elements %s apart, sees nothing but padding at place %s of dimension %s of %s. Take less padding, or a dense window.",
                            Origin.current().prefix(), window.reaches(), window.dilation(), place, i + 1, x.type());
                }
            }
        }
    }

    private Tensor mean(Tensor x, Window slides) {
        Tensor sum = x.sumPool(slides);
        boolean isPadded = slides.paddingLow().stream().anyMatch(n -> n > 0)
                || slides.paddingHigh().stream().anyMatch(n -> n > 0);
        if (!isPadded) {
            return sum.times(1.0 / Shape.of(window.size()).size());
        }
        Shape one = x.shape().withDim(0, 1).withDim(-1, 1);
        return sum.div(Tensor.full(x.dtype(), one, 1).sumPool(slides));
    }
}
