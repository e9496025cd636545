package dev.cajal.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Schedules equal PyTorch's schedulers, step by step.
class ScheduleTest {
    private static final Fixture FIXTURE = Fixture.of(ScheduleTest.class, "schedules.json");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("step", Schedules.step(0.1, 0.3, 7)),
                Arguments.of("piecewise",
                        Schedules.piecewise(List.of(5, 20, 21), List.of(0.1, 0.01, 0.001, 0.0001))),
                Arguments.of("exponential", Schedules.exponential(0.1, 0.9, 1)),
                Arguments.of("exponential", Schedules.exponential(0.1, Math.pow(0.9, 7), 7)),
                Arguments.of("polynomial", Schedules.polynomial(0.1, 2.5, 40)),
                Arguments.of("linear", Schedules.linear(0.1, 40)),
                Arguments.of("cosine", Schedules.cosine(0.1, 60).withEnd(0.01)),
                Arguments.of("restarts", Schedules.cosineRestarts(0.1, 13).withEnd(0.001)),
                Arguments.of("restarts_growing", Schedules.cosineRestarts(0.1, 5).withFactor(2)),
                Arguments.of("warm_up_constant", Schedules.constant(0.1).withWarmUp(10)),
                Arguments.of("warm_up_exponential", Schedules.exponential(0.1, 0.9, 1).withWarmUp(10)),
                Arguments.of("one_cycle", Schedules.oneCycle(0.1, 60)),
                Arguments.of("one_cycle_short", Schedules.oneCycle(0.1, 50).withRise(0.45)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void stepByStep(String name, Schedule schedule) {
        double[] expected = FIXTURE.doubles(name);
        var compiled = Transform.compile((Tensor step) -> schedule.at(step));
        for (int step = 0; step < expected.length; step++) {
            assertThat(compiled.apply(Tensor.full(DType.I32, Shape.SCALAR, step)).item())
                    .as("step %s", step)
                    .isCloseTo(expected[step], within(2e-6 * expected[step] + 1e-9));
        }
        assertThat(schedule.at(3)).isCloseTo(expected[3], within(2e-6 * expected[3]));
        assertThat(schedule.at(Tensor.full(DType.I32, Shape.SCALAR, 3)).type().toString()).isEqualTo("f32[]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void largeStepsAreFinite(String name, Schedule schedule) {
        for (int step : new int[] {1_000_000, 100_000_000, Integer.MAX_VALUE - 1}) {
            assertThat(schedule.at(step)).as("%s at %s", name, step).isFinite().isNotNegative();
        }
    }

    @Test
    void afterTheirEndSchedulesStay() {
        assertThat(Schedules.cosine(1, 10).withEnd(0.25).at(10)).isEqualTo(0.25);
        assertThat(Schedules.cosine(1, 10).withEnd(0.25).at(1000)).isEqualTo(0.25);
        assertThat(Schedules.linear(1, 10).at(11)).isEqualTo(0);
        assertThat(Schedules.oneCycle(1, 10).at(10)).isEqualTo(Schedules.oneCycle(1, 10).at(9));
    }

    @Test
    void restartsBeginAtTheirVeryStep() {
        Schedule growing = Schedules.cosineRestarts(1, 1000).withFactor(3);
        for (int begin : new int[] {0, 1000, 4000, 13_000, 40_000, 121_000, 364_000, 1_093_000}) {
            assertThat(growing.at(begin)).isEqualTo(1);
            if (begin > 0) {
                assertThat(growing.at(begin - 1)).isLessThan(0.001);
            }
        }
    }

    @Test
    void configurationsAreRecords() {
        RecordCodec codec = new RecordCodec(Schedules.types());
        cases().map(arguments -> (Schedule) arguments.get()[1])
                .forEach(schedule -> assertThat(codec.read(codec.write(schedule), Schedule.class))
                        .isEqualTo(schedule));
        Plateau plateau = Plateau.of();
        assertThat(codec.read(codec.write(plateau), Plateau.class)).isEqualTo(plateau);
        Plateau.PlateauState state = plateau.start();
        assertThat(codec.read(codec.write(state), Plateau.PlateauState.class)).isEqualTo(state);
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> Schedules.cosine(0.1, 0)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Schedules.step(0.1, 0, 5)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Schedules.oneCycle(0.1, 3)).hasMessageContaining("steps of the rise");
        assertThatThrownBy(() -> Schedules.piecewise(List.of(5), List.of(0.1))).hasMessageContaining("one more");
        assertThatThrownBy(() -> Schedules.piecewise(List.of(5, 5), List.of(0.1, 0.2, 0.3)))
                .hasMessageContaining("ascending");
    }

    @Test
    void plateausEqualTheirReference() {
        checkPlateau("plateau", Plateau.of().withPatience(2).withFactor(0.5));
        checkPlateau("plateau_cooldown", new Plateau(0.5, 1, 0.05, 3, 0.2));
    }

    private static void checkPlateau(String name, Plateau plateau) {
        double[] expected = FIXTURE.doubles(name);
        double[] losses = FIXTURE.doubles("losses");
        var state = plateau.start();
        for (int epoch = 0; epoch < losses.length; epoch++) {
            state = plateau.next(state, losses[epoch]);
            assertThat(state.scale()).as("%s, epoch %s", name, epoch).isEqualTo(expected[epoch]);
        }
    }

    @Test
    void aPlateauSeesNaNAndLossesBelowZero() {
        Plateau plateau = Plateau.of().withPatience(0);
        var state = plateau.next(plateau.start(), -1);
        assertThat(state.best()).isEqualTo(-1);
        assertThat(plateau.next(state, -2).scale()).isEqualTo(1);
        assertThat(plateau.next(state, -1).scale()).isEqualTo(0.1);
        assertThat(plateau.next(state, Double.NaN).scale()).isEqualTo(0.1);
    }
}
