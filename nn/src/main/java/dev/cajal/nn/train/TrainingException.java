package dev.cajal.nn.train;

import dev.cajal.type.CajalException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Training that could not go on.
public class TrainingException extends CajalException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Trainer.Snapshot> snapshot;

    /// See [CajalException].
    ///
    /// @param snapshot the last good state
    public TrainingException(
            Optional<Trainer.Snapshot> snapshot,
            String code,
            @Nullable Throwable cause,
            String template,
            Object... arguments) {
        super(code, cause, template, arguments);
        this.snapshot = snapshot;
    }

    /// The last good state, which [dev.cajal.nn.Training#model] makes a model of, and training can go on from with other settings; empty if there is
    /// none.
    public Optional<Trainer.Snapshot> snapshot() {
        return snapshot;
    }
}
