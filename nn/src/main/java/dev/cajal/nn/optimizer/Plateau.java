package dev.cajal.nn.optimizer;

/// Lowers the learning rate when the loss on validation data no longer falls.
///
/// The decision needs a number that is known between epochs only, so it is made outside of the graph, and enters it as a tensor of the state,
/// [OptimizerState#learningRateScale]: no new compilation, and a checkpoint contains it. Whoever trains drives it:
///
/// ```java
/// var plateau = Plateau.of();
/// var patience = plateau.start();
/// for (int epoch = 0; epoch < epochs; epoch++) {
///     state = trainOneEpoch(state);
///     patience = plateau.next(patience, validationLoss(state));
///     state = state.withLearningRateScale(patience.scale());
/// }
/// ```
///
/// The rules are those of PyTorch's `ReduceLROnPlateau` with a relative threshold, but that a loss below zero can improve as well.
///
/// @param factor what the rate is multiplied by, above 0 and below 1
/// @param patience how many epochs without an improvement are borne
/// @param threshold how much an improvement has to be, as a share of the best loss
/// @param cooldown how many epochs after a cut do not count
/// @param minimumScale the scale is never lowered below this
public record Plateau(double factor, int patience, double threshold, int cooldown, double minimumScale) {
    public Plateau {
        Scalars.require(factor > 0 && factor < 1, "The factor of the plateau", factor, "above 0 and below 1");
        Scalars.require(patience >= 0, "The patience of the plateau", patience, "at least 0");
        Scalars.requireDecay("The threshold of the plateau", threshold);
        Scalars.require(cooldown >= 0, "The cooldown of the plateau", cooldown, "at least 0");
        Scalars.requireStrength("The least scale of the plateau", minimumScale);
    }

    /// A tenth of the rate after more than ten epochs without an improvement of at least 0.01 %.
    public static Plateau of() {
        return new Plateau(0.1, 10, 1e-4, 0, 0);
    }

    /// The same with another factor.
    public Plateau withFactor(double newFactor) {
        return new Plateau(newFactor, patience, threshold, cooldown, minimumScale);
    }

    /// The same with another patience.
    public Plateau withPatience(int epochs) {
        return new Plateau(factor, epochs, threshold, cooldown, minimumScale);
    }

    /// The same with another least scale.
    public Plateau withMinimumScale(double scale) {
        return new Plateau(factor, patience, threshold, cooldown, scale);
    }

    /// What has been seen so far; belongs into a checkpoint.
    ///
    /// @param scale what the learning rate is to be multiplied by
    /// @param best the lowest loss so far
    /// @param waited epochs without an improvement that count
    /// @param cooling epochs that will not count
    public record PlateauState(double scale, double best, int waited, int cooling) {}

    /// Before the first epoch.
    public PlateauState start() {
        return new PlateauState(1, Double.POSITIVE_INFINITY, 0, 0);
    }

    /// After one more epoch. A loss that is NaN is no improvement.
    public PlateauState next(PlateauState state, double loss) {
        double wanted = state.best() - threshold * Math.abs(state.best());
        boolean better = Double.isInfinite(state.best()) ? loss < state.best() : loss < wanted;
        double best = better ? loss : state.best();
        int waited = better ? 0 : state.waited() + 1;
        int cooling = state.cooling();
        if (cooling > 0) {
            cooling--;
            waited = 0;
        }
        if (waited <= patience) {
            return new PlateauState(state.scale(), best, waited, cooling);
        }
        double scale = Math.min(state.scale(), Math.max(state.scale() * factor, minimumScale));
        return new PlateauState(scale, best, 0, cooldown);
    }
}
