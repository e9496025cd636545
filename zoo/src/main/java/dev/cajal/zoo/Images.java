package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Reshape;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// What networks for images have in common.
final class Images {
    private Images() {}

    /// The layers that make images `[batch, height, width, channels]` of what the network is given.
    ///
    /// @param name of the model, for messages
    /// @param least pixels that a picture needs on each side
    static List<Layer> input(String name, ModelSpec spec, int least) {
        Shape shape = spec.input();
        boolean isPicture = (shape.rank() == 2 || shape.rank() == 3) && shape.dim(0) >= least && shape.dim(1) >= least;
        if (!isPicture) {
            throw new CajalException("usage.model-input",
                    "The model '%s' is for pictures of at least %s x %s pixels, but an example has shape %s. Give it larger pictures (of a folder: --size), or use another model, such as 'mlp'.",
                    name, least, least, shape);
        }
        return new ArrayList<>(shape.rank() == 2 ? List.of(Reshape.of(shape.dim(0), shape.dim(1), 1)) : List.of());
    }

    /// Dropout, if some is wanted.
    static List<Layer> dropout(ModelSpec spec) {
        return spec.dropout() > 0 ? List.of(Dropout.of(spec.dropout())) : List.of();
    }
}
