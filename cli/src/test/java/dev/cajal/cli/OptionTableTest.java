package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options that would make no difference are refused, with what they are for and what is there.
class OptionTableTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void data() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 40);
        Files.writeString(folder.resolve("book.txt"), "Roses are red,\nviolets shine blue.\n".repeat(60));
        Files.writeString(folder.resolve("reviews.csv"),
                "stars,review\n" + "good,a moving film with fine music\nbad,so dull and so very long\n".repeat(20));
        Files.writeString(folder.resolve("pairs.tsv"), "de\ten\n" + "eins zwei\tone two\ndrei\tthree\n".repeat(20));
        for (String name : new String[] {"a", "b"}) {
            Files.createDirectories(folder.resolve("photos").resolve(name));
            for (int i = 0; i < 4; i++) {
                ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png",
                        folder.resolve("photos").resolve(name).resolve(i + ".png").toFile());
            }
        }
        run("table", "train FLOWERS --epochs 1");
        run("writer", "train BOOK --model gru --layers 4 --epochs 1 --length 16");
        run("translator", "train PAIRS --source de --target en --epochs 1");
        run("coder", "train PHOTOS --model vae --layers 8,2 --epochs 1");
    }

    private static void run(String name, String line) {
        var told = Cli.here(arguments(line + " --out " + folder.resolve(name)));
        assertThat(told.code()).as(told.all()).isZero();
    }

    private static String[] arguments(String line) {
        String all = line;
        for (String name : new String[] {"flowers.csv", "book.txt", "reviews.csv", "pairs.tsv", "photos", "table",
            "writer", "translator", "coder"}) {
            all = all.replace(name.split("\\.")[0].toUpperCase(java.util.Locale.ROOT), folder.resolve(name).toString());
        }
        return all.split(" ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train PHOTOS --target 1            | --target       | a table of texts            | a folder of pictures
            train PHOTOS --header yes          | --header       | a table without texts       | a folder of pictures
            train PHOTOS --text 1              | --text         | a table of texts            | a folder of pictures
            train PHOTOS --source 1 --target 2 | --target       | a table                     | a folder of pictures
            train PHOTOS --tokenizer bpe       | --tokenizer    | a text to be continued      | a folder of pictures
            train PHOTOS --length 9            | --length       | a text to be continued      | a folder of pictures
            train digits --target 1            | --target       | a table                     | a data set by its name
            train digits --length 9            | --length       | a text to be continued      | a data set by its name
            train digits --skip-damaged        | --skip-damaged | a folder of pictures        | a data set by its name
            train FLOWERS --tokenizer bpe      | --tokenizer    | a text to be continued      | a table without texts
            train FLOWERS --length 9           | --length       | a text to be continued      | a table without texts
            train FLOWERS --size 9             | --size         | a folder of pictures        | a table without texts
            train FLOWERS --skip-damaged       | --skip-damaged | a folder of pictures        | a table without texts
            train REVIEWS --target stars --text review --size 9 | --size | a folder of pictures        | a table of texts
            train BOOK --size 9                | --size         | a folder of pictures        | a text to be continued
            train BOOK --skip-damaged          | --skip-damaged | a folder of pictures        | a text to be continued
            train PAIRS --source 1 --target 2 --text 1 | --text | a table of texts            | a table of sentences and translations
            train PAIRS --source 1 --target 2 --size 9 | --size | a folder of pictures        | a table of sentences and translations
            generate WRITER --out a.png        | --out          | an autoencoder              | a model that continues texts
            generate WRITER --count 3          | --count        | an autoencoder              | a model that continues texts
            generate CODER --prompt x          | --prompt       | a model that continues texts | an autoencoder
            generate CODER --length 3          | --length       | a model that continues texts | an autoencoder
            generate CODER --temperature 1     | --temperature  | a model that continues texts | an autoencoder
            generate CODER --top-k 3           | --top-k        | a model that continues texts | an autoencoder
            generate CODER --top-p 0.5         | --top-p        | a model that continues texts | an autoencoder
            generate CODER --beam 3            | --beam         | a model that continues texts | an autoencoder
            predict TABLE FLOWERS --beam 3     | --beam         | a model that translates     | a model that predicts
            predict TABLE FLOWERS --out a.png  | --out          | an autoencoder              | a model that predicts
            predict TRANSLATOR eins --out a.png | --out         | an autoencoder              | a model that translates
            predict TABLE FLOWERS --skip-damaged | --skip-damaged | a folder of pictures      | a file
            evaluate TABLE FLOWERS --beam 3    | --beam         | a model that translates     | a model that predicts
            evaluate CODER digits --skip-damaged | --skip-damaged | a folder of pictures      | a data set by its name
            plan TABLE --runs 3                | --runs         | a plan with --profile       | a plan without --profile
            plan TABLE --warm-up 1             | --warm-up      | a plan with --profile       | a plan without --profile
            """)
    void whatMakesNoDifferenceIsRefused(String line, String option, String about, String there) {
        String out = folder.resolve("out").toString();
        var told = Cli.here(arguments(line.startsWith("train") ? line + " --epochs 1 --out " + out : line));
        assertThat(told.code()).as(told.all()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).contains("Error: " + option + " is for ", about,
                "but this is " + there + ", to which it makes no difference. Leave " + option + " away.");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void inSpanishToo() {
        assertThat(Cli.here(arguments("predict TABLE FLOWERS --beam 3 --lang es")).err())
                .contains("--beam es para un modelo que traduce, pero esto es un modelo que predice");
    }
}
