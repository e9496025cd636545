package dev.cajal.ir;

import dev.cajal.type.Phrase;
import java.util.function.Supplier;

/// Where in a model a node was made: the path of the layer, such as `encoder/0/attention`; empty outside of layers.
///
/// Errors use it to say where they happened; no rewrite looks at it.
public record Origin(String path) {
    /// Outside of all layers.
    public static final Origin NONE = new Origin("");

    private static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

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
        return new Origin(path.isEmpty() ? name : path + "/" + name);
    }

    /// `In layer encoder/0: `, to begin a message with; empty outside of layers.
    public Phrase prefix() {
        return path.isEmpty() ? Phrase.NOTHING : Phrase.of("origin.layer", "In layer %s: ", path);
    }
}
