package dev.cajal.nn;

import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Optimizers;
import dev.cajal.nn.optimizer.Plateau;
import dev.cajal.nn.train.KeepBest;
import dev.cajal.nn.train.MixUp;
import dev.cajal.nn.train.StopRule;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How to train: `Fit.of().withEpochs(20).withGoal("accuracy", 0.98)`.
///
/// @param epochs how often each example is seen, at most
/// @param batch examples of one step
/// @param accumulate parts that a batch is computed in, one after the other, when it does not fit into memory
/// @param optimizer what turns a gradient into an update
/// @param loss what is minimised; by default cross-entropy for classes, mean squared error for quantities
/// @param validation share of the examples that is kept for measuring, not trained on; 0 for none
/// @param shuffle whether the order of examples is drawn anew for each epoch
/// @param seed of initial parameters, order, dropout and validation split
/// @param rules when to stop earlier
/// @param plateau when to lower the learning rate
/// @param best which epoch's parameters the model gets; empty for the last one's
/// @param snapshotSeconds how often a snapshot is given to whoever saves them, inside of an epoch
/// @param precision of the operands of matrix products
/// @param mixUp whether and how examples are mixed
public record Fit(
        int epochs,
        int batch,
        int accumulate,
        Optimizer optimizer,
        Optional<Loss> loss,
        double validation,
        boolean shuffle,
        long seed,
        List<StopRule> rules,
        Optional<Plateau> plateau,
        Optional<KeepBest> best,
        double snapshotSeconds,
        DType precision,
        Optional<MixUp> mixUp) {
    public Fit {
        rules = List.copyOf(rules);
        if (precision != DType.F32 && precision != DType.BF16) {
            throw new CajalException("fit.precision",
                    "The precision of products can be f32 or bf16, but not %s. Weights are kept in f32 either way.",
                    precision);
        }
    }

    /// Ten epochs of Adam with batches of 128.
    public static Fit of() {
        return new Fit(
                10, 128, 1, Optimizers.adam(1e-3), Optional.empty(), 0, true, 42, List.of(), Optional.empty(),
                Optional.empty(), 30, DType.F32, Optional.empty());
    }

    /// The number of steps that these settings make of so many examples, which schedules of the learning rate want to know. (A validation share
    /// is not among the examples.)
    public int steps(int examples) {
        return Math.multiplyExact(epochs, Math.ceilDiv(examples, batch));
    }

    /// These settings with another number of epochs.
    public Fit withEpochs(int count) {
        return new Fit(count, batch, accumulate, optimizer, loss, validation, shuffle, seed, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings with another batch size.
    public Fit withBatch(int size) {
        return new Fit(epochs, size, accumulate, optimizer, loss, validation, shuffle, seed, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings with each batch computed in parts, one after the other, to save memory.
    public Fit withAccumulation(int parts) {
        return new Fit(epochs, batch, parts, optimizer, loss, validation, shuffle, seed, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings with another optimizer.
    public Fit withOptimizer(Optimizer other) {
        return new Fit(epochs, batch, accumulate, other, loss, validation, shuffle, seed, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings with a loss of one's own choice.
    public Fit withLoss(Loss other) {
        return new Fit(epochs, batch, accumulate, optimizer, Optional.of(other), validation, shuffle, seed, rules,
                plateau, best, snapshotSeconds, precision, mixUp);
    }

    /// These settings with a share of the examples kept for validation.
    public Fit withValidation(double share) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, share, shuffle, seed, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings with or without shuffling.
    public Fit withShuffle(boolean anew) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, anew, seed, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings with another seed.
    public Fit withSeed(long other) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, other, rules, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings and one more rule for stopping.
    public Fit withRule(StopRule rule) {
        List<StopRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, seed, more, plateau, best,
                snapshotSeconds, precision, mixUp);
    }

    /// These settings, stopping once a metric is as good as the given value: an `accuracy` at least so large, a `loss` or error at most.
    public Fit withGoal(String metric, double value) {
        return withRule(new StopRule.Goal(metric, value, StopRule.Goal.Direction.of(metric)));
    }

    /// These settings, lowering the learning rate on a plateau.
    public Fit withPlateau(Plateau other) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, seed, rules,
                Optional.of(other), best, snapshotSeconds, precision, mixUp);
    }

    /// These settings, giving the parameters of the epoch with the best value of a metric such as `accuracy` or `loss`: of the validation where there
    /// is one.
    public Fit withBest(String metric) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, seed, rules, plateau,
                Optional.of(KeepBest.of(metric)), snapshotSeconds, precision, mixUp);
    }

    /// These settings with snapshots more or less often.
    public Fit withSnapshotSeconds(double seconds) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, seed, rules, plateau, best,
                seconds, precision, mixUp);
    }

    /// These settings with products in another precision: [DType#F32], or [DType#BF16] for mixed precision. There the operands of each matrix
    /// product, forward and backward, are rounded to bf16, which the processor multiplies about twice as fast; sums, weights, the
    /// optimizer's state, [attention][dev.cajal.tensor.Tensor#attend] and all else stay in f32, so that a model is the same kind of model afterwards, and predicts in f32.
    ///
    /// It needs a backend whose processor has instructions for it; the CPU backend also needs the module `dev.cajal.onednn`. Where one is
    /// missing, training says so before its first step.
    ///
    /// @throws CajalException if it is another type
    /// @see dev.cajal.transform.Transform#mixedPrecision
    public Fit withPrecision(DType products) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, seed, rules, plateau, best,
                snapshotSeconds, products, mixUp);
    }

    /// These settings, training on [mixtures][MixUp] of two examples each. The accuracy of the training is that by the label that most of a mixture is of.
    ///
    /// @param alpha above 0 and at most 1; 0.2 is usual
    /// @throws CajalException if it is another number
    public Fit withMixUp(double alpha) {
        return new Fit(epochs, batch, accumulate, optimizer, loss, validation, shuffle, seed, rules, plateau, best,
                snapshotSeconds, precision, Optional.of(new MixUp(alpha)));
    }
}
