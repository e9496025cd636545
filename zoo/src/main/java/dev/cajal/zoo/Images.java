package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.layer.Reshape;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// What networks for images have in common.
final class Images {
    private Images() {}

    /// The layers that make images `[batch, height, width, channels]` of what the network is given.
    static List<Layer> input(ModelSpec spec) {
        Shape shape = spec.input();
        return new ArrayList<>(shape.rank() == 2 ? List.of(Reshape.of(shape.dim(0), shape.dim(1), 1)) : List.of());
    }
}
