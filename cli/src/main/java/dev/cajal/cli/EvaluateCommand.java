package dev.cajal.cli;

import dev.cajal.data.table.Table;
import dev.cajal.data.table.TableData;
import dev.cajal.data.table.TableEncoding;
import dev.cajal.nn.Evaluation;
import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Reconstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cajal evaluate RUN DATA`.
@Command(name = "evaluate")
final class EvaluateCommand extends Task {
    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Parameters(index = "1", paramLabel = "DATA", descriptionKey = "argument.data")
    private String data = "";

    @Override
    ExitCode run() {
        RunFolder folder = RunFolder.find(run);
        Model<?, ?> model = Model.load(folder.model());
        DataArgument source = source(data, model);
        source.notes().forEach(note -> console().say(language().text(note)));
        Examples<?, ?> labelled = source.test().orElseGet(source::train);
        Examples<?, ?> examples = model.targets() instanceof Reconstruction<?> ? labelled.reconstructing() : labelled;
        Evaluation evaluation = evaluate(model, examples);
        Map<String, Json> result = new LinkedHashMap<>();
        result.put("schema", Json.of(1));
        result.put("run", Json.of(folder.path().toString()));
        result.put("dataset", Json.of(source.name()));
        result.put("examples", Json.of((long) evaluation.examples()));
        evaluation.metrics().forEach((name, value) -> result.put("test_" + name, Json.of(value)));
        if (options.json) {
            console().result(Json.of(result));
        } else {
            console().result(text("evaluate.examples", evaluation.examples(), source.name()));
            evaluation.metrics().forEach((name, value) -> console().result(text("evaluate.metric", name, value)));
        }
        return ExitCode.OK;
    }

    /// A table is encoded as the model's own was, all of its rows; a data set by its name has a test part.
    private static DataArgument source(String data, Model<?, ?> model) {
        Path file = Arguments.path(data);
        if (model.inputs() instanceof TableEncoding inputs && Files.isRegularFile(file)
                && !DataArgument.NAMES.contains(data)) {
            Table table = DataArgument.table(file, DataArgument.Reading.DEFAULT);
            Examples<?, ?> examples = model.targets() instanceof Reconstruction<?>
                    ? TableData.reconstructing(table, inputs)
                    : TableData.examples(table, inputs, model.targets());
            return new DataArgument(file.getFileName().toString(), examples, Optional.empty(),
                    inputs.schema().fit(table).notes());
        }
        return DataArgument.pictures(data, model).or(() -> DataArgument.text(data, model.inputs()))
                .orElseGet(() -> DataArgument.load(data, DataArgument.Reading.DEFAULT));
    }

    /// A model from a file has lost the types of its inputs and labels; what does not fit is found by the encodings.
    @SuppressWarnings("unchecked")
    static <X, L> Evaluation evaluate(Model<X, L> model, Examples<?, ?> examples) {
        return model.evaluate((Examples<X, L>) examples);
    }
}
