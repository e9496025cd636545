package dev.cajal.nn.layer;

import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.initializer.Initializers;
import java.util.List;
import java.util.stream.Stream;

/// All types that configurations of built-in networks are made of.
final class AllTypes {
    private AllTypes() {}

    static List<Class<?>> types() {
        return Stream.of(Initializers.types(), Activations.types(), Layers.types(),
                Layers.settings())
                .<Class<?>>flatMap(List::stream)
                .toList();
    }
}
