package dev.cajal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private final Random32 random = new Random32();
    private final Tensor x = random.normal(2, 5, 24);
    private final Tensor scale = random.normal(1, 24);
    private final Tensor bias = random.normal(1, 24);

    @Test
    void softmaxIsThatOfAPlainEvaluation() {
        double[][] expected = Arrays.stream(Plain.rows(x)).map(Plain::softmax).toArray(double[][]::new);
        assertIs(expected, Kernels.SOFTMAX);
    }

    @Test
    void layerNormIsThatOfAPlainEvaluation() {
        assertIs(Plain.layerNorm(Plain.rows(x), scale.toDoubles(), bias.toDoubles()), Kernels.LAYER_NORM);
    }

    @Test
    void geluIsThatOfAPlainEvaluation() {
        double[][] sums = Plain.plus(Plain.rows(x), Plain.rows(bias));
        double[][] expected = Arrays.stream(sums).map(row -> Arrays.stream(row).map(Plain::gelu).toArray())
                .toArray(double[][]::new);
        assertIs(expected, Kernels.GELU);
    }

    @Test
    void anUpdateOfAdamWIsThatOfThePaper() {
        Tensor parameter = random.normal(1e-3, 100);
        Tensor gradient = random.normal(0.1, 100);
        double[] p = parameter.toDoubles();
        double[] g = gradient.toDoubles();
        double[] m = new double[100];
        double[] v = new double[100];
        Workload.Run run = Kernels.ADAM_W.start(
                new Inputs(new LinkedHashMap<>(Map.of("p", parameter)),
                        new LinkedHashMap<>(Map.of("gradient", gradient))));
        for (int step = 1; step <= 3; step++) {
            run.step();
            for (int i = 0; i < p.length; i++) {
                m[i] = 0.9 * m[i] + 0.1 * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                double mean = m[i] / (1 - Math.pow(0.9, step));
                double square = v[i] / (1 - Math.pow(0.999, step));
                p[i] -= 1e-3 * (mean / (Math.sqrt(square) + 1e-8) + 0.01 * p[i]);
            }
        }
        assertThat(run.check()).isCloseTo(rootMeanSquare(p), within(1e-7));
    }

    @Test
    void theMachinesPeaksComputeWhatTheySay() {
        Tensor a = random.normal(1, 6, 6);
        Tensor b = random.normal(1, 6, 6);
        Inputs inputs = new Inputs(new LinkedHashMap<>(), new LinkedHashMap<>(Map.of("a", a, "b", b)));
        double[][] product = Plain.dense(Plain.rows(a), b, new double[6]);
        double[][] sum = Plain.plus(Plain.plus(Plain.rows(a), Plain.rows(b)), Plain.rows(b));
        for (Workload.Run run : List.of(Machine.PRODUCT.start(inputs), Machine.MEMORY.start(inputs))) {
            run.step();
            run.step();
            double[][] expected = run instanceof FunctionRun ? product : sum;
            assertThat(run.check()).isCloseTo(rootMeanSquare(flat(expected)), within(1e-5));
        }
    }

    private void assertIs(double[][] expected, Workload workload) {
        Workload.Run run = workload.start(new Inputs(new LinkedHashMap<>(),
                new LinkedHashMap<>(Map.of("x", x, "scale", scale, "bias", bias))));
        run.step();
        assertThat(run.check()).isCloseTo(rootMeanSquare(flat(expected)), within(1e-6));
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double rootMeanSquare(double... numbers) {
        return Math.sqrt(Arrays.stream(numbers).map(number -> number * number).average().orElseThrow());
    }
}
