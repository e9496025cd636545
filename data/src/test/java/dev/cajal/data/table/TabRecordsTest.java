package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TabRecordsTest {
    private static List<List<String>> rows(String text) {
        Table table = Table.parse("t.tsv", text, CsvOptions.of().withHeader(false));
        return table.rows().stream().map(row -> List.copyOf(row.fields().values())).toList();
    }

    @Test
    void aQuoteOfASentenceIsACharacter() {
        assertThat(rows("""
                "Go!" he said.\t"¡Vete!", dijo.
                He said "Go!"\tDijo "¡Vete!"
                "Go!" he said, "now!"\t"¡Vete!", dijo, "¡ya!"
                "It begins\t«Empieza
                and ends."\ty acaba.»
                5" long\tde 5"
                "\t"
                """)).containsExactly(
                List.of("\"Go!\" he said.", "\"¡Vete!\", dijo."),
                List.of("He said \"Go!\"", "Dijo \"¡Vete!\""),
                List.of("\"Go!\" he said, \"now!\"", "\"¡Vete!\", dijo, \"¡ya!\""),
                List.of("\"It begins", "«Empieza"),
                List.of("and ends.\"", "y acaba.»"),
                List.of("5\" long", "de 5\""),
                List.of("\"", "\""));
    }

    @Test
    void whatASpreadsheetQuotesIsTakenOutOfItsQuotes() {
        assertThat(rows("""
                a\tb\tc
                "\""Go!"" he said."\t"¡Vete!"\t""
                "one\ttwo"\tb\tc
                "one
                two ""2\"""\tb\tc
                a\tb\t"one
                two"
                a\tb\tc
                """)).containsExactly(
                List.of("a", "b", "c"),
                List.of("\"Go!\" he said.", "¡Vete!", ""),
                List.of("one\ttwo", "b", "c"),
                List.of("one\ntwo \"2\"", "b", "c"),
                List.of("a", "b", "one\ntwo"),
                List.of("a", "b", "c"));
    }

    @Test
    void linesAreCountedAsTheyStand() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Table table = Table.parse("t.tsv", "a\tb" + end + end + "1\t\"x" + end + "y\"" + end + " 2 \t3" + end + end,
                    CsvOptions.of());
            assertThat(table.size()).isEqualTo(2);
            assertThat(table.get(0, 1)).isEqualTo("x\ny");
            assertThat(table.place(0)).hasToString("t.tsv, line 3");
            assertThat(table.place(1)).hasToString("t.tsv, line 5");
            assertThat(table.get(1, 0)).isEqualTo("2");
        }
    }

    @Test
    void raggedLinesAreRefused() {
        assertThatThrownBy(() -> rows("a\tb\n1\t2\n\"3\n4\t5\n")).isInstanceOf(DataException.class)
                .hasMessageStartingWith("t.tsv, line 3: This line has 1 field, but line 1 has 2");
        assertThatThrownBy(() -> rows("a\tb\n1\t2\n3\t4\t5\n")).hasMessageContaining("line 3: This line has 3 fields");
    }

    @Test
    void quotesDoNotHideThatTabsAreBetween() {
        String lines = "\"Go, now!\" he said; twice.\t\"¡Vete, ya!\", dijo; dos veces.\n\"Hm.\tHm.\n";
        assertThat(rows(lines.repeat(300))).hasSize(600).allMatch(row -> row.size() == 2);
        assertThat(rows("a,b\n1,\"x\ty\"\n")).containsExactly(List.of("a", "b"), List.of("1", "x\ty"));
    }
}
