package dev.cajal.nn.layer;

/// [Recurrent] layers of [gated units][RecurrentCell.Gated].
public final class Gru {
    private Gru() {}

    /// The output of the last position.
    public static Recurrent of(int units) {
        return Recurrent.of(new RecurrentCell.Gated(units));
    }
}
