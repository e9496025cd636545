package dev.cajal.nn;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import java.util.Optional;

/// What a network tells all networks inside of it, however deep, besides the input that it hands on; see [Scope#with].
///
/// @param present which positions of the sequences hold something, `[batch, positions]`, true or false; the others only fill up. Empty if all do
/// @param source the sequences that those at hand are made from, such as the sentences to be translated; empty if there are none
public record Surroundings(Optional<Tensor> present, Optional<Source> source) {
    /// Nothing is told: all positions hold something.
    public static final Surroundings NONE = new Surroundings(Optional.empty(), Optional.empty());

    /// Sequences that others are made from, as an encoder has read them.
    ///
    /// @param encoded `[batch, positions, width]`
    /// @param present which positions hold something, `[batch, positions]`; empty if all do
    public record Source(Tensor encoded, Optional<Tensor> present) {}

    /// The same with positions that hold something, `[batch, positions]`.
    public Surroundings withPresent(Tensor positions) {
        return new Surroundings(Optional.of(positions), source);
    }

    /// The same with a source.
    public Surroundings withSource(Source other) {
        return new Surroundings(present, Optional.of(other));
    }

    /// Which positions of sequences hold something; empty if all do.
    ///
    /// @param x `[batch, positions, ...]`
    /// @throws ShapeException if what was told is about sequences of another length
    public Optional<Tensor> present(Tensor x) {
        present.ifPresent(told -> {
            List<Integer> given = List.of(x.dim(0), x.dim(1));
            if (!told.shape().equals(Shape.of(given))) {
                throw new ShapeException("shape.present",
                        "%sWhich positions are padding is known of sequences of shape %s, but here they have shape %s. A layer that changes the number of positions cannot stand inside of Padded, before one that looks at several positions.",
                        Origin.current().prefix(), told.shape(), given);
            }
        });
        return present;
    }

    /// Sequences with zeros where nothing is present.
    ///
    /// @param x `[batch, positions, features]`
    public Tensor withoutPadding(Tensor x) {
        return present(x).map(positions -> positions.expandDims(-1).choose(x, 0)).orElse(x);
    }
}
