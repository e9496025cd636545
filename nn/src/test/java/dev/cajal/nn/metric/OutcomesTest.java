package dev.cajal.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    @Test
    void classesInRows() {
        Tensor probabilities = Tensor.of(new float[][] {{0.2f, 0.8f, 0}, {0.5f, 0.1f, 0.4f}, {0, 0, 1}});
        Outcomes outcomes = Outcomes.of(probabilities, Tensor.of(new int[] {1, 2, 0}),
                Tensor.of(new float[] {1, 2, 0}));
        assertThat(outcomes.rows()).isEqualTo(2);
        assertThat(outcomes.columns()).isEqualTo(3);
        assertThat(outcomes.targetColumns()).isEqualTo(1);
        assertThat(outcomes.label(1)).isEqualTo(2);
        assertThat(outcomes.predictedClass(1, 0.5)).isEqualTo(0);
        assertThat(outcomes.weight(1)).isEqualTo(2);
        assertThat(outcomes.prediction(0, 1)).isEqualTo(0.8f);
    }

    @Test
    void oneColumnMayBeAVector() {
        Tensor vector = Tensor.of(new float[] {0.25f, 0.75f});
        Tensor column = vector.reshape(2, 1);
        Tensor ones = Tensor.ones(2);
        for (Tensor prediction : List.of(vector, column)) {
            for (Tensor target : List.of(Tensor.of(new float[] {0, 1}), Tensor.of(new int[] {0, 1}).reshape(2, 1))) {
                Outcomes outcomes = Outcomes.of(prediction, target, ones);
                assertThat(outcomes.columns()).isEqualTo(1);
                assertThat(outcomes.classes()).isEqualTo(2);
                assertThat(outcomes.predictedClass(1, 0.5)).isEqualTo(1);
                assertThat(Metrics.accuracy().of(outcomes)).isEqualTo(1);
            }
        }
    }

    @Test
    void positionsAreRows() {
        Tensor prediction = Tensor.of(new float[] {1, 0, 0, 1, 1, 0, 1, 0}, Shape.of(2, 2, 2));
        Tensor labels = Tensor.of(new int[] {0, 1, 1, 1}, Shape.of(2, 2));
        Outcomes outcomes = Outcomes.of(prediction, labels, Tensor.of(new float[] {1, 3}));
        assertThat(outcomes.rows()).isEqualTo(4);
        assertThat(outcomes.weight(1)).isEqualTo(1);
        assertThat(outcomes.weight(2)).isEqualTo(3);
        assertThat(Metrics.accuracy().of(outcomes)).isEqualTo(0.25);
        Outcomes dense = Outcomes.of(prediction, labels.oneHot(2, DType.F32), Tensor.of(new float[] {1, 3}));
        assertThat(Metrics.accuracy().of(dense)).isEqualTo(0.25);
    }

    @Test
    void nothingAtAll() {
        Outcomes none = Outcomes.of(Tensor.zeros(0, 3), Tensor.zeros(DType.I32, Shape.of(0)), Tensor.zeros(0));
        assertThat(none.rows()).isZero();
        Accumulator accuracy = Metrics.accuracy().start();
        accuracy.add(none);
        assertThatThrownBy(accuracy::value).isInstanceOf(MetricException.class);
    }

    @Test
    void shapesHaveToFit() {
        Tensor ones = Tensor.ones(4);
        assertThatThrownBy(() -> Outcomes.of(Tensor.zeros(4, 3), Tensor.zeros(3), ones))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("or of shape [4]");
        assertThatThrownBy(() -> Outcomes.of(Tensor.zeros(4, 3), Tensor.zeros(4, 2), ones))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Outcomes.of(Tensor.zeros(3, 3), Tensor.zeros(3), ones))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("one weight for each of 3 examples");
        assertThatThrownBy(() -> Outcomes.of(Tensor.of(1f), Tensor.of(1f), ones)).isInstanceOf(ShapeException.class);
    }

    @Test
    void configurationsAreRecords() {
        RecordCodec codec = new RecordCodec(Metrics.types());
        for (Metric metric : DegenerateMetricTest.all()) {
            assertThat(codec.read(codec.write(metric), Metric.class)).isEqualTo(metric);
        }
    }
}
