package dev.cajal.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.type.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What metrics do where their formulas divide by zero, and with input that makes no sense.
class DegenerateMetricTest {
    static List<Metric> all() {
        return List.of(
                Metrics.accuracy(),
                Metrics.binaryAccuracy(),
                Metrics.topKAccuracy(3),
                Metrics.precision(),
                Metrics.recall(Averaging.MACRO),
                Metrics.f1(Averaging.WEIGHTED),
                Metrics.f1(Averaging.MICRO),
                Metrics.rocAuc(),
                Metrics.precisionRecallAuc(),
                Metrics.logLoss(),
                Metrics.meanAbsoluteError(),
                Metrics.rootMeanSquaredError(),
                Metrics.rSquared(),
                Metrics.meanAbsolutePercentageError());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingHasNoValue(Metric metric) {
        assertThatThrownBy(() -> metric.start().value())
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("no examples");
        Outcomes padding = Outcomes.of(new float[] {1, 2}, new float[] {1, 0}, new float[] {0, 0});
        assertThatThrownBy(() -> metric.of(padding))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("no examples");
    }

    @Test
    void paddingDoesNotCountWhateverItHolds() {
        Outcomes outcomes = Outcomes.of(
                new float[] {0.9f, Float.NaN, 0.2f}, new float[] {1, 7, 1}, new float[] {1, 0, 3});
        assertThat(outcomes.rows()).isEqualTo(2);
        assertThat(Metrics.accuracy().of(outcomes)).isEqualTo(0.25);
    }

    @Test
    void notANumberIsRefused() {
        assertThatThrownBy(() -> Outcomes.of(new float[] {0.5f, Float.NaN}, new float[] {1, 0}))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("prediction in row 1 is NaN");
        assertThatThrownBy(() -> Outcomes.of(new float[] {0.5f}, new float[] {1}, new float[] {-1}))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("weight is -1.0");
    }

    @Test
    void areasNeedBothClasses() {
        Outcomes positives = Outcomes.of(new float[] {0.2f, 0.7f}, new float[] {1, 1});
        Outcomes negatives = Outcomes.of(new float[] {0.2f, 0.7f}, new float[] {0, 0});
        assertThatThrownBy(() -> Metrics.rocAuc().of(positives))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("of the 2 examples all of them belong to it");
        assertThatThrownBy(() -> Metrics.rocAuc().of(negatives)).hasMessageContaining("none belong");
        assertThatThrownBy(() -> Metrics.precisionRecallAuc().of(negatives)).hasMessageContaining("none belong");
        assertThat(Metrics.precisionRecallAuc().of(positives)).isEqualTo(1);
    }

    @Test
    void tiesCountHalf() {
        assertThat(Metrics.rocAuc().of(Outcomes.of(new float[] {3, 3, 3, 3}, new float[] {0, 1, 1, 0})))
                .isEqualTo(0.5);
        assertThat(Metrics.rocAuc().of(Outcomes.of(new float[] {0f, -0f}, new float[] {0, 1}))).isEqualTo(0.5);
        assertThat(Metrics.precisionRecallAuc().of(Outcomes.of(new float[] {3, 3, 3, 3}, new float[] {0, 1, 0, 0})))
                .isEqualTo(0.25);
    }

    @Test
    void twoColumnsAreBinary() {
        float[][] table = {{0.1f, 0.9f}, {0.8f, 0.2f}, {0.6f, 0.4f}};
        assertThat(Metrics.rocAuc().of(Outcomes.of(table, new int[] {1, 0, 0}))).isEqualTo(1);
        assertThat(Metrics.rocAuc().of(Outcomes.of(table, new int[] {0, 1, 0}))).isEqualTo(0);
        assertThat(Metrics.precision().of(Outcomes.of(table, new int[] {0, 1, 0}))).isEqualTo(0);
    }

    @Test
    void aConstantTargetHasNoVariance() {
        float[] constant = {4, 4, 4};
        assertThat(Metrics.rSquared().of(Outcomes.of(constant, constant))).isEqualTo(1);
        assertThat(Metrics.rSquared().of(Outcomes.of(new float[] {4, 4, 5}, constant))).isEqualTo(0);
        assertThatThrownBy(() -> Metrics.rSquared().of(Outcomes.of(new float[] {1}, new float[] {1})))
                .hasMessageContaining("at least two examples");
    }

    @Test
    void anOffsetDoesNotCostDigits() {
        // The sum of squares minus the square of the sum would leave nothing of a spread of 1 around ten million.
        float[] target = {10_000_000, 10_000_001, 10_000_002};
        float[] prediction = {10_000_000, 10_000_001, 10_000_001};
        assertThat(Metrics.rSquared().of(Outcomes.of(prediction, target))).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void targetsOfZeroMakeThePercentageHuge() {
        Outcomes zero = Outcomes.of(new float[] {1}, new float[] {0});
        assertThat(Metrics.meanAbsolutePercentageError().of(zero)).isEqualTo(0x1p52);
    }

    @Test
    void equalScoresAreNotRewarded() {
        float[][] equal = {{0.25f, 0.25f, 0.25f, 0.25f}, {0.25f, 0.25f, 0.25f, 0.25f}};
        Outcomes outcomes = Outcomes.of(equal, new int[] {3, 1});
        assertThat(Metrics.topKAccuracy(1).of(outcomes)).isEqualTo(0);
        assertThat(Metrics.topKAccuracy(2).of(outcomes)).isEqualTo(0.5);
        assertThat(Metrics.topKAccuracy(9).of(outcomes)).isEqualTo(1);
    }

    @Test
    void labelsHaveToBeClasses() {
        float[][] table = {{0.1f, 0.9f}, {0.8f, 0.2f}};
        assertThatThrownBy(() -> Metrics.accuracy().of(Outcomes.of(table, new int[] {1, 2})))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("target of row 1 is 2.0")
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> Metrics.accuracy().of(Outcomes.of(new float[] {1}, new float[] {0.5f})))
                .hasMessageContaining("needs a class number");
        assertThatThrownBy(() -> Precision.ofClass(2).of(Outcomes.of(table, new int[] {1, 0})))
                .hasMessageContaining("no class 2");
    }

    @Test
    void logitsAreNoProbabilities() {
        assertThatThrownBy(() -> Metrics.logLoss().of(Outcomes.of(new float[] {3.5f}, new float[] {1})))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("sigmoid or softmax");
    }

    @Test
    void oneHotTargetsAreClasses() {
        float[][] table = {{0.1f, 0.9f}, {0.8f, 0.2f}, {0.3f, 0.7f}};
        Outcomes dense = Outcomes.of(table, new float[] {0, 1, 0, 1, 0, 1}, 2, new float[] {1, 1, 1});
        assertThat(Metrics.accuracy().of(dense)).isCloseTo(2 / 3.0, within(1e-12));
        // As several questions each row has two answers.
        assertThat(Metrics.binaryAccuracy().of(dense)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(Metrics.logLoss().of(dense))
                .isCloseTo(-(Math.log(0.9f) + Math.log(0.2f) + Math.log(0.7f)) / 3, within(1e-12));
    }

    @Test
    void aClassThatDoesNotOccurIsLeftOutOfTheMean() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new double[][] {{3, 1, 0}, {1, 3, 0}, {0, 0, 0}});
        assertThat(matrix.average(Averaging.MACRO, 1, matrix::recall)).isEqualTo(0.75);
        ConfusionMatrix predicted = ConfusionMatrix.of(new double[][] {{3, 0, 1}, {0, 4, 0}, {0, 0, 0}});
        assertThat(predicted.average(Averaging.MACRO, 1, predicted::recall)).isCloseTo(1.75 / 3, within(1e-12));
    }

    @Test
    void shapesHaveToFit() {
        assertThatThrownBy(() -> Outcomes.of(new float[3], new float[2])).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Outcomes.of(new float[][] {{1, 2}, {3}}, new int[2]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("Row 1 has 1 predictions");
        assertThatThrownBy(() -> Metrics.meanAbsoluteError().of(Outcomes.of(new float[][] {{1, 2}}, new int[1])))
                .hasMessageContaining("a target for each of the 2 columns");
        Accumulator accuracy = Metrics.f1().start();
        accuracy.add(Outcomes.of(new float[][] {{1, 2}}, new int[1]));
        assertThatThrownBy(() -> accuracy.add(Outcomes.of(new float[][] {{1, 2, 3}}, new int[1])))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void confusionReads() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new double[][] {{8, 2}, {0, 10}});
        assertThat(matrix.text(List.of("cat", "dog"))).isEqualTo("""
                target \\ predicted      cat     dog   recall
                cat                       8       2   80.0 %
                dog                       0      10  100.0 %
                precision           100.0 %  83.3 %   90.0 %""");
        assertThat(matrix.accuracy()).isEqualTo(0.9);
        assertThat(matrix.f1(1)).isCloseTo(20 / 22.0, within(1e-12));
        assertThat(ConfusionMatrix.of(new double[][] {{0, 0}, {0, 0}}).toString()).contains("-");
        assertThatThrownBy(() -> matrix.text(List.of("cat"))).isInstanceOf(ShapeException.class);
    }

    @Test
    void namesAreUnique() {
        assertThat(all().stream().map(Metric::name)).doesNotHaveDuplicates();
        assertThat(F1Score.ofClass(3).name()).isEqualTo("f1_class_3");
        assertThat(Metrics.topKAccuracy(5).name()).isEqualTo("top_5_accuracy");
    }
}
