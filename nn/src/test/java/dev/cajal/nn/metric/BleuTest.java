package dev.cajal.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.checkpoint.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BleuTest {
    private static final Fixture FIXTURE = Fixture.of(BleuTest.class, "bleu.json");

    private static List<String> texts(Fixture fixture, String name) {
        return fixture.json().get(name).asList().stream().map(Json::asText).toList();
    }

    @Test
    void itIsThatOfSacreBleu() {
        Map<String, Json> cases = FIXTURE.json().asMap();
        assertThat(cases).hasSizeGreaterThan(15);
        for (String name : cases.keySet()) {
            Fixture each = FIXTURE.get(name);
            List<String> texts = texts(each, "texts");
            List<String> references = texts(each, "references");
            assertThat(Bleu.of().of(texts, references)).as(name)
                    .isCloseTo(each.json().get("13a").asDouble(), within(1e-6));
            assertThat(Bleu.of().withWords(Bleu.Splitting.WHITE_SPACE).of(texts, references)).as(name)
                    .isCloseTo(each.json().get("none").asDouble(), within(1e-6));
        }
    }

    @Test
    void aSplitThatIsKnown() {
        assertThat(Bleu.Splitting.MTEVAL_13A.split("It's 3.5, or 1-2 (maybe).")).containsExactly(
                "It's", "3.5", ",", "or", "1", "-", "2", "(", "maybe", ")", ".");
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> Bleu.of().of(List.of("a"), List.of("a", "b"))).isInstanceOf(MetricException.class)
                .hasMessageContaining("1 texts and 2 references");
        assertThatThrownBy(() -> Bleu.of().of(List.of(), List.of())).isInstanceOf(MetricException.class);
    }
}
