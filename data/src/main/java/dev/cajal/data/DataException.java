package dev.cajal.data;

import dev.cajal.type.CajalException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Data that cannot be read or used. Where the fault has a [place][#place], the message begins with it.
public class DataException extends CajalException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Place place;

    /// See [CajalException].
    public DataException(String code, @Nullable Throwable cause, String template, Object... arguments) {
        super(code, cause, template, arguments);
        this.place = null;
    }

    /// An error at a place: `iris.csv, line 7, column "petal width": ...`. The place is the first of the arguments.
    public DataException(String code, Place place, @Nullable Throwable cause, String template, Object... arguments) {
        super(code, cause, "%s: " + template, prepend(place, arguments));
        this.place = place;
    }

    private static Object[] prepend(Place place, Object[] arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = place;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    /// Where the fault is.
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }
}
