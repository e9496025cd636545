package dev.cajal.nn.layer;

import static dev.cajal.nn.activation.Activations.TANH;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.Shared;
import dev.cajal.type.Shape;
import java.util.stream.Stream;

/// Layers whose definition is a line or two, and networks of layers.
final class SmallLayerCases {
    static final Fixture FIXTURE = Fixture.of(SmallLayerCases.class, "small_layers.json");

    private SmallLayerCases() {}

    private static LayerFixtureTest.Case of(String name, Layer layer, int... input) {
        return LayerFixtureTest.Case.of(name, FIXTURE, layer, Shape.of(input));
    }

    static Stream<LayerFixtureTest.Case> all() {
        Layer shared = Layer.of(Shared.of("twice", Dense.of(4, TANH)));
        return Stream.of(
                of("squeeze_excite", SqueezeExcite.of(2), 2, 3, 4, 6),
                of("global_average", GlobalPooling.average(), 2, 3, 4, 3),
                of("global_max", GlobalPooling.max(), 2, 3, 4, 3),
                of("global_average_sequence", GlobalPooling.average(), 2, 5, 3),
                of("layer_scale", LayerScale.of(1), 2, 3, 4),
                of("bias", Bias.of(), 2, 3, 4),
                of("channel_slice", ChannelSlice.of(1, 3), 2, 3, 4),
                of("rescaling", Rescaling.of(2.5, -1.25), 2, 3, 4),
                of("constant_padding", ConstantPadding.of(2, -0.75), 2, 3, 2, 2),
                of("constant_padding_sequence", ConstantPadding.of(1, 3), 2, 3, 2),
                of("local_response_norm_odd", new LocalResponseNorm(3, 0.3, 0.6, 1.5), 2, 3, 7),
                of("local_response_norm_wide", new LocalResponseNorm(5, 0.3, 0.6, 1.5), 2, 3, 4),
                of("up_sampling_linear_three", UpSampling.linear(3), 2, 2, 3, 2),
                of("up_sampling_nearest_sequence", UpSampling.nearest(3), 2, 3, 2),
                of("flatten", Flatten.of(), 2, 3, 4),
                of("reshape", Reshape.of(2, 3), 2, 6),
                of("branches_concatenated", Branches.concatenated(Dense.of(3, TANH), Dense.of(2)), 2, 3, 4),
                of("branches_summed", Branches.summed(Dense.of(3, TANH), Dense.of(3)), 3, 4),
                of("branches_multiplied", Branches.multiplied(Dense.of(3, TANH), Dense.of(3)), 3, 4),
                of("fork_and_parallel",
                        Layer.of(Fork.of(Dense.of(3, TANH), Dense.of(2))
                                .then(Parallel.of(Dense.of(2), Dense.of(2)))
                                .then(Product.of())),
                        3, 4),
                of("shared", Network.sequential(shared, shared), 3, 4),
                of("auto_encoder",
                        AutoEncoder.of(Network.sequential(Dense.of(3, TANH), GaussianLatent.of(2)), Dense.of(4, TANH)),
                        3, 4).predicting());
    }
}
