package dev.cajal.nn.metric;

import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A metric of how well scores put positives before negatives. For more than two classes the mean over classes, each against the rest.
final class CurveAccumulator implements Accumulator {
    private final String name;
    private final boolean needsNegatives;
    private final ToDoubleFunction<ScoreCurve> area;
    private final List<ScoreCurve> curves = new ArrayList<>();

    CurveAccumulator(String name, boolean needsNegatives, ToDoubleFunction<ScoreCurve> area) {
        this.name = name;
        this.needsNegatives = needsNegatives;
        this.area = area;
    }

    @Override
    public void add(Outcomes outcomes) {
        // Of two classes that exclude each other one says everything.
        int first = outcomes.columns() == 2 ? 1 : 0;
        int count = outcomes.columns() - first;
        while (curves.size() < count) {
            curves.add(new ScoreCurve());
        }
        for (int row = 0; row < outcomes.rows(); row++) {
            int label = outcomes.label(row);
            for (int i = 0; i < count; i++) {
                boolean positive = outcomes.columns() == 1 ? label == 1 : label == i + first;
                curves.get(i).add(outcomes.prediction(row, i + first), positive, outcomes.weight(row));
            }
        }
    }

    @Override
    public double value() {
        if (curves.isEmpty() || curves.getFirst().size() == 0) {
            throw MetricException.empty(name);
        }
        double sum = 0;
        for (int i = 0; i < curves.size(); i++) {
            ScoreCurve curve = curves.get(i);
            require(curve.positives() > 0, i, Phrase.words("none"));
            require(!needsNegatives || curve.negatives() > 0, i, Phrase.words("all of them"));
            sum += area.applyAsDouble(curve);
        }
        return sum / curves.size();
    }

    private void require(boolean defined, int curve, Phrase found) {
        if (!defined) {
            int label = curves.size() == 1 ? 1 : curve;
            throw new MetricException(
                    "metric.one-class",
                    "%s compares examples of class %s with others, but of the %s examples %s belong to it. "
                            + "Evaluate on more data, or on data that holds every class.",
                    name,
                    label,
                    curves.get(curve).size(),
                    found);
        }
    }
}
