package dev.cajal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.CajalException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "off", "128", "256", "512"})
    void whatThePropertyCanSay(String wish) {
        assertThatCode(() -> Lanes.check(wish)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "64", "1024", "Off", " 256"})
    void anErrorNamesThePropertyAndItsValues(String wish) {
        assertThatThrownBy(() -> Lanes.check(wish))
                .isInstanceOfSatisfying(CajalException.class,
                        error -> assertThat(error.code()).isEqualTo("cpu.vector"))
                .hasMessageContainingAll("cajal.vector", "\"" + wish + "\"", "128, 256 or 512", "off");
    }
}
