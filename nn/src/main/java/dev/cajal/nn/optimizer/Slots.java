package dev.cajal.nn.optimizer;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What an optimizer remembers about one parameter, by name.
///
/// @param tensors in a fixed order
public record Slots(SequencedMap<String, Tensor> tensors) {
    private static final Slots NONE = new Slots(new LinkedHashMap<>());

    public Slots {
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /// Nothing remembered.
    public static Slots none() {
        return NONE;
    }

    /// One thing.
    public static Slots of(String name, Tensor tensor) {
        return NONE.with(name, tensor);
    }

    /// Two things.
    public static Slots of(String firstName, Tensor first, String secondName, Tensor second) {
        return of(firstName, first).with(secondName, second);
    }

    /// These and another one.
    public Slots with(String name, Tensor tensor) {
        var more = new LinkedHashMap<>(tensors);
        more.put(name, tensor);
        return new Slots(more);
    }

    /// The tensor of a name.
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CajalException("optimizer.no-slot", "There is no slot '%s', only %s.", name, tensors.keySet());
        }
        return tensor;
    }
}
