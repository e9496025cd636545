package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.checkpoint.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Command lines that make no sense: what is wrong, what would be right, exit code 2, and nothing happens.
class MistakesTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void data() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 40);
        TinyData.prices(folder.resolve("prices.csv"), 40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trian digits                            | 'trian'               | Did you mean 'train'?
            trin                                    | 'trin'                | Did you mean 'train'?
            evalute latest mnist                    | 'evalute'             | Did you mean 'evaluate'?
            wibble                                  | 'wibble'              | train, evaluate, predict
            train                                   | DATA                  | is missing
            evaluate                                | RUN                   | is missing
            predict latest                          | DATA                  | is missing
            train a.csv b.csv                       | 'b.csv'               | one argument too many
            train FLOWERS --epocs 3                 | '--epocs'             | Did you mean '--epochs'?
            train FLOWERS --mdel=mlp                | '--mdel'              | Did you mean '--model'?
            train FLOWERS --epochs                  | --epochs              | needs a value
            train FLOWERS --epochs 3 --epochs 4     | --epochs              | twice
            train FLOWERS --model mpl               | --model cannot be 'mpl' | Did you mean 'mlp'?
            train FLOWERS --model softmx            | mlp, softmax, 3b1b    | Did you mean 'softmax'?
            train FLOWERS --optimizer adm           | --optimizer           | Did you mean 'adam'?
            train FLOWERS --optimizer wibble        | sgd, momentum         | adamw
            train FLOWERS --activation rleu         | --activation          | Did you mean 'relu'?
            train FLOWERS --header maybe            | 'maybe'               | yes, no
            train FLOWERS --precision f16           | --precision           | Did you mean 'bf16'?
            train FLOWERS --precision double        | 'double'              | f32, bf16
            train FLOWERS --epochs 0                | --epochs              | from 1 to
            train FLOWERS --epochs 1.5              | --epochs              | whole number
            train FLOWERS --epochs -3               | '-3'                  | from 1 to
            train FLOWERS --epochs 99999999999      | '99999999999'         | from 1 to
            train FLOWERS --batch -1                | --batch               | '-1'
            train FLOWERS --batch 0                 | --batch               | '0'
            train FLOWERS --layers 0                | --layers              | '0'
            train FLOWERS --layers 8,,8             | --layers              | ''
            train FLOWERS --layers 8,x              | --layers              | 'x'
            train FLOWERS --learning-rate nan       | --learning-rate       | 'nan'
            train FLOWERS --learning-rate 0         | --learning-rate       | above 0
            train FLOWERS --learning-rate -1        | --learning-rate       | above 0
            train FLOWERS --learning-rate 0,1       | '0,1'                 | with a point
            train FLOWERS --learning-rate Infinity  | 'Infinity'            | above 0
            train FLOWERS --seed x                  | --seed                | 'x'
            train FLOWERS --threads 0               | --threads             | from 1 to
            train FLOWERS --threads many            | --threads             | 'many'
            train FLOWERS --goal accuracy=2         | --goal                | 98 % is accuracy=0.98
            train FLOWERS --goal accuracy           | --goal                | such as accuracy=0.98
            train FLOWERS --goal accuracy=high      | --goal                | such as accuracy=0.98
            train FLOWERS --goal acuracy=0.9        | 'acuracy'             | Did you mean 'accuracy'?
            train PRICES --goal accuracy=0.9        | Numbers are to be predicted | loss=
            train FLOWERS --lang fr                 | --lang                | en, es
            --lang fr train FLOWERS                 | --lang                | en, es
            """)
    void aMistakeIsExplained(String line, String what, String way) throws IOException {
        String[] arguments = arguments(line + " --out OUT");
        if (!line.startsWith("train") || line.equals("train a.csv b.csv")) {
            arguments = arguments(line);
        }
        var told = Cli.here(arguments);
        assertThat(told.code()).as(told.all()).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).startsWith(line.contains("PRICES") ? "" : "Error: ").contains(what).contains(way)
                .contains("--help'").doesNotContain("\tat ", "Exception");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void anActivationThatAModelCannotHaveIsRefused() throws IOException {
        var told = Cli.here(arguments("train FLOWERS --model softmax --activation relu --out OUT"));
        assertThat(told.code()).isEqualTo(2);
        assertThat(told.err()).contains("activations of the model 'softmax' are its own", "Relu", "mlp, lenet");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private static String[] arguments(String line) {
        return line.replace("FLOWERS", folder.resolve("flowers.csv").toString())
                .replace("PRICES", folder.resolve("prices.csv").toString())
                .replace("OUT", folder.resolve("out").toString())
                .split(" ");
    }

    @Test
    void dataThatIsNotThereHasANeighbour() {
        var name = Cli.here("train", "digit");
        assertThat(name.code()).isEqualTo(3);
        assertThat(name.err()).contains("'digit'", "Did you mean 'digits'?", "digits, mnist, fashion-mnist");
        assertThat(Cli.here("train", "fashon-mnist").err()).contains("Did you mean 'fashion-mnist'?");
        String wrong = folder.resolve("flower.csv").toString();
        assertThat(Cli.here("train", wrong).err()).contains(
                "Did you mean '" + folder.resolve("flowers.csv") + "'?");
        assertThat(Cli.here("train", "./digits").code()).as("a path, not the data set").isEqualTo(3);
        assertThat(Cli.here("train", folder.toString()).err()).contains("There are no pictures in folders here");
    }

    @Test
    void forMachinesAnErrorIsAnObject() {
        for (String line : new String[] {"train FLOWERS --model mpl --json", "train --json", "trian --json",
            "train nothing.csv --json", "predict nowhere FLOWERS --json", "train FLOWERS --wibble --json"}) {
            var told = Cli.here(arguments(line));
            assertThat(told.code()).isNotZero();
            assertThat(told.out().lines()).as(line).hasSize(1);
            var error = Json.parse(told.out()).get("error");
            assertThat(error.asMap().keySet()).containsExactly("code", "message", "hint");
            assertThat(error.get("message").asText()).isNotBlank();
        }
        assertThat(Json.parse(Cli.here(arguments("train FLOWERS --model mpl --json --lang es")).out()).get("error")
                .get("message").asText()).as("never localised").startsWith("--model cannot be");
    }

    @Test
    void inSpanishToo() {
        assertThat(Cli.here(arguments("train FLOWERS --epochs 0 --lang es")).err())
                .contains("tiene que ser un número entero", "Vea 'cajal train --help'");
        assertThat(Cli.here("trian", "--lang", "es").err()).contains("¿Quiso decir 'train'?");
        assertThat(Cli.here("train", "--lang=es").err()).contains("Falta el argumento DATA");
    }

    @Test
    void aStackTraceComesOnlyWhenAskedFor() {
        assertThat(Cli.here("train", "nothing.csv").err()).doesNotContain("\tat ");
        assertThat(Cli.here("train", "nothing.csv", "--debug").err()).contains("\tat dev.cajal");
    }

    @Test
    void aRunIsNeverOverwritten() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Files.writeString(taken.resolve("thesis.txt"), "years of work");
        var told = Cli.here(arguments("train FLOWERS --epochs 1 --out " + taken));
        assertThat(told.code()).isEqualTo(2);
        assertThat(told.err()).contains(taken.toString(), "not empty", "--resume --out");
        assertThat(taken.toFile().list()).containsExactly("thesis.txt");
        Path file = folder.resolve("flowers.csv");
        assertThat(Cli.here(arguments("train FLOWERS --epochs 1 --out " + file)).code()).isEqualTo(2);
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void aRunThatIsNotThereCannotGoOn() {
        assertThat(Cli.here("train", "--resume", "--out", folder.resolve("no").toString()).err())
                .contains("no run in");
        assertThat(Cli.here("evaluate", folder.resolve("no").toString(), "digits").err())
                .contains("There is no model in", "latest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"schema\": 1}", "{\"options\": 3}", "{\"options\": {\"data\": 7}}"})
    void aRunWhoseStartWasChangedByHandCannotGoOn(String start) throws IOException {
        Path run = Files.createDirectories(folder.resolve("changed"));
        Files.writeString(run.resolve("run.json"), start);
        var told = Cli.here("train", "--resume", "--out", run.toString());
        assertThat(told.code()).as(told.err()).isEqualTo(4);
        assertThat(told.err()).startsWith("Error: ").contains("run.json: ").doesNotContain("\tat ");
    }
}
