package dev.cajal.nn.layer;

import java.util.Optional;

/// [Recurrent] layers of [long short-term memory][RecurrentCell.LongShortTerm].
///
/// ```java
/// Network.sequential(Embedding.of(65, 32), Lstm.of(128).withSequences(), Lstm.of(128).withSequences(), Dense.of(65))
/// ```
public final class Lstm {
    private Lstm() {}

    /// The output of the last position.
    public static Recurrent of(int units) {
        return Recurrent.of(new RecurrentCell.LongShortTerm(units, Optional.empty()));
    }

    /// With fewer numbers that go out and round than units.
    public static Recurrent of(int units, int projection) {
        return Recurrent.of(new RecurrentCell.LongShortTerm(units, Optional.of(projection)));
    }
}
