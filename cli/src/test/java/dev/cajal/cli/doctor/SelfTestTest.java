package dev.cajal.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfTestTest {
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference"})
    void backendsComputeRightAndAlwaysTheSame(String name) {
        var test = new SelfTest(Backends.named(name));
        assertThat(test.fault()).isEmpty();
        assertThat(test.fault()).isEmpty();
    }

    @Test
    void aWrongElementIsFound() {
        var test = new SelfTest(new FaultyBackend(0));
        assertThat(test.fault().orElseThrow().toString())
                .matches("\\[37, 53] x \\[53, 71] gives .+ as its element 5, where the reference backend gives .+\\.");
    }

    @Test
    void bitsThatChangeLaterAreFound() {
        var test = new SelfTest(new FaultyBackend(4));
        assertThat(test.fault()).isEmpty();
        assertThat(test.fault().orElseThrow().code()).isEqualTo("doctor.fault-bits");
    }

    @Test
    void theNameOfTheProcessorIsFoundWhereLinuxHasIt() {
        assertThat(Processor.named(List.of("processor\t: 0", "model name\t: A  Chip", "model name\t: Other").stream()))
                .hasValue(" A  Chip");
        assertThat(Processor.named(List.of("processor\t: 0", "CPU implementer\t: 0x41").stream())).isEmpty();
        assertThat(Processor.name()).isNotBlank();
    }

    @Test
    void aDisturbanceIsAShare() {
        assertThat(Disturbance.share(2)).isBetween(0.0, 1.0);
    }
}
