package dev.cajal.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void mistakesAreCounted() {
        assertThat(Names.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Names.distance("abcd", "acbd")).isEqualTo(1);
        assertThat(Names.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void offersWhatWasProbablyMeant() {
        assertThat(Names.nearest("digit", List.of("mnist", "digits"))).contains("digits");
        assertThat(Names.nearest("ADAM", List.of("sgd", "adam"))).contains("adam");
        assertThat(Names.nearest("wibble", List.of("mnist", "digits"))).isEmpty();
        assertThat(Names.nearest("digit", List.of())).isEmpty();
        assertThat(Names.suggestion("digit", List.of("digits"))).hasToString(" Did you mean \"digits\"?");
    }
}
