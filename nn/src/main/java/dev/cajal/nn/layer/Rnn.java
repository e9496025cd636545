package dev.cajal.nn.layer;

/// [Recurrent] layers of [simple units][RecurrentCell.Simple].
public final class Rnn {
    private Rnn() {}

    /// With the hyperbolic tangent; the output of the last position.
    public static Recurrent of(int units) {
        return of(units, RecurrentCell.Simple.Function.TANH);
    }

    /// With another function.
    public static Recurrent of(int units, RecurrentCell.Simple.Function function) {
        return Recurrent.of(new RecurrentCell.Simple(units, function));
    }
}
