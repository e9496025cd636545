package dev.cajal.cli;

import dev.cajal.data.table.Table;
import dev.cajal.data.table.TableData;
import dev.cajal.data.table.TableEncoding;
import dev.cajal.nn.Evaluation;
import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.generate.Beam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cajal evaluate RUN DATA`.
@Command(name = "evaluate")
final class EvaluateCommand extends Task {
    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Parameters(index = "1", paramLabel = "DATA", descriptionKey = "argument.data")
    private String data = "";

    @Option(names = Translations.BEAM, paramLabel = "N", descriptionKey = "option.beam")
    private @Nullable String beam;

    @Option(names = TrainOptions.SKIP_DAMAGED, descriptionKey = "option.skip-damaged")
    private boolean skipDamaged;

    @Override
    ExitCode run() {
        Beam width = Translations.beam(beam);
        RunFolder folder = RunFolder.find(run);
        Model<?, ?> model = Model.load(folder.model());
        Kind.requireOptions(model, data, given());
        DataArgument source = source(model, folder);
        source.notes().forEach(note -> console().say(language().text(note)));
        Examples<?, ?> labelled = source.test().orElseGet(source::train);
        Examples<?, ?> examples = model.targets() instanceof Reconstruction<?> ? labelled.reconstructing() : labelled;
        SequencedMap<String, Double> metrics = new LinkedHashMap<>(
                evaluate(model, examples, progress("progress.measuring")).metrics());
        Translations.bleu(model, source, width, progress("progress.translating"))
                .ifPresent(bleu -> metrics.put("bleu", bleu));
        Map<String, Json> result = new LinkedHashMap<>();
        result.put("schema", Json.of(1));
        result.put("run", Json.of(folder.path().toString()));
        result.put("dataset", Json.of(source.name()));
        result.put("examples", Json.of((long) examples.size()));
        metrics.forEach((name, value) -> result.put("test_" + name, Json.of(value)));
        if (options.json) {
            console().result(Json.of(result));
        } else {
            console().result(text("evaluate.examples", examples.size(), source.name()));
            metrics.forEach((name, value) -> console().result(text("evaluate.metric", name, value)));
        }
        return ExitCode.OK;
    }

    /// A table is encoded as the model's own was, all of its rows; a data set by its name has a test part.
    private DataArgument source(Model<?, ?> model, RunFolder folder) {
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
        DataArgument.Reading reading = DataArgument.Reading.ofMeasured(data, model.inputs(), skipDamaged);
        return DataArgument.pictures(data, model, reading, loading())
                .or(() -> DataArgument.text(data, model.inputs()))
                .or(() -> DataArgument.pairs(data, model.inputs(), () -> columns(folder)))
                .orElseGet(() -> DataArgument.load(data, reading, loading()));
    }

    /// Sentences and translations stand where they stood when the model was trained, or in the first two columns where that is not known.
    private static DataArgument.Reading columns(RunFolder folder) {
        return folder.hasStart()
                ? RunStart.read(folder).options().reading()
                : DataArgument.Reading.DEFAULT.ofPairs("1", "2");
    }

    /// A model from a file has lost the types of its inputs and labels; what does not fit is found by the encodings.
    @SuppressWarnings("unchecked")
    static <X, L> Evaluation evaluate(Model<X, L> model, Examples<?, ?> examples, ProgressLine line) {
        return model.evaluate((Examples<X, L>) examples, line::show);
    }
}
