package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.loss.Loss;
import dev.cajal.tensor.Tensor;

/// The code of a variational autoencoder: normal random numbers whose means `m` and log variances `v` are weighted sums of the input. Where a loss is made a code is drawn,
/// `m + e^(v/2) * noise`, so that gradients reach both; in prediction it is `m`. Codes that are far from the standard normal distribution are
/// [penalised][Scope#penalize] by their divergence from it, so that numbers drawn from that one are codes too:
///
/// `weight * 1/2 * sum(m^2 + e^v - v - 1)`, the mean over the batch
///
/// With a weight of 1, the loss and this penalty are in the mean over codes the negative evidence lower bound: no less than the negative log probability of the input, if the loss is that of the input
/// given its code (as binary cross-entropy, or half the squared error; each but for a constant). That holds for drawn codes alone, so a model is [measured][dev.cajal.nn.Mode.Measurement]
/// with them too, by random numbers that are always the same.
///
/// - input: `[batch, features]`
/// - output: `[batch, units]`
/// - parameters: `mean/kernel`, `mean/bias`, `variance/kernel`, `variance/bias`
///
/// D. P. Kingma, M. Welling, *Auto-Encoding Variational Bayes*, 2014. A weight above that of the paper makes units independent: I. Higgins et al., *beta-VAE*, 2017.
///
/// @param units numbers of a code
/// @param weight of the penalty. The paper's loss is a sum over an input's numbers; where it is their mean, the weight has to be divided by their number
public record GaussianLatent(int units, double weight) implements Layer {
    public GaussianLatent {
        Inputs.requirePositive("The number of units of GaussianLatent", units);
        Inputs.requireSetting(weight >= 0 && Double.isFinite(weight), "The weight of GaussianLatent", weight,
                "at least 0");
    }

    /// For a loss that is a sum over an input's numbers.
    public static GaussianLatent of(int units) {
        return new GaussianLatent(units, 1);
    }

    /// The same with another weight of the penalty.
    public GaussianLatent withWeight(double other) {
        return new GaussianLatent(units, other);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor mean = scope.call("mean", Dense.of(units), x);
        Tensor variance = scope.call("variance", Dense.of(units), x);
        Tensor wideMean = Inputs.wide(mean);
        Tensor wideVariance = Inputs.wide(variance);
        Tensor divergence = wideMean.square().plus(wideVariance.exp()).minus(wideVariance).minus(1).times(0.5)
                .sum(-1);
        Tensor penalty = scope.weights().map(weights -> Loss.weightedMean(divergence, weights))
                .orElseGet(divergence::mean);
        scope.penalize(penalty.times(weight));
        if (!scope.hasLoss()) {
            return mean;
        }
        Tensor noise = scope.key().normal(mean.shape()).asType(mean.dtype());
        return mean.plus(variance.times(0.5).exp().times(noise));
    }
}
