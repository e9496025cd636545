package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;

/// A [convolution][Convolution] of each channel by itself. Made by [DepthwiseConv1d] and [DepthwiseConv2d].
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, places..., channels * multiplier]`; the filters of a channel lie side by side
/// - parameters: `kernel` `[window..., 1, channels * multiplier]`, `bias` `[channels * multiplier]`, and those of the activation below `activation`
///
/// L. Sifre, *Rigid-Motion Scattering for Image Classification*, 2014.
///
/// @param multiplier filters for each channel
/// @param window how it slides
/// @param activation applied to the sums
/// @param kernel the kernel's first elements
/// @param bias the bias' first elements, if there is to be one
public record DepthwiseConvolution(int multiplier, SlidingWindow window, Activation activation, Initializer kernel,
        Optional<Initializer> bias) implements Layer {
    public DepthwiseConvolution {
        Inputs.requirePositive("The multiplier of a depthwise convolution", multiplier);
    }

    static DepthwiseConvolution of(List<Integer> size, Activation activation) {
        return new DepthwiseConvolution(1, SlidingWindow.of(size), activation, activation.kernelInitializer(),
                Optional.of(Initializers.zeros()));
    }

    /// The same with so many filters for each channel.
    public DepthwiseConvolution withMultiplier(int count) {
        return new DepthwiseConvolution(count, window, activation, kernel, bias);
    }

    /// The same with a window that moves further; one number, or one for each spatial dimension.
    public DepthwiseConvolution withStrides(int... strides) {
        return withWindow(window.withStrides(window.each(strides)));
    }

    /// The same with images padded.
    public DepthwiseConvolution withPadding(Padding padding) {
        return withWindow(window.withPadding(padding));
    }

    /// The same with so many zeros on both sides of each dimension.
    public DepthwiseConvolution withPadding(int elements) {
        return withPadding(Padding.of(window.rank(), elements));
    }

    /// The same with images padded so that the output is as large as the input, divided by the strides.
    public DepthwiseConvolution withSamePadding() {
        return withPadding(Padding.SAME);
    }

    private DepthwiseConvolution withWindow(SlidingWindow other) {
        return new DepthwiseConvolution(multiplier, other, activation, kernel, bias);
    }

    /// The same with an activation, which chooses how the kernel begins.
    public DepthwiseConvolution withActivation(Activation other) {
        return new DepthwiseConvolution(multiplier, window, other, other.kernelInitializer(), bias);
    }

    /// The same with other first elements of the kernel.
    public DepthwiseConvolution withKernel(Initializer initializer) {
        return new DepthwiseConvolution(multiplier, window, activation, initializer, bias);
    }

    /// The same without a bias.
    public DepthwiseConvolution withoutBias() {
        return new DepthwiseConvolution(multiplier, window, activation, kernel, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        var slides = window.over(this, x);
        int filters = Math.multiplyExact(x.dim(-1), multiplier);
        Shape shape = Shape.of(window.size()).insert(window.rank(), 1).insert(window.rank() + 1, filters);
        window.requireOnePlace(this, x, scope);
        Tensor sums = Inputs.withoutPadding(x, scope)
                .convolve(scope.parameter("kernel", shape, x.dim(-1), kernel), slides, x.dim(-1));
        return WeightedSums.finish(sums, bias, activation, scope);
    }

    @Override
    public Optional<Activation> outputActivation() {
        return activation.outputActivation();
    }
}
