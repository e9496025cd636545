package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.ir.Window;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The way back through a [convolution][Convolution], which makes images larger: what a convolution computes as the gradient by its input. Each number of the input puts a
/// weighted copy of the kernel into the output, `stride` apart. Made by [ConvTranspose1d], [ConvTranspose2d] and [ConvTranspose3d].
///
/// - input: `[batch, spatial..., channels]`
/// - output: `[batch, longer..., filters]`: a dimension of length `n` becomes `(n - 1) * stride + reach` less the padding, or `n * stride` with
///   [same padding][Padding.Same]
/// - parameters: `kernel` `[window..., channels, filters]`, `bias` `[filters]`, and those of the activation below `activation`
///
/// M. D. Zeiler et al., *Deconvolutional Networks*, 2010.
///
/// @param filters channels of the output
/// @param window of the convolution whose way back it is
/// @param activation applied to the sums
/// @param kernel the kernel's first elements
/// @param bias the bias' first elements, if there is to be one
public record TransposedConvolution(int filters, SlidingWindow window, Activation activation, Initializer kernel,
        Optional<Initializer> bias) implements Layer {
    public TransposedConvolution {
        Inputs.requirePositive("The number of filters of a convolution", filters);
    }

    static TransposedConvolution of(int filters, List<Integer> size, Activation activation) {
        return new TransposedConvolution(filters, SlidingWindow.of(size), activation, activation.kernelInitializer(),
                Optional.of(Initializers.zeros()));
    }

    /// The same with other strides; one number, or one for each spatial dimension.
    public TransposedConvolution withStrides(int... strides) {
        return withWindow(window.withStrides(window.each(strides)));
    }

    /// The same with padding of the convolution whose way back it is: as much is cut off.
    public TransposedConvolution withPadding(Padding padding) {
        return withWindow(window.withPadding(padding));
    }

    /// The same with so many elements cut off on both sides of each dimension.
    public TransposedConvolution withPadding(int elements) {
        return withPadding(Padding.of(window.rank(), elements));
    }

    /// The same with an output that is as large as the input times the strides.
    public TransposedConvolution withSamePadding() {
        return withPadding(Padding.SAME);
    }

    private TransposedConvolution withWindow(SlidingWindow other) {
        return new TransposedConvolution(filters, other, activation, kernel, bias);
    }

    /// The same with other first elements of the kernel.
    public TransposedConvolution withKernel(Initializer initializer) {
        return new TransposedConvolution(filters, window, activation, initializer, bias);
    }

    /// The same without a bias.
    public TransposedConvolution withoutBias() {
        return new TransposedConvolution(filters, window, activation, kernel, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        window.requireImages(this, x);
        Shape shape = Shape.of(window.size()).insert(window.rank(), x.dim(-1)).insert(window.rank() + 1, filters);
        Tensor turned = scope.parameter("kernel", shape, kernel).flip(IntStream.range(0, window.rank()).toArray());
        Tensor sums = Inputs.withoutPadding(x, scope).convolve(turned, back(x), 1);
        return WeightedSums.finish(sums, bias, activation, scope);
    }

    /// The window over the input, with holes put between its elements.
    private Window back(Tensor x) {
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            int stride = window.strides().get(i);
            int reach = (window.size().get(i) - 1) * window.dilation().get(i) + 1;
            int apart = (x.dim(i + 1) - 1) * stride + 1;
            int whole = x.dim(i + 1) == 0 ? 0 : apart + reach - 1;
            int length = switch (window.padding()) {
                case Padding.Valid _ -> whole;
                case Padding.Same _ -> x.dim(i + 1) * stride;
                case Padding.Explicit cut -> whole - cut.before().get(i) - cut.after().get(i);
            };
            if (length < 1) {
                throw new ShapeException("shape.transposed-size",
                        "%sTransposedConvolution makes %s elements of dimension %s of %s, of which its padding leaves none. Take less padding, a larger window, or withSamePadding().",
                        Origin.current().prefix(), whole, i + 1, x.type());
            }
            int before = switch (window.padding()) {
                case Padding.Valid _ -> 0;
                case Padding.Same _ -> Math.max(0, whole - length) / 2;
                case Padding.Explicit cut -> cut.before().get(i);
            };
            low.add(reach - 1 - before);
            high.add(length + reach - 1 - apart - low.get(i));
        }
        List<Integer> ones = Collections.nCopies(window.rank(), 1);
        return new Window(window.size(), ones, low, high, window.strides(), window.dilation());
    }

    @Override
    public Optional<Activation> outputActivation() {
        return activation.outputActivation();
    }
}
