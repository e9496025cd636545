package dev.cajal.type;

import java.util.List;

/// Shapes or element types that do not fit an operation. Thrown while the graph is built, never from inside a kernel.
public class ShapeException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public ShapeException(String code, String template, Object... arguments) {
        super(code, template, arguments);
    }

    private ShapeException(ShapeException cause, Phrase message) {
        super(cause, message);
    }

    /// The same error with more lines below its message, such as how the shapes came about.
    public ShapeException withDetails(Phrase lines) {
        return new ShapeException(this, Phrase.joined("\n", List.of(phrase(), lines)));
    }
}
