package dev.cajal.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.table.CsvOptions;
import dev.cajal.data.table.Table;
import dev.cajal.nn.example.SentencePair;
import dev.cajal.nn.example.SentencePairs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairDataTest {
    private static Table table() {
        return Table.parse("pairs.tsv", "id\tde\ten\n1\tein hund\ta dog\n2\t\tnothing\n3\tzwei hunde\ttwo dogs\n",
                CsvOptions.of());
    }

    @Test
    void columnsAreNamedOrNumbered() {
        PairData data = PairData.of(table(), "de", "en");
        assertThat(data.pairs())
                .containsExactly(new SentencePair("ein hund", "a dog"), new SentencePair("zwei hunde", "two dogs"));
        assertThat(PairData.of(table(), "2", "last").pairs()).isEqualTo(data.pairs());
        assertThat(PairData.of(table(), "en", "de").sources()).isEqualTo(data.targets());
        assertThat(data.sentences()).containsExactly("ein hund", "zwei hunde", "a dog", "two dogs");
    }

    @Test
    void linesOfTwoFilesBelongTogether(@TempDir Path folder) throws IOException {
        Path german = Files.writeString(folder.resolve("a.de"), "eins\n\nzwei\n");
        Path english = Files.writeString(folder.resolve("a.en"), "one\nx\ntwo\n");
        assertThat(PairData.ofLines(german, english).targets()).containsExactly("one", "two");
        Path fewer = Files.writeString(folder.resolve("b.en"), "one\ntwo\n");
        assertThatThrownBy(() -> PairData.ofLines(german, fewer)).isInstanceOf(DataException.class)
                .hasMessageContaining("2 lines").hasMessageContaining("3");
    }

    private static List<String> notes(PairData data) {
        return data.notes().stream().map(String::valueOf).toList();
    }

    @Test
    void whatIsLeftOutIsCounted(@TempDir Path folder) throws IOException {
        assertThat(notes(PairData.of(table(), "de", "en")))
                .containsExactly("Left out, since one side has no text: 1 pair(s).");
        Path german = Files.write(folder.resolve("a.de"), "fünf\n\nzwei\ndrei\n".getBytes(StandardCharsets.ISO_8859_1));
        Path english = Files.writeString(folder.resolve("a.en"), "five\nx\n\nthree\n");
        PairData lines = PairData.ofLines(german, english);
        assertThat(notes(lines)).containsExactly(german + ": The file is not UTF-8; it was read as ISO-8859-1.",
                "Left out, since one side has no text: 2 pair(s).");
        assertThat(lines.split(0.5, 1).train().notes()).isEqualTo(lines.notes());
    }

    @Test
    void aFirstLineThatIsTakenForNamesIsSaid() {
        String text = "Go.\tVe.\nRun!\t¡Corre!\nHi.\tHola.\n";
        Table guessed = Table.parse("spa.tsv", text, CsvOptions.of());
        assertThat(notes(PairData.of(guessed, "1", "last"))).containsExactly(
                "The first line was taken for the names of the columns: \"Go.\" and \"Ve.\". If it is a pair, say so: --header no, in Java CsvOptions.withHeader(false).");
        assertThat(notes(PairData.of(table(), "de", "last"))).noneMatch(note -> note.contains("first line"));
        PairData all = PairData.of(Table.parse("spa.tsv", text, CsvOptions.of().withHeader(false)), "1", "2");
        assertThat(all.size()).isEqualTo(3);
        assertThat(all.notes()).isEmpty();
    }

    @Test
    void partsAreOfAllPairs() {
        PairData data = new PairData(
                IntStream.range(0, 50).mapToObj(i -> new SentencePair("a" + i, "b" + i)).toList());
        PairData.Parts parts = data.split(0.1, 1);
        assertThat(parts.test().size()).isEqualTo(5);
        HashSet<SentencePair> all = new HashSet<>(parts.train().pairs());
        all.addAll(parts.test().pairs());
        assertThat(all).hasSize(50);
        assertThat(data.split(0.1, 1)).isEqualTo(parts);
    }

    @Test
    void wordsBecomeExamples() {
        PairData data = PairData.of(table(), "de", "en");
        Words german = Words.learn(data.sources(), WordOptions.of());
        Words english = Words.learn(data.targets(), WordOptions.of());
        assertThat(data.longest(german, english)).isEqualTo(4);
        var examples = data.examples(new SentencePairs(german, english, 4));
        assertThat(examples.size()).isEqualTo(2);
        assertThat(examples.inputs().batch(new int[] {0}, 0, 1, 1).toInts()).containsExactly(
                Words.BOS, german.encode("ein")[0], german.encode("hund")[0], Words.EOS,
                Words.BOS, english.encode("a")[0], english.encode("dog")[0], Words.PAD);
        assertThat(examples.targets().batch(new int[] {0}, 0, 1, 1).toInts()).containsExactly(
                english.encode("a")[0], english.encode("dog")[0], Words.EOS, Words.PAD);
        assertThat(german.marked()).isEqualTo(german.size());
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> PairData.of(table(), "de", "2")).isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be both");
        assertThatThrownBy(() -> PairData.of(table(), "fr", "en")).hasMessageContaining("\"fr\"");
        Table empty = Table.parse("empty.tsv", "de\ten\nja\t\n\tno\n", CsvOptions.of());
        assertThatThrownBy(() -> PairData.of(empty, "de", "en")).hasMessageContaining("nothing to learn");
    }
}
