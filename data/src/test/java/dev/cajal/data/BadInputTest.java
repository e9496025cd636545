package dev.cajal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.idx.IdxFile;
import dev.cajal.data.image.DigitPicture;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.TableData;
import dev.cajal.data.table.TableOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people hand over by mistake. Each error says the place, what was found there, and what to do.
class BadInputTest {
    private static final String FLOWERS = """
            length,width,species
            5.1,3.5,setosa
            4.9,3.0,setosa
            6.3,3.3,virginica
            5.8,2.7,virginica
            """;

    @TempDir
    private Path folder;

    @Test
    void anEmptyFile() throws IOException {
        Path csv = Files.createFile(folder.resolve("empty.csv"));
        refused(csv, "file.empty", () -> Table.read(csv))
                .hasMessageContaining("The file is empty. Save, copy or download it again.");
        Path idx = Files.createFile(folder.resolve("empty-ubyte.gz"));
        refused(idx, "file.empty", () -> IdxFile.read(idx)).hasMessageContaining("The file is empty.");
        Path picture = Files.createFile(folder.resolve("empty.png"));
        refused(picture, "file.empty", () -> DigitPicture.read(picture)).hasMessageContaining("The file is empty.");
    }

    @Test
    void aCompressedFileWithNothingInIt() throws IOException {
        Path csv = Files.write(folder.resolve("empty.csv.gz"), gzip(new byte[0]));
        refused(csv, "text.unpacked-empty", () -> Table.read(csv)).hasMessageContaining("Unpacked, the file is empty");
        Path idx = Files.write(folder.resolve("empty-ubyte.gz"), gzip(new byte[0]));
        refused(idx, "idx.cut-off", () -> IdxFile.read(idx)).hasMessageContaining("cut off");
    }

    @Test
    void onlyNamesOfColumns() throws IOException {
        Path csv = csv("length,width,species\n");
        refused(csv, "table.no-rows", () -> Table.read(csv)).hasMessageContaining("no rows follow");
    }

    @Test
    void raggedRows() throws IOException {
        Path csv = csv(FLOWERS + "6.0,2.9\n");
        refused(csv, "table.too-few-fields", () -> Table.read(csv))
                .hasMessageStartingWith(csv + ", line 6: This line has 2 fields, but line 1 has 3")
                .hasMessageContaining("Add what is missing; a value that is not known is an empty field.");
        Path longer = csv(FLOWERS + "6,0,2.9,setosa\n");
        refused(longer, "table.too-many-fields", () -> Table.read(longer))
                .hasMessageStartingWith(longer + ", line 6: This line has 4 fields, but line 1 has 3")
                .hasMessageContaining("has to stand in quotes");
    }

    @Test
    void textWhereANumberShouldBe() throws IOException {
        Path csv = csv(FLOWERS.replace("4.9", "four point nine"));
        refused(csv, "table.not-a-number", () -> data(csv, "species"))
                .hasMessageStartingWith(
                        csv + ", line 3, column \"length\": \"four point nine\" is not a number, but 3 of 4 values")
                .hasMessageContaining("Correct it, leave the field empty");
    }

    @Test
    void textWhereTheModelNeedsANumber() throws IOException {
        var trained = data(csv(FLOWERS), "species");
        Path other = Files.writeString(folder.resolve("other.csv"),
                "length,width,species\n5.1,3.5,setosa\n5.0,wide,setosa\n");
        refused(other, "table.column-needs-number",
                () -> TableData.examples(Table.read(other), trained.inputs(),
                        trained.classification().targetEncoding()))
                .hasMessageStartingWith(other + ", line 3: Column \"width\" needs a number, but has \"wide\".");
    }

    @Test
    void missingValuesAmongTheFeaturesAreFilledInAndSaidSo() throws IOException {
        var data = data(csv(FLOWERS.replace("3.0", "").replace("6.3", "NA")), "species");
        assertThat(data.report()).contains("length", "1 missing");
        assertThat(data.inputs().names()).containsExactly("length", "length is missing", "width", "width is missing");
        assertThat(data.classification().size()).isEqualTo(4);
    }

    @Test
    void missingValuesInTheTargetAreLeftOutAndCounted() throws IOException {
        var data = data(csv(FLOWERS + "6.0,2.9,\n"), "species");
        assertThat(data.classification().size()).isEqualTo(4);
        assertThat(data.report()).contains("1 row has no value in column \"species\" and was left out.");
    }

    @Test
    void aMissingLabelWhereThereIsSomethingToCompare() throws IOException {
        var trained = data(csv(FLOWERS), "species");
        Path other = Files.writeString(folder.resolve("other.csv"),
                "length,width,species\n5.1,3.5,setosa\n5.0,3.1,?\n");
        refused(other, "table.no-label",
                () -> TableData.examples(Table.read(other), trained.inputs(),
                        trained.classification().targetEncoding()))
                .hasMessageStartingWith(other + ", line 3, column \"species\": ")
                .hasMessageContaining("Fill it in, or leave this line out.");
    }

    @Test
    void aTargetThatDoesNotExist() throws IOException {
        Path csv = csv(FLOWERS);
        refused(csv, "table.no-column", () -> data(csv, "Speceis"))
                .hasMessageContaining(
                        "There is no column \"Speceis\". Did you mean \"species\"? The columns are: length, width, species.");
        refused(csv, "table.no-column-number", () -> data(csv, "4")).hasMessageContaining("columns 1 to 3");
    }

    @Test
    void onlyOneClass() throws IOException {
        Path csv = csv(FLOWERS.replace("virginica", "setosa"));
        refused(csv, "table.one-class", () -> data(csv, "species"))
                .hasMessageStartingWith(csv + ", column \"species\": All rows belong to one class, \"setosa\"")
                .hasMessageContaining("Rows of at least two classes are needed.");
    }

    @Test
    void aTruncatedIdxFile() throws IOException {
        Path idx = Files.write(folder.resolve("t10k-images-idx3-ubyte"), Arrays.copyOf(idx(10), 16 + 7839));
        refused(idx, "idx.truncated", () -> IdxFile.read(idx))
                .hasMessageContaining("should have 7840 bytes of elements ([10, 28, 28]), but has 7839")
                .hasMessageContaining("Copy or download it again.");
    }

    @Test
    void aCorruptIdxFile() throws IOException {
        byte[] bytes = idx(10);
        bytes[2] = 0x55;
        Path idx = Files.write(folder.resolve("t10k-images-idx3-ubyte"), bytes);
        refused(idx, "idx.type", () -> IdxFile.read(idx)).hasMessageContaining("type 0x55; only unsigned bytes (0x08)");
    }

    @Test
    void aTruncatedGzip() throws IOException {
        byte[] packed = gzip(idx(10));
        Path idx = Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), Arrays.copyOf(packed, packed.length / 2));
        refused(idx, "idx.cut-off", () -> IdxFile.read(idx))
                .hasMessageContaining("cut off. Copy or download it again.");
        byte[] table = gzip(FLOWERS.getBytes(StandardCharsets.UTF_8));
        Path csv = Files.write(folder.resolve("flowers.csv.gz"), Arrays.copyOf(table, table.length - 9));
        refused(csv, "text.damaged", () -> Table.read(csv)).hasMessageContaining("Copy or download it again.");
    }

    @Test
    void aCorruptGzip() throws IOException {
        byte[] packed = gzip(idx(10));
        // the check sum at the end
        packed[packed.length - 6] ^= 1;
        Path idx = Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), packed);
        refused(idx, "idx.corrupt", () -> IdxFile.read(idx)).hasMessageContaining("The file is damaged")
                .hasMessageContaining("Copy or download it again.");
    }

    @Test
    void aFolder() {
        refused(folder, "file.folder", () -> Table.read(folder))
                .hasMessageContaining("This is a folder, but a file is needed.");
        refused(folder, "file.folder", () -> IdxFile.read(folder)).hasMessageContaining("This is a folder");
        refused(folder, "file.folder", () -> DigitPicture.read(folder)).hasMessageContaining("This is a folder");
    }

    @Test
    void aFileThatIsNotThere() {
        Path file = folder.resolve("nothing.csv");
        refused(file, "file.missing", () -> Table.read(file))
                .hasMessageContaining("There is no such file. Check its name and folder");
        refused(file, "file.missing", () -> IdxFile.read(file)).hasMessageContaining("There is no such file.");
        refused(file, "file.missing", () -> DigitPicture.read(file)).hasMessageContaining("There is no such file.");
    }

    private static TableData data(Path csv, String target) {
        return TableData.of(Table.read(csv), TableOptions.of().withTarget(target));
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("flowers.csv"), text);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path file, String code,
            ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(DataException.class, error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.place().orElseThrow().source()).isEqualTo(file.toString());
                })
                .hasMessageStartingWith(file.toString());
    }

    private static byte[] idx(int pictures) {
        var buffer = ByteBuffer.allocate(16 + pictures * 784).putInt(0x803).putInt(pictures).putInt(28).putInt(28);
        while (buffer.hasRemaining()) {
            buffer.put((byte) buffer.position());
        }
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
