package dev.cajal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlpTest {
    private static final int[] WIDTHS = {784, 512, 512, 10};

    @ParameterizedTest
    @ValueSource(strings = {"mlp-sgd", "mlp-adam"})
    void aStepOfTrainingGivesTheLossOfAPlainEvaluationAndThenItFalls(String name) {
        Inputs inputs = inputs(4);
        double expected = Plain.crossEntropy(logits(inputs), inputs.get("y").toInts());
        Workload.Run run = Workload.named(name).start(inputs);
        run.step();
        double first = run.check();
        for (int step = 0; step < 5; step++) {
            run.step();
        }
        assertThat(first).isCloseTo(expected, within(1e-5 * expected));
        assertThat(run.check()).isLessThan(first);
        // Parameters, the slots of the optimizer, and a batch at least.
        long parameters = 784 * 512 + 512 + 512 * 512 + 512 + 512 * 10 + 10;
        assertThat(run.plannedBytes().orElseThrow()).isGreaterThan(4 * parameters * (name.equals("mlp-adam") ? 3 : 1));
    }

    @Test
    void memoryGrowsLinearlyWithTheBatch() {
        long[] bytes = IntStream.of(64, 128, 192, 1024)
                .mapToLong(batch -> Mlp.SGD.start(inputs(batch)).plannedBytes().orElseThrow()).toArray();
        double slope = (bytes[1] - bytes[0]) / 64.0;
        assertThat(slope).isPositive();
        assertThat(bytes[2]).isCloseTo(bytes[0] + (long) (128 * slope), withinPercentage(2));
        assertThat(bytes[3]).isCloseTo(bytes[0] + (long) (960 * slope), withinPercentage(5));
    }

    @Test
    void anAnswerIsThatOfAPlainEvaluation() {
        Inputs inputs = inputs(1);
        double sum = 0;
        for (double logit : logits(inputs)[0]) {
            sum += logit * logit;
        }
        Workload.Run run = Mlp.LATENCY.start(inputs);
        run.step();
        run.step();
        assertThat(run.check()).isCloseTo(Math.sqrt(sum / 10), within(1e-5));
    }

    private static Inputs inputs(int batch) {
        Random32 random = new Random32();
        SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            parameters.put(i + "/kernel", random.normal(Math.sqrt(1.0 / WIDTHS[i]), WIDTHS[i], WIDTHS[i + 1]));
            parameters.put(i + "/bias", random.normal(0.1, WIDTHS[i + 1]));
        }
        return new Inputs(parameters,
                new LinkedHashMap<>(Map.of("x", random.normal(1, batch, 784), "y", random.below(10, batch))));
    }

    private static double[][] logits(Inputs inputs) {
        double[][] x = Plain.rows(inputs.get("x"));
        for (int i = 0; i < 3; i++) {
            Tensor kernel = Objects.requireNonNull(inputs.parameters().get(i + "/kernel"));
            double[] bias = Objects.requireNonNull(inputs.parameters().get(i + "/bias")).toDoubles();
            x = Plain.dense(x, kernel, bias);
            for (double[] row : x) {
                for (int j = 0; i < 2 && j < row.length; j++) {
                    row[j] = Math.max(row[j], 0);
                }
            }
        }
        return x;
    }
}
