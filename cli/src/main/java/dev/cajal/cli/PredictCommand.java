package dev.cajal.cli;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.data.image.DigitPicture;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.table.TableInputs;
import dev.cajal.data.table.TableSchema;
import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Prediction;
import dev.cajal.nn.example.Rows;
import dev.cajal.type.Phrase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
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

    @Override
    ExitCode run() {
        RunFolder folder = RunFolder.find(run);
        Model<?, ?> model = Model.load(folder.model());
        Inputs inputs = inputs(model);
        List<? extends Prediction<?>> predictions = model.predict(inputs.rows());
        if (options.json) {
            Map<String, Json> result = new LinkedHashMap<>();
            result.put("schema", Json.of(1));
            result.put("run", Json.of(folder.path().toString()));
            result.put("dataset", Json.of(data));
            List<Json> rows = IntStream.range(0, predictions.size())
                    .mapToObj(i -> json(inputs.file(i), predictions.get(i))).toList();
            result.put("predictions", Json.of(rows));
            console().result(Json.of(result));
        } else {
            for (int i = 0; i < predictions.size(); i++) {
                String line = line(predictions.get(i));
                console().result(inputs.file(i).map(file -> text("predict.file", file, line)).orElse(line));
            }
        }
        return ExitCode.OK;
    }

    /// What is to be predicted.
    ///
    /// @param files of the rows, where each has one of its own; else empty
    private record Inputs(Rows rows, List<Path> files) {
        static Inputs of(Rows rows) {
            return new Inputs(rows, List.of());
        }

        Optional<Path> file(int row) {
            return files.isEmpty() ? Optional.empty() : Optional.of(files.get(row));
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

    /// A picture of a digit, pictures of a folder, a table with or without the column to predict, or a data set's test part.
    private Inputs inputs(Model<?, ?> model) {
        Path file = Arguments.path(data);
        boolean isFile = Files.isRegularFile(file) && !DataArgument.NAMES.contains(data);
        if (isFile && model.inputs() instanceof ImageInputs inputs) {
            return Inputs.of(Examples.encode(inputs, List.of(picture(file, inputs, model))));
        }
        if (isFile && model.inputs() instanceof TableInputs inputs) {
            TableSchema.Fitted fitted = inputs.schema().fit(DataArgument.table(file, DataArgument.Reading.DEFAULT));
            say(fitted.notes());
            return Inputs.of(Examples.encode(inputs, fitted.table().rows()));
        }
        Optional<ImageFolder> folder = DataArgument.folder(data, model.inputs());
        if (folder.isPresent()) {
            ImageFolder.Unlabelled pictures = folder.get().loadUnlabelled();
            say(pictures.findings());
            return new Inputs(pictures.inputs(), pictures.files());
        }
        DataArgument source = DataArgument.load(data, DataArgument.Reading.DEFAULT);
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
