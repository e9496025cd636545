package dev.cajal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.Contest.Verdict;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final int FEW = 3;
    private static final long SHORT = 1_000;

    private final Contest contest = new Contest();

    private Verdict round(long scalar, long vector) {
        return contest.round(scalar, vector, FEW, SHORT);
    }

    /// A whole attempt that the vector form loses; the last verdict.
    private Verdict attempt() {
        assertThat(contest.round(100, 300, Contest.RUNS, 0)).isEqualTo(Verdict.OPEN);
        return contest.round(100, 300, 0, Contest.NANOS);
    }

    @Test
    void aVectorFormThatIsClearlyFasterTakesOverAtOnce() {
        assertThat(round(100, 400)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 50)).isEqualTo(Verdict.VECTOR);
    }

    @Test
    void clearlyFasterIsFasterThanTheScalarFormEverWas() {
        assertThat(round(100, 400)).isEqualTo(Verdict.OPEN);
        // The scalar form was held up in this round.
        assertThat(round(900, 90)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void oneThatIsALittleFasterHasToBeSoInThreeRoundsOnEnd() {
        assertThat(round(100, 90)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 90)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 130)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 90)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 90)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 90)).isEqualTo(Verdict.VECTOR);
    }

    @Test
    void equalTimesAreForTheVectorForm() {
        assertThat(round(100, 101)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 105)).isEqualTo(Verdict.OPEN);
        assertThat(round(100, 100)).isEqualTo(Verdict.VECTOR);
    }

    @Test
    void aBusyMachineDoesNotEndAnAttempt() {
        // Much time without runs, and many runs in no time.
        assertThat(contest.round(100, 300, FEW, 100 * Contest.NANOS)).isEqualTo(Verdict.OPEN);
        Contest other = new Contest();
        assertThat(other.round(100, 300, 100 * Contest.RUNS, SHORT)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void aLostAttemptIsNotTheLastOne() {
        assertThat(attempt()).isEqualTo(Verdict.LATER);
        assertThat(contest.attempts()).isOne();
        assertThat(round(100, 20)).isEqualTo(Verdict.VECTOR);
    }

    @Test
    void attemptsEnd() {
        for (int i = 1; i < Contest.ATTEMPTS; i++) {
            assertThat(attempt()).isEqualTo(Verdict.LATER);
        }
        assertThat(attempt()).isEqualTo(Verdict.SCALAR);
    }
}
