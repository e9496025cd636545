package dev.cajal.nn.metric;

/// The area under the curve of precision over recall, as the average precision: `sum over n of (R[n] - R[n - 1]) * P[n]`, with precision and recall at each
/// distinct score taken as threshold, from the highest down.
///
/// Better than [RocAuc] where positives are rare; chance is the share of positives. This is scikit-learn's `average_precision_score`: no
/// interpolation, which would be too optimistic (J. Davis, M. Goadrich, *The Relationship Between Precision-Recall and ROC Curves*, 2006).
/// Columns are treated as in [RocAuc]. Positives are needed.
public record PrecisionRecallAuc() implements Metric {
    /// The area.
    public static PrecisionRecallAuc of() {
        return new PrecisionRecallAuc();
    }

    @Override
    public String name() {
        return "pr_auc";
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new CurveAccumulator(name(), false, PrecisionRecallAuc::area);
    }

    private static double area(ScoreCurve curve) {
        double[] state = new double[3]; // true positives, false positives, area
        curve.descend((positives, negatives) -> {
            state[0] += positives;
            state[1] += negatives;
            state[2] += positives * state[0] / (state[0] + state[1]);
        });
        return state[2] / curve.positives();
    }
}
