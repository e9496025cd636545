package dev.cajal.cli;

import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Prediction;
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
        DataArgument source = DataArgument.load(data);
        Examples<?, ?> examples = source.test().isPresent() ? source.test().get() : source.train();
        List<Json> rows = new ArrayList<>();
        for (Prediction<?> prediction : model.predict(examples.inputs())) {
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
}
