package dev.cajal.nn.train;

import dev.cajal.backend.Backends;
import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.nn.example.Batch;
import dev.cajal.nn.example.BatchSequence;
import dev.cajal.nn.example.Batches;
import dev.cajal.nn.optimizer.Optimizer;
import dev.cajal.nn.optimizer.Plateau;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// The training loop.
///
/// Bits depend on state, examples and seed alone: the order of examples is drawn from seed and epoch, random numbers from seed and step. So a run
/// that is stopped at any step and resumed from its [Snapshot] ends with the same weights as one that was not.
public final class Trainer {
    private final Settings settings;
    private final Objective objective;
    private final Batches batches;
    private final TrainingStep step;

    /// How to train.
    ///
    /// @param epochs at most
    /// @param batch examples of one step
    /// @param accumulate parts that a batch is computed in, one after the other, to save memory; 1 is all at once
    /// @param shuffle whether the order of examples is drawn anew for each epoch
    /// @param seed of that order, and of dropout
    /// @param optimizer what turns a gradient into an update
    /// @param rules when to stop earlier
    /// @param plateau when to lower the learning rate; empty for never
    /// @param best which epoch's parameters are wanted; empty for the last one's
    /// @param snapshotSeconds how often to call the snapshot writer inside of an epoch
    /// @param precision of the operands of matrix products: [DType#F32] or [DType#BF16]
    public record Settings(
            int epochs,
            int batch,
            int accumulate,
            boolean shuffle,
            long seed,
            Optimizer optimizer,
            List<StopRule> rules,
            Optional<Plateau> plateau,
            Optional<KeepBest> best,
            double snapshotSeconds,
            DType precision) {
        public Settings {
            rules = List.copyOf(rules);
            if (epochs < 1 || batch < 1 || accumulate < 1 || batch % accumulate != 0) {
                throw new CajalException(
                        "fit.settings",
                        "Training needs at least 1 epoch, a batch of at least 1, and parts that divide the batch, but got %s epochs, "
                                + "a batch of %s in %s parts.",
                        epochs,
                        batch,
                        accumulate);
            }
        }
    }

    /// A state and how far it has come.
    ///
    /// @param best what the best epoch so far gave, if that is wanted
    public record Snapshot(TrainState state, Position position, Optional<BestEpoch> best) {
        /// Before any epoch.
        public static Snapshot start(TrainState state) {
            return new Snapshot(state, Position.START, Optional.empty());
        }
    }

    /// How training ended.
    ///
    /// @param snapshot the last state
    /// @param reason why it ended
    /// @param explanation what a stop rule said; empty otherwise
    public record Ending(Snapshot snapshot, Reason reason, String explanation) {
        /// Why training ended.
        public enum Reason {
            /// All epochs were done.
            FINISHED,
            /// A rule stopped it.
            STOPPED,
            /// The thread was interrupted; the last step was finished first.
            INTERRUPTED
        }
    }

    /// Who is told and asked while training goes on.
    ///
    /// @param listener is told
    /// @param validate measures a state after each epoch; gives nothing if there are no examples for that
    /// @param save keeps a snapshot: after each epoch, at an interruption, and every so often between
    public record Hooks(
            TrainingListener listener,
            Function<TrainState, SequencedMap<String, Double>> validate,
            SnapshotWriter save) {
        /// Tells and asks nobody.
        public static final Hooks NONE = new Hooks(TrainingListener.NONE, _ -> new LinkedHashMap<>(), _ -> {});
    }

    /// Keeps a snapshot somewhere.
    @FunctionalInterface
    public interface SnapshotWriter {
        /// Called with a state that is valid during the call only.
        void save(Snapshot snapshot);
    }

    /// A loop over some examples.
    public Trainer(Settings settings, Objective objective, Batches batches) {
        this.settings = settings;
        this.objective = objective;
        this.batches = batches;
        this.step = new TrainingStep(
                this.objective, settings.optimizer(), RandomKey.of(settings.seed()).foldIn("training"),
                settings.precision());
    }

    /// Steps of one epoch.
    public int stepsPerEpoch() {
        return Math.ceilDiv(batches.count(), settings.batch());
    }

    /// What a step will cost. Compiles it.
    public PlanSummary cost(TrainState state) {
        return cost(state, settings.batch());
    }

    /// The plan of a step. Compiles it, runs nothing. Empty if the backend has none to show.
    public Optional<Plan> plan(TrainState state) {
        return step.plan(state, firstBatch());
    }

    /// How long the regions of a step take, on the first batch; see [dev.cajal.backend.Executable#profile]. The state stays as it is.
    public Optional<Profile> profile(TrainState state, Duration warmUp, int runs) {
        return step.profile(state, firstBatch(), warmUp, runs);
    }

    private Batch firstBatch() {
        int size = settings.batch();
        return parted(batches.whole(order(1), 0, Math.min(size, batches.count()), size));
    }

    private PlanSummary cost(TrainState state, int batch) {
        return step.summary(state, parted(batches.zeros(batch)));
    }

    private void requireMemory(TrainState state) {
        long stateBytes = Tree.of(state).leaves().stream().mapToLong(leaf -> leaf.type().byteSize()).sum();
        long available = Backends.current().memoryBudget();
        new StepMemory(available, stateBytes, batch -> cost(state, batch))
                .require(settings.batch(), settings.accumulate());
    }

    /// Trains on from a snapshot, whose state is donated.
    ///
    /// @throws CajalException before the first step, if one needs more memory than there is
    /// @throws TrainingException if loss or gradient stop being finite; the last good state has been given to `save`
    public Ending run(Snapshot start, Hooks hooks) {
        TrainState state = start.state();
        Position position = start.position();
        Optional<BestEpoch> best = start.best();
        Clock clock = new Clock(hooks.listener());
        requireMemory(state);
        hooks.listener().planned(cost(state));
        while (position.epoch() <= settings.epochs()) {
            Optional<String> reason = position.step() == 0 ? reasonToStop(position.history()) : Optional.empty();
            if (reason.isPresent()) {
                return new Ending(new Snapshot(state, position, best), Ending.Reason.STOPPED, reason.get());
            }
            int[] order = order(position.epoch());
            state = state.withLearningRateScale(learningRateScale(position.history()));
            EpochSums sums = new EpochSums(position);
            long snapshotAt = System.nanoTime();
            try (BatchSequence sequence = batches.sequence(order, position.step() * settings.batch(),
                    settings.batch())) {
                for (int i = position.step(); i < stepsPerEpoch(); i++) {
                    TrainingStep.Result result = step.run(state, parted(sequence.next()));
                    state = result.state();
                    if (result.finite().item() == 0) {
                        throw notFinite(batch(order, i), position,
                                new Snapshot(state, sums.at(position.history(), i), best), hooks);
                    }
                    int count = Math.min(settings.batch(), batches.count() - i * settings.batch());
                    sums.add(result);
                    clock.tick(position.epoch(), i + 1, count, sums);
                    boolean interrupted = Thread.currentThread().isInterrupted();
                    boolean due = System.nanoTime() - snapshotAt > settings.snapshotSeconds() * 1e9;
                    if ((interrupted || due) && i + 1 < stepsPerEpoch()) {
                        Snapshot snapshot = new Snapshot(state, sums.at(position.history(), i + 1), best);
                        save(snapshot, hooks);
                        snapshotAt = System.nanoTime();
                        if (interrupted) {
                            return new Ending(snapshot, Ending.Reason.INTERRUPTED, "");
                        }
                    }
                }
            }
            History.Epoch epoch = new History.Epoch(
                    position.epoch(), sums.means(), hooks.validate().apply(state),
                    learningRateScale(position.history()), sums.seconds());
            position = Position.after(position.history().with(epoch));
            best = isBest(position.history()) ? Optional.of(bestEpoch(state)) : best;
            Snapshot snapshot = new Snapshot(state, position, best);
            save(snapshot, hooks);
            hooks.listener().epochEnded(epoch);
            if (Thread.currentThread().isInterrupted()) {
                return new Ending(snapshot, Ending.Reason.INTERRUPTED, "");
            }
        }
        return new Ending(
                new Snapshot(state, position, best),
                reasonToStop(position.history()).isPresent() ? Ending.Reason.STOPPED : Ending.Reason.FINISHED,
                reasonToStop(position.history()).orElse(""));
    }

    /// An interrupted thread cannot write to a channel, so the interruption waits.
    private static void save(Snapshot snapshot, Hooks hooks) {
        boolean interrupted = Thread.interrupted();
        try {
            hooks.save().save(snapshot);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Asked at the beginning of an epoch, so that a run that goes on stops where one that was never killed does.
    private Optional<String> reasonToStop(History history) {
        return settings.rules().stream().flatMap(rule -> rule.reason(history).stream()).findFirst();
    }

    private boolean isBest(History history) {
        return settings.best().map(rule -> rule.isBest(history)).orElse(false);
    }

    private BestEpoch bestEpoch(TrainState state) {
        return BestEpoch.copy(
                settings.optimizer().forEvaluation(state.parameters(), state.optimizer()), state.statistics());
    }

    /// Replayed from the history, so that a resumed run has the rate of one that was never stopped.
    private double learningRateScale(History history) {
        return settings.plateau()
                .map(plateau -> {
                    Plateau.PlateauState progress = plateau.start();
                    for (double loss : history.values("loss")) {
                        progress = plateau.next(progress, loss);
                    }
                    return progress.scale();
                })
                .orElse(1.0);
    }

    private int[] order(int epoch) {
        return settings.shuffle()
                ? batches.shuffled(settings.batch(), settings.seed() * 0x9E3779B97F4A7C15L + epoch)
                : batches.inOrder();
    }

    private Batch batch(int[] order, int number) {
        int size = settings.batch();
        int from = number * size;
        return parted(batches.batch(order, from, Math.min(order.length, from + size), size));
    }

    /// A batch as a step gets it: in parts, one behind the other, if it is accumulated.
    private Batch parted(Batch batch) {
        int parts = settings.accumulate();
        return parts == 1 ? batch : Tree.map(batch, rows -> inParts(rows, parts));
    }

    private static Tensor inParts(Tensor rows, int parts) {
        return rows.reshape(rows.shape().withDim(0, rows.dim(0) / parts).insert(0, parts));
    }

    private TrainingException notFinite(Batch batch, Position position, Snapshot snapshot, Hooks hooks) {
        boolean good = snapshot.state().parameters().values().stream()
                .allMatch(each -> each.isFinite().all().item() == 1);
        if (good) {
            save(snapshot, hooks);
        }
        Throwable cause = null;
        Phrase where = Phrase.NOTHING;
        try {
            step.explain(snapshot.state(), batch);
        } catch (CajalException named) {
            cause = named;
            where = Phrase.of("", " %s", named.phrase());
        }
        return new TrainingException(
                Optional.of(snapshot).filter(_ -> good),
                "train.not-finite",
                cause,
                "Training stopped in epoch %s, step %s: loss or gradient is not finite. %s%s Try a learning rate ten times smaller, or clip the "
                        + "gradient.",
                position.epoch(),
                snapshot.position().step() + 1,
                Phrase.words(good
                        ? "The weights are as they were before that step."
                        : "The step before it made weights that are too large for 32 bits."),
                where);
    }

    /// Measures of an epoch under way.
    private static final class EpochSums {
        private final SequencedMap<String, Double> sums;
        private final long began = System.nanoTime();
        private double weight;

        EpochSums(Position position) {
            sums = new LinkedHashMap<>(position.sums());
            weight = position.weight();
        }

        void add(TrainingStep.Result result) {
            double count = result.count().item();
            sums.merge("loss", result.loss().item() * count, Double::sum);
            result.measures().forEach((name, value) -> sums.merge(name, value.item() * count, Double::sum));
            weight += count;
        }

        SequencedMap<String, Double> means() {
            SequencedMap<String, Double> means = new LinkedHashMap<>();
            sums.forEach((name, sum) -> means.put(name, sum / weight));
            return means;
        }

        double loss() {
            return sums.getOrDefault("loss", 0.0) / weight;
        }

        double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        Position at(History history, int step) {
            return new Position(history, step, sums, weight);
        }
    }

    /// Rate and time left.
    private final class Clock {
        private final TrainingListener listener;
        private final long began = System.nanoTime();
        private long examples;

        Clock(TrainingListener listener) {
            this.listener = listener;
        }

        void tick(int epoch, int step, int count, EpochSums sums) {
            examples += count;
            double seconds = (System.nanoTime() - began) / 1e9;
            double rate = examples / Math.max(seconds, 1e-9);
            long inEpoch = Math.min((long) step * settings.batch(), batches.count());
            double left = ((double) (settings.epochs() - epoch + 1) * batches.count() - inEpoch) / rate;
            listener.stepped(new TrainingListener.StepReport(
                    epoch, settings.epochs(), step, stepsPerEpoch(), inEpoch, sums.loss(), rate, left));
        }
    }
}
