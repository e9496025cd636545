package dev.cajal.cli;

import dev.cajal.data.image.DigitPicture;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.TableInputs;
import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Prediction;
import dev.cajal.nn.example.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cajal predict RUN DATA`.
@Command(name = "predict")
final class PredictCommand extends Task {
    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Parameters(index = "1", paramLabel = "DATA", descriptionKey = "argument.data")
    private String data = "";

    @Override
    ExitCode run() {
        Model<?, ?> model = Model.load(RunFolder.find(run).model());
        List<Json> rows = new ArrayList<>();
        for (Prediction<?> prediction : model.predict(inputs(model))) {
            if (options.json) {
                Map<String, Json> row = new LinkedHashMap<>();
                row.put("label", Json.of(String.valueOf(prediction.label())));
                row.put("probability", Json.of(prediction.probability()));
                rows.add(Json.of(row));
            } else {
                console().result(text("predict.line", prediction.label(), 100 * prediction.probability()));
            }
        }
        if (options.json) {
            console().result(Json.of(Map.of("predictions", Json.of(rows))));
        }
        return ExitCode.OK;
    }

    /// A picture of a digit, a table with or without the column to predict, or a data set's test part.
    private Rows inputs(Model<?, ?> model) {
        Path file = Path.of(data);
        if (Files.isRegularFile(file) && model.inputs() instanceof ImageInputs inputs) {
            return Examples.encode(inputs, List.of(DigitPicture.read(file)));
        }
        if (Files.isRegularFile(file) && model.inputs() instanceof TableInputs inputs) {
            Table table = inputs.schema().fit(DataArgument.table(file, DataArgument.Reading.DEFAULT)).table();
            return Examples.encode(inputs, table.rows());
        }
        DataArgument source = DataArgument.load(data, DataArgument.Reading.DEFAULT);
        return source.test().map(Examples::inputs).orElseGet(() -> source.train().inputs());
    }
}
