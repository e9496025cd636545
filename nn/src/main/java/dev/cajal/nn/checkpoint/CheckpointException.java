package dev.cajal.nn.checkpoint;

import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import org.jspecify.annotations.Nullable;

/// A file of a model that cannot be read or written, or does not hold what it should.
public class CheckpointException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public CheckpointException(String code, @Nullable Throwable cause, String template, Object... arguments) {
        super(code, cause, template, arguments);
    }

    private CheckpointException(CajalException cause, Phrase message) {
        super(cause, message);
    }

    /// An error with the place that it is about, such as a file and a part of it.
    public static CheckpointException in(String place, CajalException error) {
        return in(Phrase.verbatim(place), error);
    }

    /// An error with the place that it is about, in words.
    public static CheckpointException in(Phrase place, CajalException error) {
        return new CheckpointException(error, error.phrase().at(place));
    }
}
