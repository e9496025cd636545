package dev.cajal.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseTest {
    @Test
    void phrasesStandInPhrases() {
        var size = Phrase.of("table.size", "%s rows", 3);
        assertThat(Phrase.of("table.read", "%s has %s", "a.csv", size)).hasToString("a.csv has 3 rows");
        assertThat(Phrase.joined("; ", List.of(size, "none"))).hasToString("3 rows; none");
        assertThat(Phrase.joined("; ", List.of())).hasToString("");
        assertThat(size.at(Phrase.of("place.line", "%s, line %s", "a.csv", 7))).hasToString("a.csv, line 7: 3 rows");
    }

    @Test
    void aTextIsNeverTakenForATemplate() {
        assertThat(Phrase.of("share", "98 % of all")).hasToString("98 % of all");
        assertThat(Phrase.verbatim("100 %d")).hasToString("100 %d");
        assertThat(Phrase.joined(" % ", List.of("a", "b"))).hasToString("a % b");
    }

    @Test
    void wordsNameThemselves() {
        assertThat(Phrase.words("above 0, else nothing ever moves").code())
                .isEqualTo("words.above-0-else-nothing-ever-moves");
        assertThat(Phrase.words(" At the end.").code()).isEqualTo("words.At-the-end");
    }

    @Test
    void anErrorKeepsItsCodeWhereverItIsToldOf() {
        var error = new ShapeException("shape.odd", "%s is odd", 3);
        var more = error.withDetails(Phrase.words("It was even."));
        assertThat(more.code()).isEqualTo("shape.odd");
        assertThat(more.arguments()).containsExactly(3);
        assertThat(more).hasMessage("3 is odd\nIt was even.").hasCause(error);
        assertThat(more.phrase().arguments()).contains(error.phrase());
    }
}
