package dev.cajal.cli;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.data.image.DigitPicture;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.table.TableEncoding;
import dev.cajal.data.table.TableSchema;
import dev.cajal.data.table.TableTexts;
import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Prediction;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.generate.Beam;
import dev.cajal.type.Phrase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cajal predict RUN DATA`.
@Command(name = "predict")
final class PredictCommand extends Task {
    private static final List<String> DIGITS = IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    private static final ImageInputs DIGIT = new ImageInputs(28, 28, 1);

    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Parameters(index = "1", paramLabel = "DATA", descriptionKey = "argument.data-or-picture")
    private String data = "";

    @Option(names = Translations.BEAM, paramLabel = "N", descriptionKey = "option.beam")
    private @Nullable String beam;

    @Option(names = "--out", paramLabel = "FILE.png", descriptionKey = "option.out-of-reconstructions")
    private @Nullable String out;

    @Option(names = TrainOptions.SKIP_DAMAGED, descriptionKey = "option.skip-damaged-here")
    private boolean skipDamaged;

    @Override
    ExitCode run() {
        Beam width = Translations.beam(beam);
        Path picture = out == null ? null : Arguments.output("--out", out, ".png");
        RunFolder folder = RunFolder.find(run);
        Model<?, ?> model = Model.load(folder.model());
        Kind.requireOptions(model, data, given());
        if (model.inputs() instanceof SentencePairs) {
            translate(folder, model, width);
            return ExitCode.OK;
        }
        Inputs inputs = inputs(model);
        if (model.targets() instanceof Reconstruction<?>) {
            reconstruct(folder, model, inputs, picture);
        } else {
            predict(folder, model, inputs);
        }
        // One that is damaged is no reason to leave the others, but whoever did not expect it hears of it.
        return inputs.damaged().isEmpty() || skipDamaged ? ExitCode.OK : ExitCode.DATA;
    }

    private void predict(RunFolder folder, Model<?, ?> model, Inputs inputs) {
        List<? extends Prediction<?>> predictions = model.predict(inputs.rows(), progress("progress.predicting")::show);
        if (options.json) {
            show(folder, inputs.damaged(), IntStream.range(0, predictions.size())
                    .mapToObj(i -> json(inputs.file(i), predictions.get(i))).toList());
        } else {
            print(inputs, predictions.stream().map(this::line).toList());
        }
    }

    private void translate(RunFolder folder, Model<?, ?> model, Beam width) {
        Translations translations = Translations.of(model, data, width, progress("progress.translating"));
        if (options.json) {
            show(folder, List.of(), IntStream.range(0, translations.sources().size())
                    .mapToObj(i -> Json.of(Map.of(
                            "source", Json.of(translations.sources().get(i)),
                            "translation", Json.of(translations.targets().get(i)))))
                    .toList());
        } else {
            translations.targets().forEach(console()::result);
        }
    }

    /// How far each input is from what comes back, and the pictures if they are wanted.
    private void reconstruct(RunFolder folder, Model<?, ?> model, Inputs inputs, @Nullable Path picture) {
        Reconstructed reconstructed = Reconstructed.of(model, inputs.rows(), progress("progress.predicting"));
        if (picture != null) {
            reconstructed.draw(picture, model);
            console().say(text("predict.drawn", picture));
        }
        List<Double> errors = reconstructed.squaredErrors();
        if (options.json) {
            show(folder, inputs.damaged(),
                    IntStream.range(0, errors.size()).mapToObj(i -> json(inputs.file(i), errors.get(i))).toList());
        } else {
            print(inputs, errors.stream().map(error -> text("predict.number", error)).toList());
        }
    }

    private static Json json(Optional<Path> file, double squaredError) {
        Map<String, Json> row = new LinkedHashMap<>();
        file.ifPresent(path -> row.put("file", Json.of(path.toString())));
        row.put("squared_error", Json.of(squaredError));
        return Json.of(row);
    }

    private void show(RunFolder folder, List<Path> damaged, List<Json> predictions) {
        Map<String, Json> result = new LinkedHashMap<>();
        result.put("schema", Json.of(1));
        result.put("run", Json.of(folder.path().toString()));
        result.put("dataset", Json.of(data));
        result.put("predictions", Json.of(predictions));
        if (!damaged.isEmpty()) {
            result.put("damaged", Json.of(damaged.stream().map(file -> Json.of(file.toString())).toList()));
        }
        console().result(Json.of(result));
    }

    /// What is to be predicted.
    ///
    /// @param files of the rows, where each has one of its own; else empty
    /// @param damaged files that cannot be read
    private record Inputs(Rows rows, List<Path> files, List<Path> damaged) {
        static Inputs of(Rows rows) {
            return new Inputs(rows, List.of(), List.of());
        }

        Optional<Path> file(int row) {
            return files.isEmpty() ? Optional.empty() : Optional.of(files.get(row));
        }
    }

    /// A line for each input, behind the name of its file where it has one.
    private void print(Inputs inputs, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            console().result(inputs.file(i).map(file -> text("predict.file", file, line)).orElse(line));
        }
    }

    private static Json json(Optional<Path> file, Prediction<?> prediction) {
        Map<String, Json> row = new LinkedHashMap<>();
        file.ifPresent(path -> row.put("file", Json.of(path.toString())));
        if (prediction.label() instanceof Double number) {
            row.put("value", Json.of(number));
        } else {
            row.put("label", Json.of(String.valueOf(prediction.label())));
            row.put("probability", Json.of(prediction.probability()));
        }
        return Json.of(row);
    }

    private String line(Prediction<?> prediction) {
        return prediction.label() instanceof Double number
                ? text("predict.number", number)
                : text("predict.line", prediction.label(), 100 * prediction.probability());
    }

    /// A picture of a digit, pictures of a folder, a text, a table with or without the column to predict, or a data set's test part.
    private Inputs inputs(Model<?, ?> model) {
        Optional<Rows> sentences = model.inputs() instanceof TableTexts inputs
                ? Sentences.of(data).map(texts -> Examples.encode(inputs, texts.stream().map(inputs::row).toList()))
                : Optional.empty();
        return sentences.map(Inputs::of).orElseGet(() -> examples(model));
    }

    private Inputs examples(Model<?, ?> model) {
        Path file = Arguments.path(data);
        boolean isFile = Files.isRegularFile(file) && !DataArgument.NAMES.contains(data);
        if (isFile && model.inputs() instanceof ImageInputs inputs) {
            return Inputs.of(Examples.encode(inputs, List.of(picture(file, inputs, model))));
        }
        if (isFile && model.inputs() instanceof TableEncoding inputs) {
            TableSchema.Fitted fitted = inputs.schema().fit(DataArgument.table(file, DataArgument.Reading.DEFAULT));
            say(fitted.notes());
            return Inputs.of(inputs.encode(fitted.table()));
        }
        Optional<ImageFolder> folder = DataArgument.folder(data, model.inputs(), loading());
        if (folder.isPresent()) {
            ImageFolder.Unlabelled pictures = folder.get().skippingDamaged().loadUnlabelled();
            say(pictures.findings());
            return new Inputs(pictures.inputs(), pictures.files(), pictures.damaged());
        }
        DataArgument source = DataArgument.load(data, DataArgument.Reading.ofMeasured(data, model.inputs(), false),
                loading());
        return Inputs.of(source.test().orElse(source.train()).inputs());
    }

    private void say(List<Phrase> notes) {
        notes.forEach(note -> console().say(language().text(note)));
    }

    /// For a model of digits a photo becomes a digit as MNIST has it, for other models a picture is scaled to the model's size.
    private static Image picture(Path file, ImageInputs inputs, Model<?, ?> model) {
        boolean digits = model.targets() instanceof ClassTargets<?>(var classes)
                && classes.stream().map(String::valueOf).toList().equals(DIGITS)
                && inputs.equals(DIGIT);
        return digits ? DigitPicture.read(file) : inputs.read(file);
    }
}
