package dev.cajal.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fixture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every metric equals scikit-learn's, with and without weights, whole and in batches.
class MetricFixtureTest {
    private static final Fixture FIXTURE = Fixture.of(MetricFixtureTest.class, "metrics.json");
    private static final int CLASSES = 4;

    /// Data of one kind, that can be cut into batches.
    private record Data(float[] predictions, int columns, float[] targets, int targetColumns, boolean weighted) {
        Outcomes rows(int from, int to) {
            float[] weights = FIXTURE.floats("weight");
            if (!weighted) {
                Arrays.fill(weights, 1);
            }
            float[][] rows = new float[to - from][];
            for (int i = from; i < to; i++) {
                rows[i - from] = Arrays.copyOfRange(predictions, i * columns, (i + 1) * columns);
            }
            return Outcomes.of(
                    rows,
                    Arrays.copyOfRange(targets, from * targetColumns, to * targetColumns),
                    targetColumns,
                    Arrays.copyOfRange(weights, from, to));
        }

        int count() {
            return predictions.length / columns;
        }
    }

    private static Data data(String kind, boolean weighted) {
        return switch (kind) {
            case "binary" -> new Data(FIXTURE.floats("binary_score"), 1, FIXTURE.floats("binary_target"), 1, weighted);
            case "classes" -> new Data(FIXTURE.floats("table"), CLASSES, FIXTURE.floats("label"), 1, weighted);
            case "all" -> new Data(FIXTURE.floats("table_all"), CLASSES, FIXTURE.floats("label_all"), 1, weighted);
            case "values" -> new Data(FIXTURE.floats("value"), 2, FIXTURE.floats("value_target"), 2, weighted);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static void check(Metric metric, String kind, String name) {
        for (boolean weighted : new boolean[] {false, true}) {
            Data data = data(kind, weighted);
            double expected = FIXTURE.doubles(name)[weighted ? 1 : 0];
            assertThat(metric.of(data.rows(0, data.count())))
                    .as("%s, weighted %s", name, weighted)
                    .isCloseTo(expected, within(2e-8 * Math.max(1, Math.abs(expected))));
            Accumulator batches = metric.start();
            for (int from = 0; from < data.count(); from += 7) {
                batches.add(data.rows(from, Math.min(from + 7, data.count())));
            }
            assertThat(batches.value())
                    .as("%s in batches, weighted %s", name, weighted)
                    .isCloseTo(expected, within(2e-8 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void classification() {
        check(Metrics.accuracy(), "classes", "accuracy");
        check(Metrics.accuracy(), "binary", "binary_accuracy");
        check(Metrics.binaryAccuracy(), "binary", "binary_accuracy");
        check(Metrics.topKAccuracy(1), "classes", "accuracy");
        check(Metrics.topKAccuracy(2), "classes", "top_2_accuracy");
        check(Metrics.logLoss(), "classes", "log_loss");
        check(Metrics.logLoss(), "binary", "log_loss_binary");
    }

    @Test
    void positives() {
        check(Metrics.precision(), "binary", "precision");
        check(Metrics.recall(), "binary", "recall");
        check(Metrics.f1(), "binary", "f1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void eachClass(int label) {
        check(Precision.ofClass(label), "classes", "precision_class_" + label);
        check(Recall.ofClass(label), "classes", "recall_class_" + label);
        check(F1Score.ofClass(label), "classes", "f1_class_" + label);
    }

    @Test
    void overClasses() {
        for (Averaging averaging : new Averaging[] {Averaging.MACRO, Averaging.MICRO, Averaging.WEIGHTED}) {
            for (Metric metric : new Metric[] {
                Metrics.precision(averaging), Metrics.recall(averaging), Metrics.f1(averaging)
            }) {
                check(metric, "classes", metric.name());
            }
        }
    }

    @Test
    void curves() {
        check(Metrics.rocAuc(), "binary", "roc_auc");
        check(Metrics.rocAuc(), "all", "roc_auc_classes");
        check(Metrics.precisionRecallAuc(), "binary", "pr_auc");
        check(Metrics.precisionRecallAuc(), "all", "pr_auc_classes");
    }

    @Test
    void regression() {
        check(Metrics.meanAbsoluteError(), "values", "mae");
        check(Metrics.rootMeanSquaredError(), "values", "rmse");
        check(Metrics.rSquared(), "values", "r2");
        check(Metrics.meanAbsolutePercentageError(), "values", "mape");
    }

    @Test
    void confusion() {
        Data data = data("classes", false);
        ConfusionMatrix matrix = ConfusionMatrix.of(data.rows(0, data.count()));
        double[] expected = FIXTURE.doubles("confusion");
        double[] counts = new double[CLASSES * CLASSES];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = matrix.count(i / CLASSES, i % CLASSES);
        }
        assertThat(counts).containsExactly(expected);
    }

    @Test
    void certainMistakesAreClipped() {
        Outcomes certain = Outcomes.of(new float[] {1, 1}, new float[] {0, 1});
        // scikit-learn computed this one in f32.
        assertThat(Metrics.logLoss().of(certain)).isCloseTo(FIXTURE.doubles("log_loss_certain")[0], within(1e-6));
    }
}
