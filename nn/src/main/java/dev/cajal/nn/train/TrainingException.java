package dev.cajal.nn.train;

import dev.cajal.type.CajalException;
import org.jspecify.annotations.Nullable;

/// Training that could not go on.
public class TrainingException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public TrainingException(String code, @Nullable Throwable cause, String template, Object... arguments) {
        super(code, cause, template, arguments);
    }
}
