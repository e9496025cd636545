package dev.cajal.ir;

import dev.cajal.type.Phrase;
import java.util.function.Supplier;

/// Where a node was made: in which layer, and in which part of a step.
///
/// Errors use it to say where they happened, and plans to say what they are made of; no rewrite looks at it.
///
/// @param path of the layer, such as `encoder/0/attention`; empty outside of layers
/// @param phase the part of a step
public record Origin(String path, Phase phase) {
    /// The parts of a step of training.
    public enum Phase {
        /// What is computed because somebody wrote it; all of a graph without gradients.
        FORWARD,
        /// What automatic differentiation added.
        BACKWARD,
        /// What an optimizer makes of the gradient.
        UPDATE
    }

    /// Outside of all layers.
    public static final Origin NONE = new Origin("");

    private static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

    /// In the forward part.
    public Origin(String path) {
        this(path, Phase.FORWARD);
    }

    /// The origin that nodes made now on this thread get.
    public static Origin current() {
        return CURRENT.orElse(NONE);
    }

    /// Runs a body whose nodes have this origin.
    public <R> R in(Supplier<R> body) {
        return ScopedValue.where(CURRENT, this).call(body::get);
    }

    /// The origin of a child: `path/name`.
    public Origin child(String name) {
        return new Origin(path.isEmpty() ? name : path + "/" + name, phase);
    }

    /// The same place in another part of a step.
    public Origin during(Phase other) {
        return phase == other ? this : new Origin(path, other);
    }

    /// `In layer encoder/0: `, to begin a message with; empty outside of layers.
    public Phrase prefix() {
        return path.isEmpty() ? Phrase.NOTHING : Phrase.of("origin.layer", "In layer %s: ", path);
    }
}
