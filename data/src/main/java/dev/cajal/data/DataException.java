package dev.cajal.data;

import dev.cajal.type.CajalException;
import org.jspecify.annotations.Nullable;

/// Data that cannot be read or used: names the file, and the line or record.
public class DataException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public DataException(String code, @Nullable Throwable cause, String template, Object... arguments) {
        super(code, cause, template, arguments);
    }
}
