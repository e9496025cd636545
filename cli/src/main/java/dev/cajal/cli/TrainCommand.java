package dev.cajal.cli;

import dev.cajal.nn.Evaluation;
import dev.cajal.nn.Model;
import dev.cajal.nn.Snapshots;
import dev.cajal.nn.Training;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.train.History;
import dev.cajal.nn.train.StopRule;
import dev.cajal.nn.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cajal train DATA`.
@Command(name = "train")
final class TrainCommand extends Task {
    @Parameters(index = "0", arity = "0..1", paramLabel = "DATA", descriptionKey = "argument.data")
    private @Nullable String data;

    @Option(names = "--quality", paramLabel = "NAME", descriptionKey = "option.quality")
    private @Nullable String quality;

    @Option(names = TrainOptions.MODEL, paramLabel = "NAME", descriptionKey = "option.model")
    private @Nullable String model;

    @Option(names = "--layers", paramLabel = "N,N", descriptionKey = "option.layers")
    private @Nullable String layers;

    @Option(names = TrainOptions.ACTIVATION, paramLabel = "NAME", descriptionKey = "option.activation")
    private @Nullable String activation;

    @Option(names = "--epochs", paramLabel = "N", descriptionKey = "option.epochs")
    private @Nullable String epochs;

    @Option(names = "--batch", paramLabel = "N", descriptionKey = "option.batch")
    private @Nullable String batch;

    @Option(names = "--optimizer", paramLabel = "NAME", descriptionKey = "option.optimizer")
    private @Nullable String optimizer;

    @Option(names = "--learning-rate", paramLabel = "X", descriptionKey = "option.learning-rate")
    private @Nullable String learningRate;

    @Option(names = "--goal", paramLabel = "METRIC=X", descriptionKey = "option.goal")
    private @Nullable String goal;

    @Option(names = "--seed", paramLabel = "N", descriptionKey = "option.seed")
    private @Nullable String seed;

    @Option(names = "--precision", paramLabel = "TYPE", descriptionKey = "option.precision")
    private @Nullable String precision;

    @Option(names = "--out", paramLabel = "FOLDER", descriptionKey = "option.out")
    private @Nullable String out;

    @Option(names = "--header", paramLabel = "yes|no", descriptionKey = "option.header")
    private @Nullable String header;

    @Option(names = "--target", paramLabel = "COLUMN", descriptionKey = "option.target")
    private @Nullable String target;

    @Option(names = TrainOptions.SIZE, paramLabel = "HxW", descriptionKey = "option.size")
    private @Nullable String size;

    @Option(names = TrainOptions.SKIP_DAMAGED, descriptionKey = "option.skip-damaged")
    private boolean skipDamaged;

    @Option(names = TrainOptions.TEXT, paramLabel = "COLUMN", descriptionKey = "option.text")
    private @Nullable String text;

    @Option(names = TrainOptions.SOURCE, paramLabel = "COLUMN", descriptionKey = "option.source")
    private @Nullable String source;

    @Option(names = TrainOptions.LENGTH, paramLabel = "N", descriptionKey = "option.length-of-pieces")
    private @Nullable String length;

    @Option(names = TrainOptions.TOKENIZER, paramLabel = "NAME", descriptionKey = "option.tokenizer")
    private @Nullable String tokenizer;

    @Option(names = TrainOptions.AUGMENT, paramLabel = "NAME,NAME", descriptionKey = "option.augment")
    private @Nullable String augment;

    @Option(names = "--resume", descriptionKey = "option.resume")
    private boolean resume;

    @Override
    ExitCode run() {
        long began = System.nanoTime();
        Path wanted = out == null ? null : Arguments.path(out);
        if (resume) {
            RunFolder folder = RunFolder.toResume(wanted);
            RunStart start = RunStart.read(folder);
            TrainOptions chosen = start.options().goingOn(asked(), folder.path());
            start.requireSameData();
            boolean anew = chosen.skipDamaged() && !start.options().skipDamaged();
            if (anew) {
                requireNoEpoch(folder);
            }
            return load(chosen, new Place(folder, null, anew), began);
        }
        TrainOptions chosen = TrainOptions.of(asked());
        if (chosen.data().isEmpty()) {
            throw UsageErrors.missing("DATA");
        }
        if (wanted != null) {
            RunFolder.requireFree(wanted);
        }
        return load(chosen, new Place(null, wanted, false), began);
    }

    /// Without some of the pictures, others are for the test and the order is another: a run that has learned from all of them would be neither the one nor the other.
    private static void requireNoEpoch(RunFolder folder) {
        int epochs = Files.exists(folder.snapshot())
                ? Snapshots.load(folder.snapshot(), List.of()).snapshot().position().history().epochs().size()
                : 0;
        if (epochs > 0) {
            throw new CommandException("usage.resume-skipping",
                    "The run in %s has done %s epoch(s) with all pictures; without the damaged ones it would be another. Bring them back as they were, or train anew with %s in another folder. A model that is finished can be measured without them: cajal evaluate %s DATA %s",
                    folder.path(), epochs, TrainOptions.SKIP_DAMAGED, folder.quoted(), TrainOptions.SKIP_DAMAGED);
        }
    }

    /// Where a run is kept.
    ///
    /// @param resumed the folder of a run that goes on; null for a new one
    /// @param wanted the folder that a new run is to have; null for any
    /// @param anew whether a run that goes on begins with its first epoch again
    private record Place(@Nullable RunFolder resumed, @Nullable Path wanted, boolean anew) {}

    private SequencedMap<String, String> asked() {
        SequencedMap<String, String> asked = new LinkedHashMap<>();
        put(asked, TrainOptions.DATA, data);
        put(asked, "--header", header);
        put(asked, "--target", target);
        put(asked, TrainOptions.SIZE, size);
        put(asked, TrainOptions.SKIP_DAMAGED, skipDamaged ? "yes" : null);
        put(asked, TrainOptions.TEXT, text);
        put(asked, TrainOptions.SOURCE, source);
        put(asked, TrainOptions.LENGTH, length);
        put(asked, TrainOptions.TOKENIZER, tokenizer);
        put(asked, TrainOptions.AUGMENT, augment);
        put(asked, "--quality", quality);
        put(asked, TrainOptions.MODEL, model);
        put(asked, "--layers", layers);
        put(asked, TrainOptions.ACTIVATION, activation);
        put(asked, "--epochs", epochs);
        put(asked, "--batch", batch);
        put(asked, "--optimizer", optimizer);
        put(asked, "--learning-rate", learningRate);
        put(asked, "--goal", goal);
        put(asked, "--seed", seed);
        put(asked, "--precision", precision);
        return asked;
    }

    private static void put(Map<String, String> texts, String name, @Nullable String text) {
        if (text != null) {
            texts.put(name, text);
        }
    }

    private ExitCode load(TrainOptions chosen, Place place, long began) {
        DataArgument source = DataArgument.load(chosen.data(), chosen.reading(), loading());
        source.notes().forEach(note -> console().say(language().text(note)));
        return chosen.reconstructs()
                ? train(chosen, source.reconstructing(), source.train().reconstructing(), place, began)
                : train(chosen, source, source.train(), place, began);
    }

    private <X, L> ExitCode train(
            TrainOptions chosen, DataArgument source, Examples<X, L> examples, Place place, long began) {
        PreparedTraining<X, L> prepared = PreparedTraining.of(chosen, examples);
        Settings settings = prepared.settings();
        Training<X, L> training = prepared.training();
        Trainer.Snapshot start = training.start();
        RunFolder folder = place.resumed() != null
                ? place.resumed()
                : RunFolder.create(place.wanted(), source.name(), settings.model());
        if (place.anew()) {
            folder.deleteSnapshot();
        }
        if (place.resumed() != null && Files.exists(folder.snapshot())) {
            Snapshots.Saved saved = Snapshots.load(folder.snapshot(), List.of());
            saved.requireSameData(training);
            start = saved.snapshot();
            console().say(text("train.resumed", start.position().epoch(), folder.path()));
        }
        RunStart.of(settings.options()).write(folder);
        long parameters = start.state().parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
        console().say(text("train.begin", settings.model(), parameters, source.name(), examples.size()));
        SnapshotKeeper keeper = new SnapshotKeeper(folder.snapshot(), training);
        try (var _ = Interruption.of(Thread.currentThread())) {
            Training.Trained<X, L> trained = training.run(
                    start, new ProgressDisplay(console(), language(), settings.fit().epochs()), keeper);
            keeper.write(trained.ending().snapshot());
            double seconds = (System.nanoTime() - began) / 1e9;
            if (trained.ending().reason() == Trainer.Ending.Reason.INTERRUPTED) {
                console().say(text("train.interrupted", folder.path(), folder.quoted()));
                if (options.json) {
                    Map<String, Json> result = result(settings.model(), source, trained, parameters);
                    result.put("ended", Json.of("interrupted"));
                    console().result(Json.of(completed(result, folder, seconds)));
                }
                return ExitCode.INTERRUPTED;
            }
            if (trained.ending().reason() == Trainer.Ending.Reason.STOPPED) {
                chosen.goal().ifPresent(rule -> console().say(reached(rule, trained.ending())));
            }
            trained.model().save(folder.model());
            Map<String, Json> result = result(settings.model(), source, trained, parameters);
            measure(source, trained.model(), result);
            report(completed(result, folder, seconds), trained.model(), folder);
            return ExitCode.OK;
        }
    }

    private String reached(StopRule.Goal rule, Trainer.Ending ending) {
        History.Epoch last = ending.snapshot().position().history().epochs().getLast();
        return text("train.goal", rule.metric(), last.value(rule.metric()).orElse(Double.NaN), last.number());
    }

    /// What is known of a training without any more measuring.
    private static Map<String, Json> result(String model, DataArgument source, Training.Trained<?, ?> trained,
            long parameters) {
        List<History.Epoch> epochsDone = trained.ending().snapshot().position().history().epochs();
        Map<String, Json> result = new LinkedHashMap<>();
        result.put("schema", Json.of(1));
        result.put("model", Json.of(model));
        result.put("dataset", Json.of(source.name()));
        result.put("parameters", Json.of(parameters));
        result.put("epochs", Json.of((long) epochsDone.size()));
        if (!epochsDone.isEmpty()) {
            result.put("train_loss", Json.of(epochsDone.getLast().training().getOrDefault("loss", Double.NaN)));
        }
        return result;
    }

    private static Map<String, Json> completed(Map<String, Json> result, RunFolder folder, double seconds) {
        result.put("seconds", Json.of(Math.round(seconds * 1000) / 1000.0));
        result.put("run", Json.of(folder.path().toString()));
        return result;
    }

    /// Adds what the test part says, if there is one.
    private <X, L> void measure(DataArgument source, Model<X, L> done, Map<String, Json> result) {
        source.test().ifPresent(test -> {
            Evaluation evaluation = EvaluateCommand.evaluate(done, test, progress("progress.measuring"));
            result.put("test_loss", Json.of(evaluation.loss()));
            console().say(console().strong(switch (done.targets()) {
                case ClassTargets<L> _ -> {
                    result.put("test_accuracy", Json.of(evaluation.accuracy()));
                    yield text("train.accuracy", 100 * evaluation.accuracy(), evaluation.examples());
                }
                case NumberTargets<L> _ -> {
                    result.put("test_rmse", Json.of(evaluation.rmse()));
                    yield text("train.rmse", evaluation.rmse(), evaluation.examples());
                }
                case Reconstruction<L> _ -> {
                    double error = evaluation.metric("squared_error");
                    result.put("test_squared_error", Json.of(error));
                    yield text("train.reconstruction", error, evaluation.loss(), evaluation.examples());
                }
                case NextTokens _, Sentences _ -> {
                    double perplexity = evaluation.metric("perplexity");
                    result.put("test_accuracy", Json.of(evaluation.accuracy()));
                    result.put("test_perplexity", Json.of(perplexity));
                    yield text("train.perplexity", evaluation.loss(), perplexity, 100 * evaluation.accuracy());
                }
            }));
        });
    }

    private void report(Map<String, Json> result, Model<?, ?> done, RunFolder folder) {
        Json json = Json.of(result);
        folder.writeResult(json);
        if (options.json) {
            console().result(json);
        } else {
            console().say(text(switch (Usual.of(done.inputs())) {
                case NUMBERS, PICTURES -> "train.saved";
                case TEXTS -> "train.saved-text";
                case SENTENCES -> "train.saved-sentences";
                case PAIRS -> "train.saved-pairs";
            }, folder.path(), folder.quoted()));
        }
    }
}
