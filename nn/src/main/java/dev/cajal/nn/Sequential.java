package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Layers one after the other: each gets what the one before it gave.
///
/// A layer's name is its position, `0`, `1` and so on, unless it was given another; it is the first part of the names
/// of its parameters (`0/kernel`).
///
/// @param layers from the input to the output; none leaves the input as it is
/// @param names one for each layer, all different
public record Sequential(List<Layer> layers, List<String> names) implements Layer {
    public Sequential {
        layers = List.copyOf(layers);
        names = List.copyOf(names);
        if (names.size() != layers.size() || new HashSet<>(names).size() != names.size()) {
            throw new CajalException(
                    "sequential.names",
                    "The %s layers of a Sequential need as many names, all different, but got %s.",
                    layers.size(),
                    names);
        }
    }

    /// Layers named by their positions.
    public static Sequential of(Layer... layers) {
        return of(List.of(layers));
    }

    /// Layers named by their positions.
    public static Sequential of(List<? extends Layer> layers) {
        return new Sequential(
                List.copyOf(layers),
                IntStream.range(0, layers.size()).mapToObj(Integer::toString).toList());
    }

    /// The same with a layer more at the end, named by its position.
    public Sequential with(Layer next) {
        return with(String.valueOf(layers.size()), next);
    }

    /// The same with a layer more at the end.
    public Sequential with(String name, Layer next) {
        List<Layer> moreLayers = new ArrayList<>(layers);
        moreLayers.add(next);
        List<String> moreNames = new ArrayList<>(names);
        moreNames.add(name);
        return new Sequential(moreLayers, moreNames);
    }

    /// The same layers with other names.
    public Sequential withNames(String... others) {
        return new Sequential(layers, List.of(others));
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor signal = x;
        for (int i = 0; i < layers.size(); i++) {
            signal = scope.call(names.get(i), layers.get(i), signal);
        }
        return signal;
    }

    @Override
    public Optional<Activation> outputActivation() {
        return layers.isEmpty() ? Optional.empty() : layers.getLast().outputActivation();
    }
}
