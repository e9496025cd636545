package dev.cajal.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The root of everything that Cajal throws on purpose.
///
/// An error has a stable [code][#code] (`shape.mismatch`), the English message that says what was found, what was
/// needed and the way out, and the [arguments][#arguments] of that message, so that an application can say it in
/// another language.
public class CajalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Object> arguments;

    /// An error whose message is `template.formatted(arguments)`.
    public CajalException(String code, String template, Object... arguments) {
        this(code, null, template, arguments);
    }

    /// An error with the exception that caused it.
    public CajalException(String code, @Nullable Throwable cause, String template, Object... arguments) {
        super(arguments.length == 0 ? template : template.formatted(arguments), cause);
        this.code = code;
        this.arguments = List.of(arguments);
    }

    /// Another error's code and arguments, with a message that says more.
    protected CajalException(CajalException cause, String message) {
        super(message, cause);
        this.code = cause.code;
        this.arguments = cause.arguments();
    }

    /// The stable name of this kind of error: lower case words, dots between them.
    public String code() {
        return code;
    }

    /// What the message's place holders were filled with, in their order.
    public List<Object> arguments() {
        return arguments == null ? List.of() : arguments;
    }
}
