package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMMA_NUMBER = Pattern.compile("[+-]?(\\d+(,\\d*)?|,\\d+)([eE][+-]?\\d+)?");

    @Test
    void numbersAreWhatTheirGrammarSays() {
        var random = new SplittableRandom(1);
        int numbers = 0;
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append("0123455+-..,,eE x".charAt(random.nextInt(17)));
            }
            String field = text.toString();
            assertThat(Texts.number(field).isPresent()).as(field)
                    .isEqualTo(NUMBER.matcher(field).matches() && isFinite(field));
            assertThat(Texts.commaNumber(field).isPresent()).as(field)
                    .isEqualTo(COMMA_NUMBER.matcher(field).matches() && isFinite(field.replace(',', '.')));
            numbers += Texts.number(field).isPresent() ? 1 : 0;
        }
        assertThat(numbers).isGreaterThan(10_000);
    }

    private static boolean isFinite(String number) {
        return Float.isFinite((float) Double.parseDouble(number));
    }

    @Test
    void numbersHaveTheirValues() {
        assertThat(Texts.number("-1.5e3")).contains(-1500.0);
        assertThat(Texts.number("+.5")).contains(0.5);
        assertThat(Texts.number("7.")).contains(7.0);
        assertThat(Texts.commaNumber("1,25")).contains(1.25);
        for (String text : List.of("", ".", "+", "e5", "1e", "1e+", "1 ", "0x10", "1.2.3", "1_000", "Infinity", "NaN",
                "1f", "\u0661")) {
            assertThat(Texts.number(text)).as(text).isEmpty();
        }
    }

    @Test
    void missingIsWhatPeopleWriteForIt() {
        for (String text : List.of("", "?", "-", "NA", "na", "N/A", "NaN", "null", "NULL")) {
            assertThat(Texts.isMissing(text)).as(text).isTrue();
        }
        for (String text : List.of("0", "none", "nano", "--", "-1", "no", "n")) {
            assertThat(Texts.isMissing(text)).as(text).isFalse();
        }
    }
}
