package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.Optional;

/// `(x - mean) / sqrt(variance + epsilon) * scale + bias`, with mean and variance of each feature (the last dimension)
/// over the batch and all positions.
///
/// - input, output: `[batch, ..., features]`
/// - parameters: `scale` `[features]`, `bias` `[features]`
/// - statistics: `mean` `[features]`, `variance` `[features]`
///
/// In training, mean and variance are those of the batch, the variance divided by the number `n` of elements (biased),
/// and gradients flow through both. The statistics follow:
/// `statistic = momentum * statistic + (1 - momentum) * batch's`, for which the variance is divided by `n - 1`
/// (unbiased), as in the paper and in PyTorch; Keras keeps the biased one. In prediction, the statistics are used, so
/// that an output does not depend on what else is in the batch. They begin with 0 and 1.
///
/// Rows that only fill up a batch ([Scope#weights]), and padding inside of [Padded], have no share in mean and variance.
///
/// Note that PyTorch calls `1 - momentum` momentum. A batch of one example without positions has variance 0: the output
/// is the bias alone. S. Ioffe, C. Szegedy, *Batch Normalization*, 2015.
///
/// @param momentum how much of the statistics stays at a step, from 0 to 1
/// @param epsilon added to the variance
/// @param scale the scale's first elements, if there is to be one
/// @param bias the bias' first elements, if there is to be one
public record BatchNorm(double momentum, double epsilon, Optional<Initializer> scale, Optional<Initializer> bias)
        implements Layer {
    public BatchNorm {
        Inputs.requireSetting(momentum >= 0 && momentum <= 1, "The momentum of BatchNorm", momentum, "from 0 to 1");
        Inputs.requireSetting(epsilon > 0, "The epsilon of BatchNorm", epsilon, "above 0");
    }

    /// With momentum 0.9, epsilon 1e-5, and scale and bias that begin with ones and zeros.
    public static BatchNorm of() {
        return new BatchNorm(0.9, 1e-5, Optional.of(Initializers.ones()), Optional.of(Initializers.zeros()));
    }

    /// The same with another momentum.
    public BatchNorm withMomentum(double other) {
        return new BatchNorm(other, epsilon, scale, bias);
    }

    /// The same with another epsilon.
    public BatchNorm withEpsilon(double other) {
        return new BatchNorm(momentum, other, scale, bias);
    }

    /// The same with other first elements of the scale; zeros let a residual branch begin as nothing.
    public BatchNorm withScale(Initializer initializer) {
        return new BatchNorm(momentum, epsilon, Optional.of(initializer), bias);
    }

    /// The same without scale.
    public BatchNorm withoutScale() {
        return new BatchNorm(momentum, epsilon, Optional.empty(), bias);
    }

    /// The same without bias.
    public BatchNorm withoutBias() {
        return new BatchNorm(momentum, epsilon, scale, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., features]");
        Tensor wide = Inputs.wide(x);
        Shape features = Inputs.features(x);
        Tensor mean = scope.statistic("mean", features, Initializers.zeros());
        Tensor variance = scope.statistic("variance", features, Initializers.ones());
        if (scope.isTraining()) {
            BatchMoments moments = BatchMoments.of(wide, scope.weights(), Inputs.present(x, scope));
            scope.update("mean", moments.isEmpty().choose(mean, follow(mean, moments.mean())));
            scope.update("variance", moments.isEmpty().choose(variance, follow(variance, moments.unbiasedVariance())));
            mean = moments.mean();
            variance = moments.variance();
        }
        Tensor normal = wide.minus(mean).times(variance.plus(epsilon).rsqrt());
        return Inputs.narrow(Affine.apply(normal, scale, bias, scope), x);
    }

    private Tensor follow(Tensor statistic, Tensor batch) {
        return statistic.times(momentum).plus(batch.times(1 - momentum));
    }
}
