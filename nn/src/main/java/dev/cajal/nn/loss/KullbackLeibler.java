package dev.cajal.nn.loss;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.ShapeException;

/// The Kullback-Leibler divergence of the predicted distribution from the target's, from logits:
///
/// `sum over k of p[k] * (log(p[k]) - log(softmax(z)[k]))`, where `0 * log(0)` is 0.
///
/// It differs from [CategoricalCrossEntropy] by the target's entropy only, so the gradients are equal, but it is zero for a perfect
/// prediction. Logarithms of probabilities may be given instead of logits: they are their own log-softmax. S. Kullback, R. A. Leibler, *On
/// Information and Sufficiency*, Annals of Mathematical Statistics 22 (1951).
///
/// - prediction: `[batch, classes]`, or `[batch, positions..., classes]`, whose positions are averaged
/// - target: probabilities, of the prediction's shape
public record KullbackLeibler() implements Loss {
    @Override
    public Tensor perExample(Tensor prediction, Tensor target) {
        Tensor logits = Operands.floating(this, prediction);
        if (!(ClassTarget.of(this, logits, target) instanceof ClassTarget.Dense(Tensor p))) {
            throw new ShapeException(
                    "loss.distributions",
                    "%sThe divergence compares distributions, but the target %s holds class numbers. Use CategoricalCrossEntropy, or one-hot rows.",
                    Origin.current().prefix(),
                    target.type());
        }
        Tensor none = p.eq(0);
        Tensor logRatio = none.choose(1, p).log().minus(logits.logSoftmax(-1));
        return Operands.meanOfEach(none.choose(0, p.times(logRatio)).sum(-1));
    }

    @Override
    public OutputKind output() {
        return OutputKind.CLASS_LOGITS;
    }
}
