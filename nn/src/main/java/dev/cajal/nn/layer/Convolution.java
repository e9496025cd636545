package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import java.util.Optional;

/// `activation(x * kernel + bias)`, where `*` is convolution: the same weighted sum at each place of a window that slides over images, one
/// for each filter. Made by [Conv1d], [Conv2d] and [Conv3d].
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, places..., filters]`, places as in [SlidingWindow]
/// - parameters: `kernel` `[window..., channels / groups, filters]`, `bias` `[filters]`, and those of the activation below
///   `activation`
///
/// The kernel is not turned round, as in all of deep learning. With groups, filters `0` to `filters / groups - 1` see the first
/// `channels / groups` channels, and so on. Y. LeCun et al., *Backpropagation Applied to Handwritten Zip Code Recognition*, 1989; groups: A. Krizhevsky
/// et al., 2012.
///
/// @param filters channels of the output
/// @param window how it slides
/// @param groups of channels
/// @param activation applied to the sums
/// @param kernel the kernel's first elements
/// @param bias the bias' first elements, if there is to be one
public record Convolution(int filters, SlidingWindow window, int groups, Activation activation, Initializer kernel,
        Optional<Initializer> bias) implements Layer {
    public Convolution {
        Inputs.requirePositive("The number of filters of a convolution", filters);
        Inputs.requirePositive("The number of groups of a convolution", groups);
    }

    static Convolution of(int filters, List<Integer> size, Activation activation) {
        return new Convolution(filters, SlidingWindow.of(size), 1, activation, activation.kernelInitializer(),
                Optional.of(Initializers.zeros()));
    }

    /// The same with a window that moves further; one number, or one for each spatial dimension.
    public Convolution withStrides(int... strides) {
        return withWindow(window.withStrides(window.each(strides)));
    }

    /// The same with images padded.
    public Convolution withPadding(Padding padding) {
        return withWindow(window.withPadding(padding));
    }

    /// The same with so many zeros on both sides of each dimension.
    public Convolution withPadding(int elements) {
        return withPadding(Padding.of(window.rank(), elements));
    }

    /// The same with images padded so that the output is as large as the input, divided by the strides.
    public Convolution withSamePadding() {
        return withPadding(Padding.SAME);
    }

    /// The same with the window's elements further apart; one number, or one for each spatial dimension. F. Yu, V. Koltun, *Multi-Scale Context Aggregation by
    /// Dilated Convolutions*, 2016.
    public Convolution withDilation(int... dilation) {
        return withWindow(window.withDilation(window.each(dilation)));
    }

    private Convolution withWindow(SlidingWindow other) {
        return new Convolution(filters, other, groups, activation, kernel, bias);
    }

    /// The same in so many groups.
    public Convolution withGroups(int count) {
        return new Convolution(filters, window, count, activation, kernel, bias);
    }

    /// The same with other first elements of the kernel.
    public Convolution withKernel(Initializer initializer) {
        return new Convolution(filters, window, groups, activation, initializer, bias);
    }

    /// The same with other first elements of the bias.
    public Convolution withBias(Initializer initializer) {
        return new Convolution(filters, window, groups, activation, kernel, Optional.of(initializer));
    }

    /// The same without a bias, which the bias of a normalisation right behind would make useless.
    public Convolution withoutBias() {
        return new Convolution(filters, window, groups, activation, kernel, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        var slides = window.over(this, x);
        int channels = x.dim(-1);
        if (channels % groups != 0 || filters % groups != 0) {
            throw new ShapeException(
                    "shape.convolution-groups",
                    "%sA convolution in %s groups needs channels and filters that divide by it, but got %s and has %s filters.",
                    Origin.current().prefix(), groups, x.type(), filters);
        }
        Shape shape = Shape.of(window.size()).insert(window.rank(), channels / groups).insert(window.rank() + 1,
                filters);
        window.requireOnePlace(this, x, scope);
        Tensor sums = Inputs.withoutPadding(x, scope).convolve(scope.parameter("kernel", shape, groups, kernel), slides,
                groups);
        return WeightedSums.finish(sums, bias, activation, scope);
    }

    @Override
    public Optional<Activation> outputActivation() {
        return activation.outputActivation();
    }
}
