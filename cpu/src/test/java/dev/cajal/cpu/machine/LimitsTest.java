package dev.cajal.cpu.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.backend.MachineLimits;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void aMachineHasLimits() {
        MachineLimits limits = Backends.named("cpu").measureLimits().orElseThrow();
        assertThat(limits.threads()).isPositive();
        assertThat(limits.flopsPerSecondOfOneThread()).isPositive().isFinite();
        assertThat(limits.bytesPerSecond()).isPositive().isFinite();
        // At any moment other programs may have all processors but one.
        assertThat(limits.flopsPerSecond()).isGreaterThan(0.8 * limits.flopsPerSecondOfOneThread()).isFinite();
    }

    @Test
    void moreThreadsThanProcessorsReachNoMoreThanAllProcessors() {
        int processors = Runtime.getRuntime().availableProcessors();
        MachineLimits limits = Limits.measure(4 * processors);
        assertThat(limits.flopsPerSecond()).isLessThan(1.5 * processors * limits.flopsPerSecondOfOneThread());
    }

    @Test
    void aMachineWithoutVectorsHasLimits() {
        assertThat(new ScalarArithmetic().run(3)).isEqualTo(3 * new ScalarArithmetic().run(1)).isPositive();
    }

    @Test
    void theReferenceBackendDoesNotKnowThem() {
        assertThat(Backends.named("reference").measureLimits()).isEmpty();
    }
}
