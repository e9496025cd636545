package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.zoo.ModelInput;
import dev.cajal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Train, evaluate and predict with tables, as a person would, inside of this process.
class TrainTest {
    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Cli.Result train(String data, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", file(data), "--out", file("run")));
        arguments.addAll(List.of(more));
        return Cli.here(arguments.toArray(String[]::new));
    }

    @Test
    void classesAreLearnedMeasuredAndPredicted() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 200);
        var trained = train("flowers.csv", "--epochs", "20", "--layers", "16",
                "--learning-rate", "0.02");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).isEmpty();
        assertThat(trained.err()).contains("200 rows, 3 columns", "to predict: 2 classes: ", "rose", "Training mlp",
                "Epoch 1/20", "Epoch 20/20", "Test accuracy: ", "Saved in ").doesNotContain("\u001b", "\r");

        var measured = Json.parse(Cli.here("evaluate", file("run"), file("flowers.csv"), "--json").out());
        assertThat(measured.asMap().keySet()).containsExactly("schema", "run", "dataset", "examples", "test_loss",
                "test_accuracy");
        assertThat(measured.get("examples").asLong()).isEqualTo(200);
        assertThat(measured.get("test_accuracy").asDouble()).isGreaterThan(0.9);

        Files.writeString(folder.resolve("new.csv"), "width,length\n1,3.5\n3.5,1\n");
        var predicted = Cli.here("predict", file("run"), file("new.csv"));
        assertThat(predicted.out().lines().map(line -> line.split("\t")[0])).containsExactly("rose", "tulip");
        var json = Json.parse(Cli.here("predict", file("run/model.cajal"), file("new.csv"), "--json").out());
        assertThat(json.get("predictions").asList().getFirst().get("label").asText()).isEqualTo("rose");
        assertThat(json.get("predictions").asList().getFirst().get("probability").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void numbersAreLearnedMeasuredAndPredicted() throws IOException {
        TinyData.prices(folder.resolve("prices.csv"), 200);
        var trained = train("prices.csv", "--model", "softmax", "--epochs", "60", "--learning-rate", "0.05", "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        var result = Json.parse(trained.out());
        assertThat(result.asMap().keySet()).containsExactly("schema", "model", "dataset", "parameters", "epochs",
                "train_loss", "test_loss", "test_rmse", "seconds", "run");
        assertThat(result.get("parameters").asLong()).isEqualTo(3);
        assertThat(result.get("test_rmse").asDouble()).isLessThan(0.1);

        Files.writeString(folder.resolve("new.csv"), "a,b\n1,1\n");
        var predicted = Cli.here("predict", file("run"), file("new.csv"));
        assertThat(Double.parseDouble(predicted.out().strip())).as(predicted.out()).isEqualTo(2, within(0.2));
        var json = Json.parse(Cli.here("predict", file("run"), file("new.csv"), "--json").out());
        assertThat(json.get("predictions").asList().getFirst().asMap().keySet()).containsExactly("value");
        assertThat(Cli.here("evaluate", file("run"), file("prices.csv")).out()).contains("rmse", "mae", "r2");
    }

    @Test
    void theResultForMachinesIsOneObjectInAnyLanguage() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 100);
        var trained = train("flowers.csv", "--epochs", "2", "--layers", "4", "--json", "--lang", "es");
        assertThat(trained.out().lines()).hasSize(1);
        var result = Json.parse(trained.out());
        assertThat(result.asMap().keySet()).containsExactly("schema", "model", "dataset", "parameters", "epochs",
                "train_loss", "test_loss", "test_accuracy", "seconds", "run");
        assertThat(result.get("schema").asLong()).isEqualTo(1);
        assertThat(result.get("model").asText()).isEqualTo("mlp");
        assertThat(result.get("dataset").asText()).isEqualTo("flowers.csv");
        assertThat(result.get("parameters").asLong()).isEqualTo(2 * 4 + 4 + 4 * 2 + 2);
        assertThat(result.get("epochs").asLong()).isEqualTo(2);
        assertThat(result.get("run").asText()).isEqualTo(file("run"));
        assertThat(trained.err()).contains("Entrenando", "Época 1/2");
        assertThat(Json.parse(Files.readString(folder.resolve("run/result.json")))).isEqualTo(result);
    }

    @Test
    void productsOfBf16WhereTheProcessorHasThem() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 200);
        var trained = train("flowers.csv", "--epochs", "20", "--precision", "bf16", "--json");
        var result = Json.parse(trained.out());
        if (trained.code() == ExitCode.RESOURCES.number()) {
            assertThat(result.get("error").get("code").asText()).isEqualTo("cpu.bf16");
            assertThat(result.get("error").get("hint").asText()).isEqualTo("Leave --precision away.");
            assertThat(folder.resolve("run")).doesNotExist();
            return;
        }
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(result.get("test_accuracy").asDouble()).isGreaterThan(0.8);
        assertThat(Files.readString(folder.resolve("run/run.json"))).contains("\"bf16\"");
        var other = Cli.here("train", "--resume", "--out", file("run"), "--precision", "f32");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(other.err()).contains("--precision 'bf16', not 'f32'");
        assertThat(Cli.here("evaluate", file("run"), file("flowers.csv")).code()).isZero();
    }

    @Test
    void aGoalEndsTrainingEarly() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 200);
        var trained = train("flowers.csv", "--epochs", "500", "--goal", "accuracy=0.9", "--json");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("Goal reached: accuracy");
        assertThat(Json.parse(trained.out()).get("epochs").asLong()).isBetween(1L, 100L);

        Path model = folder.resolve("run/model.cajal");
        byte[] before = Files.readAllBytes(model);
        Files.delete(model);
        var again = Cli.here("train", "--resume", "--out", file("run"));
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(model).as("a run that reached its goal does not train on").hasBinaryContent(before);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            yes, kind, rose
            yes, 3,    rose
            yes, last, rose
            no,  3,    rose
            no,  last, rose
            """)
    void theTargetIsNamedCountedOrLast(String header, String target, String label) throws IOException {
        Path csv = TinyData.flowers(folder.resolve("flowers.csv"), 100);
        if (header.equals("no")) {
            Files.write(csv, Files.readAllLines(csv).subList(1, 101));
        }
        var trained = train("flowers.csv", "--epochs", "1", "--header", header, "--target", target);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("100 rows", "to predict: 2 classes: ", label);
    }

    @Test
    void aHeaderThatIsDeniedIsARow() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 100);
        var told = train("flowers.csv", "--epochs", "1", "--header", "no");
        assertThat(told.code()).isEqualTo(3);
        assertThat(told.err()).contains("line 1, column", "\"length\" is not a number");
    }

    /// Whose folder says so of each model.
    @Test
    void aRunOfBeforeGoesOnWithoutTheActivationThatItNeverHad() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 100);
        assertThat(train("flowers.csv", "--model", "softmax", "--epochs", "1").code()).isZero();
        Path start = folder.resolve("run/run.json");
        String now = Files.readString(start);
        assertThat(now).contains("\"--model\"").doesNotContain("--activation");
        Files.writeString(start, now.replace("\"--model\"", "\"--activation\": \"relu\", \"--model\""));
        var on = train("flowers.csv", "--resume", "--epochs", "2");
        assertThat(on.code()).as(on.err()).isZero();
        assertThat(on.err()).contains("Epoch 2/2");
    }

    @Test
    void aRunGoesOnAsItBegan() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 100);
        assertThat(train("flowers.csv", "--epochs", "2", "--layers", "6").code()).isZero();
        var other = train("flowers.csv", "--resume", "--layers", "7");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("--layers '6', not '7'", "goes on as it began");

        var same = train("flowers.csv", "--resume", "--layers", "6", "--epochs", "4", "--json");
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.err()).contains("Going on with epoch 3", "Epoch 4/4").doesNotContain("Epoch 2/");
        assertThat(Json.parse(same.out()).get("epochs").asLong()).isEqualTo(4);

        assertThat(train("flowers.csv", "--resume", "--activation", "relu", "--epochs", "5").code()).isZero();

        Files.writeString(folder.resolve("flowers.csv"), "1,2,rose\n", StandardOpenOption.APPEND);
        var changed = Cli.here("train", "--resume", "--out", file("run"));
        assertThat(changed.code()).isEqualTo(3);
        assertThat(changed.err()).contains("flowers.csv is not what it was");
    }

    @Test
    void anUnfinishedRunSaysHowToFinishIt() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 100);
        train("flowers.csv", "--epochs", "1");
        Files.delete(folder.resolve("run/model.cajal"));
        var told = Cli.here("evaluate", file("run"), file("flowers.csv"));
        assertThat(told.code()).isEqualTo(4);
        assertThat(told.err()).contains("has not finished", "cajal train --resume --out " + file("run"));
        assertThat(Cli.here("evaluate", file("run/snapshot.cajal"), file("flowers.csv")).code()).isZero();
    }

    @Test
    void allOptimizersAndModelsWork() throws IOException {
        TinyData.flowers(folder.resolve("flowers.csv"), 40);
        for (String optimizer : Settings.optimizerNames()) {
            var told = Cli.here("train", file("flowers.csv"), "--epochs", "1", "--layers", "3", "--optimizer",
                    optimizer,
                    "--out", file(optimizer));
            assertThat(told.code()).as(told.err()).isZero();
        }
        for (String model : Zoo.names()) {
            var told = Cli.here("train", file("flowers.csv"), "--epochs", "1", "--model", model, "--out", file(model));
            if (Zoo.input(model) == ModelInput.NUMBERS) {
                assertThat(told.code()).as(told.err()).isZero();
                continue;
            }
            assertThat(told.code()).as(model + told.out()).isEqualTo(2);
            assertThat(told.err()).contains("'" + model + "' is for " + switch (Zoo.input(model)) {
                case PICTURES -> "pictures of at least";
                case TEXTS, SENTENCES, PAIRS -> "texts";
                case NUMBERS -> "rows";
            }, "such as 'mlp'");
        }
    }

    /// Each model that is not large, once, with what it is for; pictures and texts of one length do as well as real ones.
    @ParameterizedTest
    @ValueSource(strings = {"lenet1989", "lenet", "resnet", "convnext", "vit", "rnn", "lstm", "gru", "gpt", "text-cnn",
        "bag", "bilstm", "bert-tiny", "transformer-small"})
    void modelsOfPicturesAndTextsAreTrained(String model) throws IOException {
        List<String> more = switch (Zoo.input(model)) {
            case PICTURES -> {
                TinyData.squares(folder.resolve("data"), 20, 16);
                yield List.of();
            }
            case TEXTS -> {
                Files.writeString(folder.resolve("data.txt"), "Roses are red,\nviolets shine blue.\n".repeat(30));
                yield List.of("--length", "8");
            }
            case SENTENCES -> {
                Files.writeString(folder.resolve("data.csv"), "stars,review\n" + ("good,a fine film with a plot\n"
                        + "bad,dull and so long that cats sleep\n").repeat(20));
                yield List.of("--target", "stars", "--text", "review");
            }
            case PAIRS -> {
                Files.writeString(folder.resolve("data.csv"), "de,en\n" + "eins zwei,one two\ndrei,three\n".repeat(20));
                yield List.of("--source", "de", "--target", "en");
            }
            case NUMBERS -> throw new AssertionError(model);
        };
        String data = switch (Zoo.input(model)) {
            case PICTURES -> "data";
            case TEXTS -> "data.txt";
            case SENTENCES, PAIRS, NUMBERS -> "data.csv";
        };
        List<String> arguments = new ArrayList<>(List.of("--model", model, "--epochs", "1"));
        arguments.addAll(more);
        var told = train(data, arguments.toArray(String[]::new));
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.err()).contains("Training " + model, "Epoch 1/1");
        assertThat(Cli.here("summary", file("run")).code()).isZero();
    }
}
