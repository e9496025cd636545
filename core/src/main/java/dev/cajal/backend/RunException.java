package dev.cajal.backend;

import dev.cajal.ir.Origin;
import dev.cajal.type.CajalException;

/// A run of a graph that could not be finished, because of the elements that it was given.
public class RunException extends CajalException {
    private static final long serialVersionUID = 1L;

    /// See [CajalException].
    public RunException(String code, String template, Object... arguments) {
        super(code, template, arguments);
    }

    /// An index that is outside of what it points into.
    public static RunException index(Origin origin, String op, long index, int dimension, long limit) {
        return new RunException(
                "run.index",
                "%s%s got the index %s for dimension %s, where 0 to %s are possible. "
                        + "Check that labels and tokens are smaller than the number of classes or the vocabulary.",
                origin.prefix(),
                op,
                index,
                dimension,
                limit - 1);
    }

    /// A result that is NaN or infinite.
    public static RunException notFinite(Origin origin, String op, double value) {
        return new RunException(
                "run.not-finite",
                "%s%s is the first operation to give %s. Usual causes: a learning rate that is too large, the logarithm or division of "
                        + "zero, or such a value in the data.",
                origin.prefix(),
                op,
                value);
    }
}
