package dev.cajal.nn.metric;

/// The area under the receiver operating characteristic: how probable it is that a positive example gets a higher score than a negative one,
/// ties counting half. 0.5 is chance.
///
/// It is Mann and Whitney's statistic, `sum over pairs of [s+ > s-] + [s+ = s-] / 2`, divided by the number of pairs, and exact: all scores are
/// kept and sorted at the end. A single column is the score of class 1; of two the second is used; of more the mean of each class against
/// the rest is taken (scikit-learn's `ovr`). Both positives and negatives are needed. T. Fawcett, *An introduction to ROC analysis*, 2006.
public record RocAuc() implements Metric {
    /// The area.
    public static RocAuc of() {
        return new RocAuc();
    }

    @Override
    public String name() {
        return "roc_auc";
    }

    @Override
    public boolean largerIsBetter() {
        return true;
    }

    @Override
    public Accumulator start() {
        return new CurveAccumulator(name(), true, RocAuc::area);
    }

    private static double area(ScoreCurve curve) {
        double[] state = new double[2]; // positives above, pairs won
        curve.descend((positives, negatives) -> {
            state[1] += negatives * (state[0] + positives / 2);
            state[0] += positives;
        });
        return state[1] / curve.positives() / curve.negatives();
    }
}
