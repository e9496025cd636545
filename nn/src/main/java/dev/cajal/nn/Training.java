package dev.cajal.nn;

import dev.cajal.backend.Backends;
import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.nn.example.Batch;
import dev.cajal.nn.example.Batches;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.NextTokens;
import dev.cajal.nn.example.NumberTargets;
import dev.cajal.nn.example.Reconstruction;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.loss.Loss;
import dev.cajal.nn.loss.Losses;
import dev.cajal.nn.loss.OutputKind;
import dev.cajal.nn.train.BestEpoch;
import dev.cajal.nn.train.History;
import dev.cajal.nn.train.KeepBest;
import dev.cajal.nn.train.MixUp;
import dev.cajal.nn.train.Objective;
import dev.cajal.nn.train.StopRule;
import dev.cajal.nn.train.TrainState;
import dev.cajal.nn.train.Trainer;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Names;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// One training of a network on examples: what [Layer#fit] does, in steps that a program can watch, stop and resume.
///
/// ```java
/// var training = Training.of(network, examples, Fit.of());
/// IO.println(training.cost().peakBytes());
/// var trained = training.run(listener);
/// ```
public final class Training<X, L> {
    private final Layer network;
    private final Fit fit;
    private final InputEncoding<X> inputs;
    private final TargetEncoding<L> targets;
    private final Loss loss;
    private final Trainer trainer;
    private final Optional<Examples<X, L>> validation;

    /// What training gave.
    ///
    /// @param model the network with the last parameters, or with those of the best epoch if the settings ask for them
    /// @param ending why training ended, and where
    public record Trained<X, L>(Model<X, L> model, Trainer.Ending ending) {
        /// What was measured in each epoch.
        public History history() {
            return ending.snapshot().position().history();
        }
    }

    private Training(Layer network, Examples<X, L> examples, Optional<Examples<X, L>> validation, Fit fit) {
        Backends.current().requireProducts(fit.precision());
        this.network = network;
        this.fit = fit;
        this.validation = validation;
        this.inputs = examples.encoding().learn(examples.inputs());
        this.loss = fit.loss().orElseGet(() -> defaultLoss(examples.targetEncoding()));
        this.targets = loss.output() == OutputKind.QUANTITIES
                ? examples.targetEncoding().learn(examples.targets())
                : examples.targetEncoding();
        requireOutputs();
        requireLogits();
        requireMetrics();
        requireMixable();
        validation.ifPresent(some -> Evaluator.requireFit(inputs, targets, some));
        Trainer.Settings settings = new Trainer.Settings(
                fit.epochs(),
                Math.min(fit.batch(), Math.ceilDiv(examples.size(), fit.accumulate()) * fit.accumulate()),
                fit.accumulate(),
                fit.shuffle(),
                fit.seed(),
                fit.optimizer(),
                fit.rules(),
                fit.plateau(),
                fit.best(),
                fit.snapshotSeconds(),
                fit.precision());
        this.trainer = new Trainer(settings, this::objective,
                Batches.of(inputs, targets, examples.inputs(), examples.targets()));
    }

    /// A training that has not begun. If the settings ask for a validation share it is split off here.
    ///
    /// @throws CajalException if network, examples and loss do not fit together, or the backend lacks what the precision needs
    public static <X, L> Training<X, L> of(Layer network, Examples<X, L> examples, Fit fit) {
        if (fit.validation() == 0) {
            return new Training<>(network, examples, Optional.empty(), fit);
        }
        Examples.Parts<X, L> parts = examples.split(fit.validation(), fit.seed());
        return new Training<>(network, parts.first(), Optional.of(parts.second()), fit);
    }

    /// A training that has not begun, with given examples for validation.
    public static <X, L> Training<X, L> of(Layer network, Examples<X, L> examples, Examples<X, L> validation, Fit fit) {
        return new Training<>(network, examples, Optional.of(validation), fit);
    }

    /// Mean squared error for quantities, cross-entropy for classes, for tokens, and for each number of an input that is a share.
    public static Loss defaultLoss(TargetEncoding<?> targets) {
        return switch (targets) {
            case ClassTargets<?> _, NextTokens _, Sentences _ -> Losses.categoricalCrossEntropy();
            case NumberTargets<?> _ -> Losses.meanSquaredError();
            case Reconstruction<?>(var input) ->
                input.givesShares() ? Losses.binaryCrossEntropy() : Losses.meanSquaredError();
        };
    }

    /// The settings.
    public Fit fit() {
        return fit;
    }

    /// What the network is made of: layers, shapes, parameters, memory, operations. Print it.
    public Summary summary() {
        return Summary.of(network, inputs.example());
    }

    /// What a step costs in memory and operations. Compiles it, runs nothing.
    public PlanSummary cost() {
        return trainer.cost(start().state());
    }

    /// The plan of a step: its regions, and where everything lies in memory. Compiles it, runs nothing. Empty if the backend has none to show.
    public Optional<Plan> plan() {
        return trainer.plan(start().state());
    }

    /// How long each region of that plan takes, on the first batch.
    ///
    /// @param warmUp how long to run before measuring
    /// @param runs how many steps to measure
    public Optional<Profile> profile(Duration warmUp, int runs) {
        return trainer.profile(start().state(), warmUp, runs);
    }

    /// The state before the first step. A new one at each call, since training donates it.
    public Trainer.Snapshot start() {
        Variables initial = network.init(RandomKey.of(fit.seed()), inputs.example());
        SequencedMap<String, Tensor> parameters = new LinkedHashMap<>(initial.parameters());
        SequencedMap<String, Tensor> statistics = new LinkedHashMap<>(initial.statistics());
        return Trainer.Snapshot.start(new TrainState(parameters, statistics, fit.optimizer().init(parameters)));
    }

    /// Trains from the beginning.
    public Trained<X, L> run(TrainingListener listener) {
        return run(start(), listener, _ -> {});
    }

    /// Trains on from a snapshot.
    ///
    /// @param save is given a snapshot after each epoch and every half minute
    public Trained<X, L> run(Trainer.Snapshot from, TrainingListener listener, Trainer.SnapshotWriter save) {
        Trainer.Hooks hooks = new Trainer.Hooks(listener, this::validate, save);
        Trainer.Ending ending = trainer.run(from, hooks);
        return new Trained<>(model(ending.snapshot()), ending);
    }

    /// The model that a state of this training makes. It has tensors of its own, since training goes on in the memory of the state.
    public Model<X, L> model(TrainState state) {
        BestEpoch copy = BestEpoch.copy(
                fit.optimizer().forEvaluation(state.parameters(), state.optimizer()), state.statistics());
        return new Model<>(network, new Variables(copy.parameters(), copy.statistics()), inputs, targets, loss);
    }

    private Model<X, L> model(Trainer.Snapshot last) {
        return last.best()
                .map(best -> new Model<>(
                        network, new Variables(best.parameters(), best.statistics()), inputs, targets, loss))
                .orElseGet(() -> model(last.state()));
    }

    /// The network with the parameters as training goes on from them, which an averaging optimizer's [#model] does not have.
    Model<X, L> current(TrainState state) {
        return new Model<>(network, new Variables(state.parameters(), state.statistics()), inputs, targets, loss);
    }

    private SequencedMap<String, Double> validate(TrainState state) {
        return validation
                .<SequencedMap<String, Double>>map(
                        examples -> model(state).evaluate(examples).metrics())
                .orElseGet(LinkedHashMap::new);
    }

    private Objective.Outcome objective(
            SequencedMap<String, Tensor> parameters,
            SequencedMap<String, Tensor> statistics,
            Batch batch,
            RandomKey key) {
        Optional<MixUp.Mixture> mixture = fit.mixUp()
                .map(rule -> rule.draw(key.foldIn("mix-up"), batch.weights().dim(0)));
        Tensor input = inputs.prepare(batch.inputs());
        Applied<Tensor> applied = network.apply(
                new Variables(parameters, statistics), mixture.map(some -> some.inputs(input)).orElse(input),
                Mode.training(key, batch.weights()));
        Function<Tensor, Scored> by = labels -> Scored.of(targets, applied.output(),
                new Batch(batch.inputs(), labels, batch.weights()));
        Scored scored = by.apply(batch.targets());
        Tensor mean = mixture.map(some -> some.loss(batch.targets(), labels -> by.apply(labels).loss(loss)))
                .orElseGet(() -> scored.loss(loss));
        SequencedMap<String, Tensor> measures = new LinkedHashMap<>();
        if (hasAccuracy()) {
            measures.put("accuracy",
                    mixture.map(some -> by.apply(some.dominant(batch.targets()))).orElse(scored).accuracy());
        }
        return new Objective.Outcome(applied.penalized(mean), scored.count(), measures,
                applied.statistics());
    }

    /// Of tokens there are no mixtures.
    private void requireMixable() {
        if (fit.mixUp().isPresent() && !inputs.example().dtype().isFloating()) {
            throw new CajalException("fit.mix-up-inputs",
                    "Mix-up mixes inputs that are numbers, but these are %s: whole numbers that stand for something. Leave withMixUp away.",
                    inputs.example().type());
        }
    }

    private boolean hasAccuracy() {
        return switch (targets) {
            case ClassTargets<L> _, NextTokens _, Sentences _ -> true;
            case NumberTargets<L> _, Reconstruction<L> _ -> false;
        };
    }

    private void requireOutputs() {
        Variables initial = network.init(RandomKey.of(fit.seed()), inputs.example());
        Shape given = network.apply(initial, inputs.example(), Mode.inference()).output().shape();
        Shape needed = targets.outputShape().insert(0, 1);
        if (!given.equals(needed)) {
            throw new CajalException(
                    "fit.outputs",
                    "The network gives shape %s for each example, but the labels need %s: %s. Let it end with Dense.of(%s).",
                    given.without(List.of(0)),
                    needed.without(List.of(0)),
                    switch (targets) {
                        case ClassTargets<L>(var classes) ->
                            Phrase.of("fit.per-class", "one number for each of the %s classes", classes.size());
                        case NumberTargets<L> _ -> Phrase.words("one for each quantity");
                        case NextTokens _, Sentences _ -> Phrase.words("one for each token at each position");
                        case Reconstruction<L> _ -> Phrase.words("one for each number of an input, in its shape");
                    },
                    targets.outputs());
        }
    }

    /// A name that is never measured would never stop anything.
    private void requireMetrics() {
        Set<String> measured = new LinkedHashSet<>(List.of("loss"));
        if (hasAccuracy()) {
            measured.add("accuracy");
        }
        if (validation.isPresent()) {
            measured.addAll(Evaluator.names(targets));
        }
        Stream.concat(fit.rules().stream().map(StopRule::metric), fit.best().stream().map(KeepBest::metric))
                .filter(name -> !measured.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new CajalException(
                            "fit.metric",
                            "This training does not measure '%s', but %s.%s%s",
                            name,
                            String.join(", ", measured),
                            validation.isPresent()
                                    ? Phrase.NOTHING
                                    : Phrase.words(" With examples for validation there are more."),
                            Names.suggestion(name, measured));
                });
    }

    private void requireLogits() {
        boolean probabilities = network.outputActivation().map(Activation::givesProbabilities).orElse(false);
        if (loss.fromLogits() && probabilities) {
            throw new CajalException(
                    "fit.logits",
                    "The network ends with %s, but the loss %s takes logits and applies it itself: twice is wrong. Leave the last "
                            + "activation away; predict gives probabilities all the same.",
                    network.outputActivation().orElseThrow(),
                    loss);
        }
    }
}
