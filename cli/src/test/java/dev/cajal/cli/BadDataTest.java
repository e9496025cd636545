package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that cannot be learned from: the message names the place, what is there, and what is needed; nothing is made.
class BadDataTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                  | last  | The file is empty            | data.csv
            `\\n\\n`                            | last  | nothing in it                | data.csv
            `a,b,c\\n`                          | last  | only one line                | no rows
            `a,b\\n1,2\\n1,2,3\\n4,5\\n`        | last  | data.csv, line 3             | This line has 3 fields, but line 1 has 2
            `a,k\\n1,x\\n2,y\\n3,x\\n4,y\\n`    | knd   | no column                    | columns are: a, k
            `aa,kind\\n1,x\\n2,y\\n3,x\\n`      | knd   | no column                    | Did you mean "kind"?
            `a,k\\n1,x\\n2,y\\n3,x\\n`          | 7     | no column 7                  | columns 1 to 2
            `a,k\\n1,x\\n2,x\\n3,x\\n4,x\\n`    | k     | All rows belong to one class | at least two classes
            `a,y\\n1,2.5\\n2,2.5\\n3,2.5\\n`    | y     | same number                  | nothing to learn
            `k\\nx\\ny\\nx\\n`                  | k     | no column to predict         | only this one
            `a,k\\n1,x\\n2,y\\n`                | k     | 2 rows                       | at least 3 are needed
            `a,k\\n1,"x\\n2,y\\n`               | k     | data.csv                     | quotes
            """)
    void aTableThatIsNoGood(String text, String target, String what, String way) throws IOException {
        Path csv = Files.writeString(folder.resolve("data.csv"), text.replace("\\n", "\n"));
        var told = Cli.here("train", csv.toString(), "--target", target, "--out", folder.resolve("run").toString());
        assertThat(told.code()).as(told.err()).isEqualTo(3);
        assertThat(told.err()).startsWith("Error: ").contains(what).contains(way).doesNotContain("\tat ", "Exception");
        assertThat(told.out()).isEmpty();
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aNumberColumnWithATextInItIsNamedByLine() throws IOException {
        var text = new StringBuilder("size,kind\n");
        for (int i = 0; i < 200; i++) {
            text.append(i == 90 ? "big" : String.valueOf(i * 0.37)).append(i % 2 == 0 ? ",x\n" : ",y\n");
        }
        Path csv = Files.writeString(folder.resolve("data.csv"), text);
        var told = Cli.here("train", csv.toString(), "--epochs", "1", "--out", folder.resolve("run").toString());
        assertThat(told.code()).isEqualTo(3);
        assertThat(told.err()).contains("line 92", "\"size\"", "\"big\"");
    }

    @Test
    void missingValuesAreTold() throws IOException {
        Path csv = TinyData.flowers(folder.resolve("flowers.csv"), 60);
        Files.writeString(csv, "1.5,,rose\n,2.5,tulip\n1,1,\n", StandardOpenOption.APPEND);
        var told = Cli.here("train", csv.toString(), "--epochs", "1", "--out", folder.resolve("run").toString());
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("1 row has no value in column \"kind\"", "missing");
    }

    @Test
    void otherFilesAreNoTables() throws IOException {
        for (var magic : Map
                .of("PK\u0003\u0004", "ZIP", "%PDF-1.7", "PDF", "\u0000\u0001\u0002", "not part of any text")
                .entrySet()) {
            Path file = Files.write(folder.resolve("data.csv"), magic.getKey().getBytes(StandardCharsets.ISO_8859_1));
            var told = Cli.here("train", file.toString());
            assertThat(told.code()).isEqualTo(3);
            assertThat(told.err()).contains("not a file of text", magic.getValue());
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write("a,b\n1,2\n3,4\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        Path cut = Files.write(folder.resolve("data.csv.gz"), Arrays.copyOf(bytes.toByteArray(), 30));
        var told = Cli.here("train", cut.toString());
        assertThat(told.code()).isEqualTo(3);
        assertThat(told.err()).contains("damaged", "again");
    }

    @Test
    void dataOfAnotherModelIsRefused() throws IOException {
        Path flowers = TinyData.flowers(folder.resolve("flowers.csv"), 60);
        Path prices = TinyData.prices(folder.resolve("prices.csv"), 60);
        String run = folder.resolve("run").toString();
        assertThat(Cli.here("train", flowers.toString(), "--epochs", "1", "--out", run).code()).isZero();
        for (String command : new String[] {"predict", "evaluate"}) {
            var told = Cli.here(command, run, prices.toString());
            assertThat(told.code()).as(told.all()).isEqualTo(3);
            assertThat(told.err()).contains("The model needs the columns \"length\", \"width\"");
        }
        Path other = Files.writeString(folder.resolve("other.csv"), "length,width,kind\n1,2,daisy\n");
        assertThat(Cli.here("evaluate", run, other.toString()).err()).contains("line 2", "daisy", "rose, tulip");
        Path without = Files.writeString(folder.resolve("without.csv"), "length,width\n1,2\n");
        assertThat(Cli.here("evaluate", run, without.toString()).err()).contains("\"kind\"", "nothing to compare");
        assertThat(Cli.here("predict", run, without.toString()).code()).isZero();
    }

    @Test
    void aDataSetThatIsDamagedIsNamedByFile() throws Exception {
        Path data = TinyData.mnist(folder.resolve("data"), 40, 20);
        Path images = data.resolve("mnist/train-images-idx3-ubyte");
        byte[] whole = Files.readAllBytes(images);
        var cli = Cli.in(folder).with("CAJAL_DATA", data.toString());

        Files.write(images, Arrays.copyOf(whole, whole.length / 2));
        var cut = cli.run("train", "mnist");
        assertThat(cut.code()).isEqualTo(3);
        assertThat(cut.err()).contains(images.toString(), "cut off", "again").doesNotContain("\tat ");

        byte[] wrong = whole.clone();
        wrong[2] = 0x0d;
        Files.write(images, wrong);
        assertThat(cli.run("train", "mnist").err()).contains(images.toString(), "0x0d", "unsigned bytes");

        Files.write(images, whole);
        Files.write(data.resolve("mnist/t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 11});
        assertThat(cli.run("train", "mnist").err()).contains("t10k");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
