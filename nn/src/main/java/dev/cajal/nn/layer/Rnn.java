package dev.cajal.nn.layer;

/// [Recurrent] layers of [simple units][RecurrentCell.Simple].
public final class Rnn {
    private Rnn() {}

    /// With the hyperbolic tangent; the output of the last position.
    public static Recurrent of(int units) {
        return of(units, RecurrentCell.Simple.Nonlinearity.TANH);
    }

    /// With another nonlinearity.
    public static Recurrent of(int units, RecurrentCell.Simple.Nonlinearity nonlinearity) {
        return Recurrent.of(new RecurrentCell.Simple(units, nonlinearity));
    }
}
