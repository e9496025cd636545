package dev.cajal.cli;

import dev.cajal.nn.Evaluation;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Model;
import dev.cajal.nn.Snapshots;
import dev.cajal.nn.Training;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.train.StopRule;
import dev.cajal.nn.train.Trainer;
import dev.cajal.type.CajalException;
import dev.cajal.zoo.ModelSpec;
import dev.cajal.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `cajal train DATA`.
@Command(name = "train")
final class TrainCommand extends Task {
    private static final List<String> SETTINGS = List.of(
            "--model", "--layers", "--activation", "--epochs", "--batch", "--optimizer", "--learning-rate", "--seed");

    @Parameters(index = "0", paramLabel = "DATA", descriptionKey = "argument.data")
    private String data = "";

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "mlp", descriptionKey = "option.model")
    private String model = "mlp";

    @Option(names = "--layers", paramLabel = "N,N", split = ",", descriptionKey = "option.layers")
    private @Nullable List<Integer> layers;

    @Option(names = "--activation", paramLabel = "NAME", defaultValue = "relu", descriptionKey = "option.activation")
    private String activation = "relu";

    @Option(names = "--epochs", paramLabel = "N", descriptionKey = "option.epochs")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", descriptionKey = "option.batch")
    private @Nullable Integer batch;

    @Option(names = "--optimizer", paramLabel = "NAME", defaultValue = "adam", descriptionKey = "option.optimizer")
    private String optimizer = "adam";

    @Option(names = "--learning-rate", paramLabel = "X", descriptionKey = "option.learning-rate")
    private @Nullable Double learningRate;

    @Option(names = "--goal", paramLabel = "METRIC=X", descriptionKey = "option.goal")
    private @Nullable String goal;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", descriptionKey = "option.seed")
    private long seed = 42;

    @Option(names = "--out", paramLabel = "FOLDER", descriptionKey = "option.out")
    private @Nullable Path out;

    @Option(names = "--header", paramLabel = "yes|no", descriptionKey = "option.header")
    private @Nullable String header;

    @Option(names = "--target", paramLabel = "COLUMN", defaultValue = "last", descriptionKey = "option.target")
    private String target = "last";

    @Option(names = "--resume", descriptionKey = "option.resume")
    private boolean resume;

    @Spec
    private @Nullable CommandSpec spec;

    private volatile boolean finished;

    /// What is to be trained, and from where.
    ///
    /// @param snapshot to go on from; empty to begin
    private record Plan(RunFolder folder, String model, Layer network, Fit fit, Optional<Snapshots.Saved> snapshot) {}

    @Override
    ExitCode run() {
        long began = System.nanoTime();
        Optional<StopRule> wanted = Optional.ofNullable(goal).map(TrainCommand::goal);
        Optional<RunFolder> resumed = resume ? Optional.of(resumed()) : Optional.empty();
        DataArgument source = DataArgument.load(data, new DataArgument.Reading(header(), target));
        source.notes().forEach(console()::say);
        Plan plan = resumed.map(folder -> goOn(folder, wanted)).orElseGet(() -> begin(source, wanted));
        return train(source, source.train(), plan, began);
    }

    /// The run to go on with; its settings are its own.
    private RunFolder resumed() {
        for (String option : SETTINGS) {
            if (spec != null && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new CajalException(
                        "usage.resume",
                        "%s cannot be given together with --resume: a run goes on with the settings that it began with. Leave it away, or begin a "
                                + "new run.",
                        option);
            }
        }
        return RunFolder.resumed(out);
    }

    private static Plan goOn(RunFolder folder, Optional<StopRule> goal) {
        Snapshots.Saved saved = Snapshots.load(folder.snapshot(), List.of());
        return new Plan(folder, folder.modelName(), saved.model().network(), withGoal(saved.fit(), goal),
                Optional.of(saved));
    }

    private Plan begin(DataArgument source, Optional<StopRule> goal) {
        Examples<?, ?> examples = source.train();
        if (layers != null) {
            layers.forEach(units -> Settings.requirePositive("--layers", units));
        }
        Settings settings = Settings.of(
                examples,
                Optional.ofNullable(epochs),
                Optional.ofNullable(batch),
                optimizer,
                Optional.ofNullable(learningRate),
                seed);
        ModelSpec design = ModelSpec.of(examples.inputShape(), examples.targetEncoding().outputs())
                .withLayers(layers == null ? List.of() : layers)
                .withActivation(Activations.named(activation))
                .withDropout(settings.dropout());
        Layer network = Zoo.create(model, design);
        return new Plan(
                RunFolder.fresh(out, source.name(), model), model, network, withGoal(settings.fit(), goal),
                Optional.empty());
    }

    private static Fit withGoal(Fit fit, Optional<StopRule> goal) {
        return goal.map(fit::withRule).orElse(fit);
    }

    private Optional<Boolean> header() {
        if (header == null) {
            return Optional.empty();
        }
        if (!header.equals("yes") && !header.equals("no")) {
            throw new CajalException("usage.header", "--header takes yes or no, but got '%s'.", header);
        }
        return Optional.of(header.equals("yes"));
    }

    private <X, L> ExitCode train(DataArgument source, Examples<X, L> examples, Plan plan, long began) {
        RunFolder folder = plan.folder();
        Training<X, L> training = Training.of(plan.network(), examples, plan.fit());
        Trainer.Snapshot start = plan.snapshot().map(Snapshots.Saved::snapshot).orElseGet(training::start);
        plan.snapshot().ifPresent(saved -> {
            saved.requireSameData(training);
            console().say(text("train.resumed", saved.snapshot().position().epoch()));
        });
        if (plan.snapshot().isEmpty()) {
            folder.create(plan.model(), source.name());
        }
        long parameters = start.state().parameters().values().stream().mapToLong(p -> p.shape().size()).sum();
        console().say(text("train.begin", plan.model(), parameters, source.name(), examples.size()));
        Thread trainer = Thread.currentThread();
        Thread stopper = new Thread(() -> stop(trainer), "cajal-stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        Training.Trained<X, L> trained;
        try {
            trained = training.run(
                    start,
                    new ProgressDisplay(console(), language(), plan.fit().epochs()),
                    snapshot -> Snapshots.save(folder.snapshot(), training, snapshot, List.of()));
        } finally {
            finished = true;
        }
        if (trained.ending().reason() == Trainer.Ending.Reason.INTERRUPTED) {
            console().say(text("train.interrupted", folder.path(), again(folder)));
            return ExitCode.INTERRUPTED;
        }
        Runtime.getRuntime().removeShutdownHook(stopper);
        if (!trained.ending().explanation().isEmpty()) {
            console().say(text("train.stopped", trained.ending().explanation()));
        }
        trained.model().save(folder.model());
        report(source, trained, parameters, plan, (System.nanoTime() - began) / 1e9);
        return ExitCode.OK;
    }

    /// The command that goes on with this run.
    private String again(RunFolder folder) {
        StringBuilder command = new StringBuilder("cajal train ").append(data);
        if (header != null) {
            command.append(" --header ").append(header);
        }
        if (!target.equals("last")) {
            command.append(" --target ").append(target);
        }
        return command.append(" --out ").append(folder.path()).append(" --resume").toString();
    }

    /// Ctrl-C: the step is finished and a snapshot written, then the process ends.
    private void stop(Thread trainer) {
        trainer.interrupt();
        long until = System.nanoTime() + 10_000_000_000L;
        try {
            while (!finished && System.nanoTime() < until) {
                Thread.sleep(5);
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static StopRule goal(String text) {
        String[] parts = text.split("=", 2);
        try {
            double value = Double.parseDouble(parts[1]);
            if (parts[0].equals("accuracy") && !(value > 0 && value <= 1)) {
                throw new CajalException(
                        "usage.accuracy", "--goal accuracy=%s cannot be met: an accuracy lies between 0 and 1.",
                        parts[1]);
            }
            return new StopRule.Goal(parts[0], value, StopRule.Goal.Direction.of(parts[0]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
            throw new CajalException("usage.goal",
                    "--goal needs a metric and a number, such as accuracy=0.98, but got '%s'.", text);
        }
    }

    private <X, L> void report(
            DataArgument source, Training.Trained<X, L> trained, long parameters, Plan plan, double seconds) {
        RunFolder folder = plan.folder();
        Model<X, L> done = trained.model();
        boolean classes = done.targets() instanceof ClassTargets<L>;
        double trainLoss = trained.history().epochs().getLast().training()
                .getOrDefault("loss", Double.NaN);
        Map<String, Json> result = new LinkedHashMap<>();
        result.put("schema", Json.of(1));
        result.put("model", Json.of(plan.model()));
        result.put("dataset", Json.of(source.name()));
        result.put("parameters", Json.of(parameters));
        result.put("epochs", Json.of((long) trained.history().epochs().size()));
        result.put("train_loss", Json.of(trainLoss));
        source.test().ifPresent(test -> {
            Evaluation evaluation = EvaluateCommand.evaluate(done, test);
            result.put("test_loss", Json.of(evaluation.loss()));
            result.put(classes ? "test_accuracy" : "test_rmse",
                    Json.of(classes ? evaluation.accuracy() : evaluation.rmse()));
            console().say(console().strong(classes
                    ? text("train.accuracy", 100 * evaluation.accuracy(), evaluation.examples())
                    : text("train.rmse", evaluation.rmse(), evaluation.examples())));
        });
        result.put("seconds", Json.of(Math.round(seconds * 1000) / 1000.0));
        result.put("run", Json.of(folder.path().toString()));
        Json json = Json.of(result);
        folder.writeResult(json);
        if (options.json) {
            console().result(json);
        } else {
            console().say(text("train.saved", folder.path(), folder.path()));
        }
    }
}
