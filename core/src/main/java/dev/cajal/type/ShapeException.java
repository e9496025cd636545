package dev.cajal.type;

/// Shapes or element types that do not fit an operation. Thrown while the graph is built, never from inside a kernel.
public class ShapeException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public ShapeException(String code, String template, Object... arguments) {
        super(code, template, arguments);
    }

    private ShapeException(ShapeException cause, String message) {
        super(cause, message);
    }

    /// The same error with more lines below its message, such as how the shapes came about.
    public ShapeException withDetails(String lines) {
        return new ShapeException(this, getMessage() + "\n" + lines);
    }
}
