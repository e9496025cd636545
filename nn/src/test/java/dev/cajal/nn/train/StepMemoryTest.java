package dev.cajal.nn.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.PlanSummary;
import dev.cajal.type.CajalException;
import org.junit.jupiter.api.Test;

class StepMemoryTest {
    private static final long MEGABYTE = 1 << 20;

    /// A state of 10 MB, and 1 MB for each example.
    private static StepMemory with(long available) {
        return new StepMemory(
                available, 10 * MEGABYTE,
                batch -> new PlanSummary(10 * MEGABYTE, 10 * MEGABYTE, batch * MEGABYTE, 1));
    }

    @Test
    void aBatchThatFits() {
        assertThatCode(() -> with(74 * MEGABYTE).require(64, 1)).doesNotThrowAnyException();
    }

    @Test
    void aBatchThatDoesNotFitIsRefusedWithOneThatDoes() {
        assertThatThrownBy(() -> with(73 * MEGABYTE).require(64, 1))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("a batch of 64 needs 74.0 MB")
                .hasMessageContaining("tensors may take 73.0 MB")
                .hasMessageContaining("a batch of at most 32,")
                .hasMessageContaining("-Dcajal.memory=74m");
        assertThatThrownBy(() -> with(2000 * MEGABYTE).require(6000, 1)).hasMessageContaining("at most 1024,")
                .hasMessageContaining("-Dcajal.memory=6g");
    }

    @Test
    void theSuggestionCanBeComputedInTheSameParts() {
        assertThatThrownBy(() -> with(50 * MEGABYTE).require(60, 3)).hasMessageContaining("a batch of at most 24,");
    }

    @Test
    void aNetworkThatDoesNotFitWhateverTheBatch() {
        assertThatThrownBy(() -> with(10 * MEGABYTE).require(64, 1))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("even with the smallest batch")
                .hasMessageContaining("a smaller network");
    }
}
