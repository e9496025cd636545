package dev.cajal.nn.loss;

import dev.cajal.tensor.Tensor;

/// The negative log-likelihood of counts under a Poisson distribution, without the constant `log(y!)`:
///
/// - from logarithms of rates: `mean(e^z - y * z)`,
/// - from rates: `mean(r - y * log(r + epsilon))`, for a network that ends in something positive.
///
/// The target, counts, has the prediction's shape. From logarithms the loss overflows where `e^z` does, above 88 in f32.
///
/// @param fromLogRates whether the network predicts logarithms of rates
/// @param epsilon keeps the logarithm of a rate of zero finite
public record Poisson(boolean fromLogRates, double epsilon) implements Loss {
    public Poisson {
        Operands.require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", epsilon, "above 0");
    }

    /// From logarithms of rates.
    public static Poisson of() {
        return new Poisson(true, 1e-8);
    }

    /// From rates.
    public static Poisson ofRates() {
        return new Poisson(false, 1e-8);
    }

    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Operands operands = Operands.of(this, prediction, target);
        Tensor z = operands.prediction();
        Tensor y = operands.target();
        Tensor loss = fromLogRates
                ? z.exp().minus(y.times(z))
                : z.minus(y.times(z.plus(epsilon).log()));
        return Operands.meanOfEach(loss);
    }

    @Override
    public OutputKind output() {
        return fromLogRates ? OutputKind.LOG_RATES : OutputKind.VALUES;
    }
}
