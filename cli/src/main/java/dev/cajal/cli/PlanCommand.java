package dev.cajal.cli;

import dev.cajal.backend.Backends;
import dev.cajal.backend.MachineLimits;
import dev.cajal.backend.Plan;
import dev.cajal.backend.Profile;
import dev.cajal.cli.PlanReport.What;
import dev.cajal.nn.Model;
import dev.cajal.nn.Training;
import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.nn.example.Examples;
import dev.cajal.type.CajalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cajal plan RUN`.
@Command(name = "plan")
final class PlanCommand extends Task {
    private static final int RUNS = 100;
    private static final int MOST_RUNS = 1_000_000;
    private static final double WARM_UP = 3;
    private static final String TRAIN = "train";
    private static final String SVG = ".svg";

    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Option(names = "--what", paramLabel = "train|predict", descriptionKey = "option.what")
    private @Nullable String what;

    @Option(names = "--batch", paramLabel = "N", descriptionKey = "option.batch")
    private @Nullable String batch;

    @Option(names = "--profile", descriptionKey = "option.profile")
    private boolean profile;

    @Option(names = "--runs", paramLabel = "N", descriptionKey = "option.runs")
    private @Nullable String runs;

    @Option(names = "--warm-up", paramLabel = "SECONDS", descriptionKey = "option.warm-up")
    private @Nullable String warmUp;

    @Option(names = "--picture", paramLabel = "FILE.svg", descriptionKey = "option.picture")
    private @Nullable String picture;

    @Override
    ExitCode run() {
        String wanted = what == null ? null : Arguments.choice("--what", what, List.of(TRAIN, "predict"));
        Optional<Integer> size = Optional.ofNullable(batch)
                .map(text -> Arguments.whole("--batch", text, 1, Integer.MAX_VALUE));
        int count = runs == null ? RUNS : Arguments.whole("--runs", runs, 1, MOST_RUNS);
        double seconds = warmUp == null ? WARM_UP : Arguments.positive("--warm-up", warmUp);
        Path file = picture == null ? null : Arguments.output("--picture", picture, SVG);
        OptionTable.PLAN.require(profile ? Kind.MEASURED : Kind.SHOWN, given());
        boolean predicts = wanted != null && !wanted.equals(TRAIN);
        RunFolder folder = predicts ? RunFolder.find(run) : RunFolder.findBegun(run);
        boolean trains = wanted == null ? folder.hasStart() : !predicts;
        Subject subject = trains ? training(folder, size, loading()) : prediction(folder, size);
        PlanReport report = report(folder, subject, Duration.ofNanos((long) (seconds * 1e9)), count);
        console().overwrite("");
        if (file != null) {
            AtomicFile.write(file, out -> out.write(new PlanPicture(language(), report).svg()
                    .getBytes(StandardCharsets.UTF_8)));
            console().say(text("plan.picture", file));
        }
        if (options.json) {
            console().result(PlanJson.of(report));
        } else {
            new PlanText(console(), language(), report).print();
        }
        return ExitCode.OK;
    }

    /// What has a plan.
    ///
    /// @param batch examples of one run of it
    private record Subject(What what, int batch, Plans plans) {}

    /// Where a plan and its times come from.
    private interface Plans {
        Optional<Plan> plan();

        Optional<Profile> profile(Duration warmUp, int runs);
    }

    /// The step as `cajal train` compiles it.
    private static Subject training(RunFolder folder, Optional<Integer> size, LoadingDisplay display) {
        if (!folder.hasStart()) {
            throw new CommandException("plan.no-run",
                    "%s is a model without its run, so nothing is known of the training. Give the folder of the run, or --what predict.",
                    folder.path());
        }
        RunStart start = RunStart.read(folder);
        start.requireSameData();
        TrainOptions options = size.map(start.options()::withBatch).orElse(start.options());
        DataArgument source = DataArgument.load(options.data(), options.reading(), display);
        Examples<?, ?> examples = options.reconstructs()
                ? source.train().reconstructing()
                : source.train();
        PreparedTraining<?, ?> prepared = PreparedTraining.of(options, examples);
        Training<?, ?> training = prepared.training();
        return new Subject(What.TRAIN, Math.min(prepared.settings().fit().batch(), source.train().size()), new Plans() {
            @Override
            public Optional<Plan> plan() {
                return training.plan();
            }

            @Override
            public Optional<Profile> profile(Duration warmUp, int runs) {
                return training.profile(warmUp, runs);
            }
        });
    }

    private static Subject prediction(RunFolder folder, Optional<Integer> size) {
        Model<?, ?> model = Model.load(folder.model());
        int batch = size.orElse(Model.BATCH);
        return new Subject(What.PREDICT, batch, new Plans() {
            @Override
            public Optional<Plan> plan() {
                return model.plan(batch);
            }

            @Override
            public Optional<Profile> profile(Duration warmUp, int runs) {
                return model.profile(batch, warmUp, runs);
            }
        });
    }

    private PlanReport report(RunFolder folder, Subject subject, Duration warm, int count) {
        String backend = Backends.current().name();
        console().overwrite(text("plan.compiling"));
        Plan plan = subject.plans().plan().orElseThrow(() -> new CajalException("plan.none",
                "The backend '%s' has no plan to show: it computes one operation after the other. Leave -Dcajal.backend away.",
                backend));
        Optional<Profile> times = Optional.empty();
        Optional<MachineLimits> limits = Optional.empty();
        if (profile) {
            console().overwrite(text("plan.measuring-machine"));
            limits = Backends.current().measureLimits();
            console().overwrite(text("plan.measuring"));
            times = subject.plans().profile(warm, count);
        }
        return new PlanReport(folder.path().toString(), subject.what(), subject.batch(), backend, plan, times, limits);
    }
}
