package dev.cajal.nn.train;

import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.function.UnaryOperator;

/// Training on mixtures: each input of a batch becomes `share * x + (1 - share) * x'`, where `x'` is another input of the batch, and its loss becomes the mixture of the losses by both
/// labels. So a network learns to go evenly from one class to the other. H. Zhang, M. Cissé, Y. N. Dauphin, D. Lopez-Paz, *mixup: Beyond Empirical Risk Minimization*, 2017.
///
/// The share is drawn for each step, from the distribution Beta(alpha, alpha).
///
/// @param alpha above 0 for hardly any mixing, at most 1 for all shares alike; 0.2 is usual
public record MixUp(double alpha) {
    /// Trials of which the first good one counts; at alpha 1, where half of them are good, one step in 2^32 has none.
    private static final int TRIALS = 32;
    private static final double TINY = 1e-30;

    public MixUp {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new CajalException("fit.mix-up",
                    "The alpha of mix-up has to be above 0 and at most 1, but is %s. 0.2 is usual.", alpha);
        }
    }

    /// The mixture of one step.
    ///
    /// @param batch the number of examples
    public Mixture draw(RandomKey key, int batch) {
        return new Mixture(beta(key), key.foldIn("partners").permutation(batch));
    }

    /// One share, by the method of M. D. Jöhnk, 1964: of uniform `u` and `v`, `x = u^(1/alpha)` and `y = v^(1/alpha)` give `x / (x + y)`, if `x + y` is at most 1.
    private Tensor beta(RandomKey key) {
        Tensor x = key.foldIn("first").uniform(Shape.of(TRIALS)).pow(1 / alpha).maximum(TINY);
        Tensor y = key.foldIn("second").uniform(Shape.of(TRIALS)).pow(1 / alpha).maximum(TINY);
        Tensor sum = x.plus(y);
        Tensor first = sum.le(1).argMax(0);
        return x.div(sum).take(first.reshape(1)).squeeze(0);
    }

    /// What is mixed with what, and how much.
    ///
    /// @param share of an example itself, a scalar
    /// @param partners for each example the position of its partner in the batch
    public record Mixture(Tensor share, Tensor partners) {
        /// Inputs, mixed.
        public Tensor inputs(Tensor x) {
            return mixed(x, x.take(partners));
        }

        /// The loss by both labels, mixed.
        ///
        /// @param targets the labels
        /// @param loss by given labels
        public Tensor loss(Tensor targets, UnaryOperator<Tensor> loss) {
            return mixed(loss.apply(targets), loss.apply(targets.take(partners)));
        }

        /// The labels that most of each mixture is of.
        public Tensor dominant(Tensor targets) {
            return share.ge(0.5).choose(targets, targets.take(partners));
        }

        private Tensor mixed(Tensor own, Tensor other) {
            return other.plus(own.minus(other).times(share));
        }
    }
}
