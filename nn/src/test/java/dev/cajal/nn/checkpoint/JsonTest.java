package dev.cajal.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @Test
    void whatIsPrintedIsReadAgain() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            Json json = random(random, 4);
            assertThat(Json.parse(json.print())).isEqualTo(json);
            assertThat(Json.parse(json.compact())).isEqualTo(json);
            assertThat(json.compact()).doesNotContain("\n");
        }
    }

    private static Json random(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.of(Double.longBitsToDouble(random.nextLong()));
            case 1 -> Json.of(random.nextLong());
            case 2 -> Json.of("a\"\\\n\t\u0001ñ€" + (char) random.nextInt(0x20, 0xd7ff));
            case 3 -> new Json.Truth(random.nextBoolean());
            case 4 -> new Json.Nothing();
            case 5 -> Json.of(random.ints(random.nextInt(4), 0, 9).mapToObj(_ -> random(random, depth - 1)).toList());
            default -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put("key " + i, random(random, depth - 1));
                }
                yield Json.of(members);
            }
        };
    }

    @Test
    void numbersKeepEveryBit() {
        for (double number : new double[] {0.1, -0.0, 1e-320, Double.MAX_VALUE, Math.PI, 1e22}) {
            assertThat(Json.parse(Json.of(number).print()).asDouble()).isEqualTo(number);
        }
        assertThat(Json.parse(Json.of(Double.NaN).print()).asDouble()).isNaN();
        assertThat(Json.parse(Json.of(Long.MIN_VALUE).print()).asLong()).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"a\": 1,}|line 1, column 9|a name in quotes",
        "[1 2]|line 1, column 4|']'",
        "{\"a\" 1}|line 1, column 6|':'",
        "tru|line 1, column 1|'true'",
        "01|line 1, column 2|nothing more",
        "\"abc|the end|more",
        "{\"a\": 1, \"a\": 2}|line 1|each name once",
        "[1] x|line 1, column 5|nothing more",
        "~~|the end|a value"
    })
    void errorsNameThePlace(String text, String place, String expected) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(expected);
    }

    @Test
    void errorsCountLines() {
        assertThatThrownBy(() -> Json.parse("{\n  \"a\": 1\n  \"b\": 2\n}")).hasMessageContaining("line 3, column 3");
    }

    @Test
    void deepNestingIsRefusedInsteadOfOverflowingTheStack() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).hasMessageContaining("less nesting");
    }

    @Test
    void aMissingMemberIsNamed() {
        assertThatThrownBy(() -> Json.of(Map.of("b", Json.of(1))).get("a"))
                .hasMessageContaining("'a' is missing")
                .hasMessageContaining("[b]");
        assertThatThrownBy(() -> Json.of(List.of()).get("a")).hasMessageContaining("An object with 'a' was expected");
    }
}
