package dev.cajal.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    private Path folder;

    private static Table parse(String text) {
        return Table.parse("t.csv", text, CsvOptions.of());
    }

    @Test
    void delimitersAreFound() {
        Map.of(",", "a,b\n1,2\n", ";", "a;b\n1,5;2,5\n", "\t", "a\tb\n1,0\t2\n", "|", "a|b\n1|2\n")
                .forEach((delimiter, text) -> {
                    assertThat(parse(text).columns()).as("delimiter %s", delimiter).containsExactly("a", "b");
                    assertThat(parse(text).size()).isEqualTo(1);
                });
        assertThat(parse("only\nsome\nmore\n").columns()).containsExactly("only");
        assertThat(Table.parse("t", "a:b\n1:2\n", CsvOptions.of().withDelimiter(':')).columns()).containsExactly("a",
                "b");
    }

    @Test
    void fieldsMayBeQuotedAndBlanksAroundThemDoNotCount() {
        var table = parse("name, text\nA, \"one, two\"\nB,\"say \"\"hi\"\"\nthere\"\n");
        assertThat(table.get(0, 1)).isEqualTo("one, two");
        assertThat(table.get(1, 1)).isEqualTo("say \"hi\"\nthere");
        assertThat(table.place(1)).hasToString("t.csv, line 3");
    }

    @Test
    void lineEndsOfAllSystemsAndEmptyLines() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            var table = parse("a,b" + end + end + "1,2" + end + "3,4" + end + end);
            assertThat(table.size()).isEqualTo(2);
            assertThat(table.get(1, 1)).isEqualTo("4");
        }
    }

    @Test
    void headersAreRecognised() {
        assertThat(parse("5.1,3.5,setosa\n4.9,3.0,setosa\n").hasHeader()).isFalse();
        assertThat(parse("length,width,species\n4.9,3.0,setosa\n").hasHeader()).isTrue();
        assertThat(parse("M,0.4\nF,0.3\n").hasHeader()).isFalse();
        assertThat(parse("colour,size\nred,big\nblue,small\nred,small\n").hasHeader()).isTrue();
        assertThat(parse("red,big\nblue,small\nred,small\n").hasHeader()).isFalse();
        assertThat(parse("red,red\nblue,small\n").hasHeader()).isFalse();
        assertThat(parse(",a,b\n0,1,2\n").columns()).containsExactly("column 1", "a", "b");
        assertThat(parse("a,b\n?,NA\n1,x\n").hasHeader()).isTrue();
        assertThat(parse("1,2\n3,4\n").columns()).containsExactly("column 1", "column 2");
    }

    @Test
    void aPersonKnowsBetterWhetherThereIsAHeader() {
        var years = Table.parse("t", "1990,1991\n1,2\n", CsvOptions.of().withHeader(true));
        assertThat(years.columns()).containsExactly("1990", "1991");
        var rows = Table.parse("t", "red,1\nblue,2\n", CsvOptions.of().withHeader(false));
        assertThat(rows.size()).isEqualTo(2);
    }

    @Test
    void raggedRowsAreRefusedWithTheirLine() {
        refused("table.too-many-fields",
                "t.csv, line 4: This line has 3 fields, but line 1 has 2 (fields with a comma between them)",
                "a,b\n1,2\n\n3,4,5\n");
        refused("table.too-few-fields", "t.csv, line 3: This line has 1 field,", "a,b\n1,2\n3\n");
    }

    @Test
    void whatHasNoRowsIsRefused() {
        refused("table.empty", "nothing in it but empty lines", "\n\n  \n".replace(" ", ""));
        refused("table.no-rows", "only one line, and it has the names", "a,b\n");
    }

    @Test
    void namesMustDiffer() {
        refused("table.duplicate-column", "t.csv, line 1, column \"a\": Columns 1 and 3 have the same name",
                "a,b,a\n1,2,3\n");
    }

    @Test
    void aQuoteThatIsNotClosedIsRefused() {
        refused("table.open-quote", "line 2", "a,b\n1,\"x\n2,y\n");
        refused("table.after-quote", "line 2: There is text of a field after its closing quote", "a,b\n1,\"x\"y\n");
    }

    private static void refused(String code, String message, String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(DataException.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageStartingWith("t.csv")
                .hasMessageContaining(message);
    }

    @Test
    void encodingsAreFound() throws IOException {
        String text = "naïve,größe\n1,2\n";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            var table = Table.read(written(text.getBytes(charset)));
            assertThat(table.columns()).containsExactly("naïve", "größe");
            assertThat(table.notes()).hasSize(charset.equals(StandardCharsets.UTF_8) ? 0 : 1);
        }
        assertThat(Table.read(written(("\ufeff" + text).getBytes(StandardCharsets.UTF_8))).columns()).contains("naïve");
        assertThat(Table.read(written(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE))).columns())
                .contains("größe");
        assertThat(Table.read(written(("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE))).notes().getFirst())
                .asString().contains("UTF-16BE");
    }

    @Test
    void filesMayBeCompressed() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Table.read(written(out.toByteArray())).columns()).containsExactly("a", "b");
        byte[] cut = Arrays.copyOf(out.toByteArray(), out.size() - 6);
        refused("text.damaged", "compression breaks off", cut);
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        refused("file.empty", "The file is empty", new byte[0]);
        refused("text.other-format", "Excel workbook", new byte[] {'P', 'K', 3, 4, 20, 0});
        refused("text.other-format", "a PDF document", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
        refused("text.binary", "byte 4 of it is 0x00", new byte[] {'a', ',', 'b', 0, 'c'});
        refused("text.other-format", "a picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'});
        assertThatThrownBy(() -> Table.read(folder)).hasMessageContaining("This is a folder");
        assertThatThrownBy(() -> Table.read(folder.resolve("none.csv"))).hasMessageContaining("There is no such file");
    }

    private void refused(String code, String message, byte[] content) throws IOException {
        Path file = written(content);
        assertThatThrownBy(() -> Table.read(file))
                .isInstanceOfSatisfying(DataException.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    private Path written(byte[] content) throws IOException {
        return Files.write(folder.resolve("file.csv"), content);
    }

    @Test
    void theNearestNameIsOffered() {
        var table = parse("petal length,petal width,species\n1,2,a\n");
        assertThatThrownBy(() -> table.position("Specis"))
                .hasMessage(
                        "t.csv: There is no column \"Specis\". Did you mean \"species\"? The columns are: petal length, petal width, species.");
        assertThatThrownBy(() -> table.position("quality")).hasMessageNotContaining("Did you mean");
    }
}
