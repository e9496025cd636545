package dev.cajal.cli;

import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import java.util.Collection;
import java.util.Optional;

/// A command line that makes no sense. Where a name is not known, the nearest one that is can be offered.
final class CommandException extends CajalException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> nearest;

    /// See [CajalException].
    CommandException(String code, String template, Object... arguments) {
        super(code, template, arguments);
        this.nearest = Optional.empty();
    }

    private CommandException(CommandException like, Optional<String> nearest) {
        super(like, like.phrase());
        this.nearest = nearest;
    }

    /// The same, offering the name that was probably meant.
    CommandException near(String wrong, Collection<String> known) {
        return new CommandException(this, Names.nearest(wrong, known));
    }

    /// The name that was probably meant.
    Optional<String> nearest() {
        return nearest;
    }
}
