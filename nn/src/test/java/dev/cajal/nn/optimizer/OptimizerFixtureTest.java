package dev.cajal.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fixture;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Twenty updates of every optimizer equal PyTorch's (of Lion and LAMB optax'), from the same gradients of very different sizes.
class OptimizerFixtureTest {
    private static final Fixture FIXTURE = Fixture.of(OptimizerFixtureTest.class, "optimizers.json");
    private static final int STEPS = 20;
    private static final int KERNEL = 6;

    /// A tree.
    public record Parameters(Tensor kernel, Tensor bias) {}

    static Stream<Arguments> cases() {
        Optimizer momentum = Optimizers.momentum(0.05, 0.9);
        return Stream.of(
                Arguments.of("sgd", Optimizers.sgd(0.05)),
                Arguments.of("momentum", momentum),
                Arguments.of("nesterov", Optimizers.nesterov(0.05, 0.9)),
                Arguments.of("rmsprop", Optimizers.rmsProp(0.01)),
                Arguments.of("rmsprop_momentum_centered",
                        RmsProp.of(0.01).withDecay(0.9).withMomentum(0.8).withCentered(true).withEpsilon(1e-4)),
                Arguments.of("adagrad", Optimizers.adagrad(0.1)),
                Arguments.of("adagrad_initial", Adagrad.of(0.1).withInitialSum(0.1)),
                Arguments.of("adadelta", Optimizers.adadelta()),
                Arguments.of("adam", Optimizers.adam(0.01)),
                Arguments.of("adam_betas", Adam.of(0.01).withBetas(0.5, 0.9).withEpsilon(1e-3)),
                Arguments.of("amsgrad", Optimizers.amsGrad(0.01)),
                Arguments.of("adam_l2", Adam.of(0.01).withL2(0.1)),
                Arguments.of("adamw", AdamW.of(0.01).withWeightDecay(0.1)),
                Arguments.of("adamw", Adam.of(0.01).withWeightDecay(0.1, ParameterSelection.all())),
                Arguments.of("adamw_no_bias",
                        AdamW.of(0.01).withWeightDecay(0.1, ParameterSelection.except("**/bias"))),
                Arguments.of("adamw_no_bias", AdamW.of(0.01).withWeightDecay(0.1, ParameterSelection.kernels())),
                Arguments.of("adamw_no_bias", Adam.of(0.01).withWeightDecay(0.1, ParameterSelection.only("kernel"))),
                Arguments.of("nadam", Optimizers.nadam(0.002)),
                Arguments.of("radam", Optimizers.radam(0.01)),
                Arguments.of("radam_short", RAdam.of(0.01).withBetas(0.9, 0.8)),
                Arguments.of("clip_norm", momentum.clippedByGlobalNorm(0.5)),
                Arguments.of("clip_value", momentum.clippedByValue(0.01)),
                Arguments.of("averaged", new Averaged(0.9, false, Optimizers.sgd(0.05))),
                Arguments.of("lion", Lion.of(0.01).withWeightDecay(0.1)),
                Arguments.of("lamb", Lamb.of(0.01).withWeightDecay(0.1)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("cases")
    void singlePrecision(String name, Optimizer optimizer) {
        double[][] actual = run(optimizer, DType.F32, true);
        for (int step = 0; step < STEPS; step++) {
            double[] expected = FIXTURE.get(name).doubles(String.valueOf(step));
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[step][i])
                        .as("step %s, number %s", step, i)
                        .isCloseTo(expected[i], within(1e-5 * Math.abs(expected[i]) + 1e-7));
            }
        }
    }

    /// What counts is not the parameters, of which an update is a small part, but how far they have moved. In f64 that is no cancellation.
    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("cases")
    void doublePrecision(String name, Optimizer optimizer) {
        double[] start = FIXTURE.doubles("start");
        double[][] actual = run(optimizer, DType.F64, false);
        // PyTorch adds 1e-6 to the norm before it divides by it.
        double tolerance = name.equals("clip_norm") ? 1e-5 : 1e-6;
        double[] before = start;
        for (int step = 0; step < STEPS; step++) {
            double[] expected = FIXTURE.get(name).doubles(String.valueOf(step));
            // The greatest move of this tensor in this step: single numbers may happen to move hardly at all.
            double move = 0;
            for (int i = 0; i < expected.length; i++) {
                move = Math.max(move, Math.abs(expected[i] - before[i]));
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[step][i] - start[i])
                        .as("step %s, number %s", step, i)
                        .isCloseTo(expected[i] - start[i], within(tolerance * (move + Math.abs(expected[i] - start[i]))
                                + 4e-9 * Math.abs(expected[i])));
            }
            before = expected;
        }
    }

    private static double[][] run(Optimizer optimizer, DType dtype, boolean compiled) {
        Parameters parameters = parameters(FIXTURE.doubles("start"), dtype);
        var state = optimizer.init(parameters);
        var update = Transform.compile(
                (Parameters g, OptimizerState<Parameters> s, Parameters p) -> optimizer.update(g, s, p));
        double[][] rows = new double[STEPS][];
        for (int step = 0; step < STEPS; step++) {
            Parameters gradient = parameters(FIXTURE.get("gradients").doubles(String.valueOf(step)), dtype);
            var after = compiled
                    ? update.apply(gradient, state, parameters)
                    : optimizer.update(gradient, state, parameters);
            parameters = after.parameters();
            state = after.state();
            Parameters shown = optimizer.forEvaluation(parameters, state);
            double[] kernel = shown.kernel().toDoubles();
            double[] bias = shown.bias().toDoubles();
            rows[step] = Arrays.copyOf(kernel, kernel.length + bias.length);
            System.arraycopy(bias, 0, rows[step], kernel.length, bias.length);
        }
        assertThat(state.step().item()).isEqualTo(STEPS);
        return rows;
    }

    private static Parameters parameters(double[] numbers, DType dtype) {
        return new Parameters(
                Tensor.of(Arrays.copyOf(numbers, KERNEL), Shape.of(2, 3)).asType(dtype),
                Tensor.of(Arrays.copyOfRange(numbers, KERNEL, numbers.length), Shape.of(numbers.length - KERNEL))
                        .asType(dtype));
    }
}
