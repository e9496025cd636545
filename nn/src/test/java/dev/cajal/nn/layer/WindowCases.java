package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.IDENTITY;
import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.activation.Activations.TANH;
import static dev.cajal.nn.initializer.Initializers.zeros;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.Layer;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Windows that slide over images: padding, strides and sizes that do not go together, transposed convolutions, pooling of one and three dimensions.
final class WindowCases {
    static final Fixture FIXTURE = Fixture.of(WindowCases.class, "windows.json");

    private WindowCases() {}

    private static LayerFixtureTest.Case of(String name, Layer layer, int... input) {
        return LayerFixtureTest.Case.of(name, FIXTURE, layer, Shape.of(input));
    }

    private static Convolution convolution(int filters, Integer... size) {
        return new Convolution(filters, SlidingWindow.of(List.of(size)), 1, IDENTITY, zeros(), Optional.of(zeros()));
    }

    private static TransposedConvolution transposed(int filters, Integer... size) {
        return new TransposedConvolution(filters, SlidingWindow.of(List.of(size)), IDENTITY, zeros(),
                Optional.of(zeros()));
    }

    static Stream<LayerFixtureTest.Case> all() {
        return Stream.of(
                of("conv1d_same_strides", Conv1d.of(2, 4).withSamePadding().withStrides(3), 2, 8, 3),
                of("conv2d_same_strides", Conv2d.of(3, 3).withSamePadding().withStrides(2), 2, 6, 5, 2),
                of("conv2d_same_even", convolution(3, 2, 4).withSamePadding(), 2, 4, 5, 2),
                of("conv2d_same_even_strides", Conv2d.of(3, 4).withSamePadding().withStrides(2, 3), 2, 5, 7, 2),
                of("conv2d_same_small", convolution(3, 1, 2).withSamePadding().withStrides(3, 2), 2, 7, 6, 2),
                of("conv2d_same_dilated", Conv2d.of(3, 2).withSamePadding().withStrides(1, 2).withDilation(3),
                        2, 6, 5, 2),
                of("conv2d_same_groups", convolution(6, 3, 2).withSamePadding().withStrides(2, 1).withGroups(2),
                        2, 4, 5, 4),
                of("conv2d_explicit",
                        Conv2d.of(3, 3).withStrides(2, 1)
                                .withPadding(new Padding.Explicit(List.of(1, 0), List.of(2, 3))),
                        2, 4, 4, 2),
                of("conv3d_same_strides", convolution(2, 2, 3, 3).withSamePadding().withStrides(2, 1, 2),
                        1, 3, 4, 4, 2),
                of("depthwise_same_strides",
                        DepthwiseConv2d.of(3).withMultiplier(2).withSamePadding().withStrides(2), 2, 6, 5, 3),
                of("depthwise1d", DepthwiseConv1d.of(3).withMultiplier(2).withPadding(1).withStrides(2), 2, 7, 3),
                of("separable2d", SeparableConv2d.of(2, 3, TANH), 2, 4, 5, 3),
                of("separable1d", SeparableConv1d.of(3, 4, RELU), 2, 6, 2),
                of("transposed1d_same_even", ConvTranspose1d.of(3, 4).withSamePadding(), 2, 5, 2),
                of("transposed_same", ConvTranspose2d.of(3, 3).withSamePadding().withStrides(2), 2, 3, 4, 2),
                of("transposed_same_even", ConvTranspose2d.of(3, 4).withSamePadding().withStrides(2), 2, 3, 4, 2),
                of("transposed_same_large", ConvTranspose2d.of(3, 5).withSamePadding().withStrides(2, 3), 2, 3, 2, 2),
                of("transposed_same_small", transposed(3, 1, 2).withSamePadding().withStrides(3, 2), 2, 3, 2, 2),
                of("transposed3d", ConvTranspose3d.of(2, 3).withStrides(2).withPadding(1), 1, 3, 2, 3, 2),
                of("transposed3d_same", ConvTranspose3d.of(2, 2).withSamePadding().withStrides(2, 1, 2),
                        1, 2, 3, 2, 2),
                of("max_pool1d", MaxPool1d.of(3).withStrides(2), 2, 8, 3),
                of("max_pool3d", MaxPool3d.of(2), 2, 4, 5, 4, 2),
                of("max_pool3d_padded", MaxPool3d.of(3).withStrides(2, 1, 2).withPadding(1), 1, 4, 3, 5, 2),
                of("max_pool_same", MaxPool2d.of(3).withSamePadding().withStrides(2), 2, 6, 5, 3),
                of("max_pool_same_even", MaxPool2d.of(2).withSamePadding().withStrides(1), 2, 4, 5, 3),
                of("max_pool_same_negative", MaxPool2d.of(4).withSamePadding().withStrides(3), 2, 5, 4, 3),
                of("average_pool1d", AveragePool1d.of(3).withStrides(1).withPadding(1), 2, 6, 3),
                of("average_pool3d", AveragePool3d.of(2), 2, 4, 5, 4, 2),
                of("average_pool3d_same", AveragePool3d.of(3).withSamePadding().withStrides(2), 1, 4, 3, 5, 2),
                of("average_pool_same", AveragePool2d.of(3).withSamePadding().withStrides(2), 2, 6, 5, 3),
                of("average_pool_same_even", AveragePool2d.of(2).withSamePadding().withStrides(1), 2, 4, 5, 3),
                of("average_pool_same_even_strides", AveragePool2d.of(4).withSamePadding().withStrides(3),
                        2, 5, 4, 3));
    }
}
