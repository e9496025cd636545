package dev.cajal.nn.metric;

/// The mean negative logarithm of the probability that was given to what turned out to be true, the cross-entropy:
/// `-sum over k of t[k] * log(p[k])`, where `t` is 1 for the right class and 0 for others, or a distribution.
///
/// A single column is the probability of class 1, beside a target from 0 to 1. Probabilities are clipped to `[e, 1 - e]` with `e = 2^-23`, as
/// scikit-learn does for f32, so that one wrong certainty is not infinitely bad.
///
/// I. J. Good, *Rational Decisions*, 1952.
public record LogLoss() implements Metric {
    private static final double EPSILON = 0x1p-23;

    /// From probabilities.
    public static LogLoss of() {
        return new LogLoss();
    }

    @Override
    public String name() {
        return "log_loss";
    }

    @Override
    public boolean largerIsBetter() {
        return false;
    }

    @Override
    public Accumulator start() {
        return new MeanAccumulator(name(), LogLoss::surprise);
    }

    private static double surprise(Outcomes outcomes, int row) {
        if (outcomes.columns() == 1) {
            double target = probability(outcomes.target(row, 0), row);
            double prediction = clipped(outcomes, row, 0);
            return -(target * Math.log(prediction) + (1 - target) * Math.log1p(-prediction));
        }
        if (outcomes.targetColumns() == 1) {
            return -Math.log(clipped(outcomes, row, outcomes.label(row)));
        }
        double sum = 0;
        for (int column = 0; column < outcomes.columns(); column++) {
            sum -= probability(outcomes.target(row, column), row) * Math.log(clipped(outcomes, row, column));
        }
        return sum;
    }

    private static double clipped(Outcomes outcomes, int row, int column) {
        double p = probability(outcomes.prediction(row, column), row);
        return Math.clamp(p, EPSILON, 1 - EPSILON);
    }

    private static double probability(double p, int row) {
        // A softmax in f32 may exceed 1 by a rounding error.
        if (p < 0 || p > 1 + EPSILON) {
            throw new MetricException(
                    "metric.probability",
                    "The log loss needs probabilities, but row %s has %s. If these are logits, apply the sigmoid or softmax first.",
                    row,
                    p);
        }
        return p;
    }
}
