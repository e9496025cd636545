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

    /// An error at a place: `iris.csv, line 7, column "petal width": ...`.
    public DataException(String code, Place place, @Nullable Throwable cause, String template, Object... arguments) {
        super(place.phrase(), code, cause, template, arguments);
        this.place = place;
    }

    private DataException(CajalException error, Place place) {
        super(error, error.phrase().at(place.phrase()));
        this.place = place;
    }

    /// This error, of which the place has become known.
    public DataException at(Place place) {
        return new DataException(this, place);
    }

    /// An error of which the place has become known.
    public static DataException at(Place place, CajalException error) {
        return new DataException(error, place);
    }

    /// Where the fault is.
    public Optional<Place> place() {
        return Optional.ofNullable(place);
    }
}
