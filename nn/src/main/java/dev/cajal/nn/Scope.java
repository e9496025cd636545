package dev.cajal.nn;

import dev.cajal.ir.Origin;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a network sees of the world while it is applied: its parameters, its children, random numbers, and whether it
/// is being trained.
///
/// A scope belongs to one place in the network, its [path][#path]. It is valid during one call only.
public final class Scope {
    private final Run run;
    private final Origin origin;
    private final Set<String> names;
    private final Mode mode;
    private final Surroundings surroundings;

    private Scope(Run run, Origin origin, Set<String> names, Mode mode, Surroundings surroundings) {
        this.run = run;
        this.origin = origin;
        this.names = names;
        this.mode = mode;
        this.surroundings = surroundings;
    }

    private Scope(Run run, Origin origin, Mode mode, Surroundings surroundings) {
        this(run, origin, new HashSet<>(), mode, surroundings);
    }

    /// One pass over the whole network.
    private static final class Run {
        /// Not null while variables are being made.
        private final @Nullable RandomKey init;
        private final SequencedMap<String, Tensor> parameters;
        private final SequencedMap<String, Tensor> statistics;
        private final SequencedMap<String, Tensor> memory = new LinkedHashMap<>();
        private final List<Tensor> penalties = new ArrayList<>();
        private final Map<String, Network<?, ?>> shared = new HashMap<>();
        /// The names of the root's own children and parameters, which shared networks must not take.
        private Set<String> rootNames = Set.of();
        /// The layers entered so far and what they got, for error messages.
        private final List<Phrase> chain = new ArrayList<>();
        /// The layers that have been left, each before those inside of it.
        private final List<Visit> visits = new ArrayList<>();

        Run(
                @Nullable RandomKey init,
                SequencedMap<String, Tensor> parameters,
                SequencedMap<String, Tensor> statistics) {
            this.init = init;
            this.parameters = parameters;
            this.statistics = statistics;
        }
    }

    /// A layer that was applied.
    record Visit(String path, Network<?, ?> network, List<TensorType> outputTypes) {
        /// The name of its class.
        String type() {
            return network.getClass().getSimpleName();
        }

        List<Shape> outputs() {
            return outputTypes.stream().map(TensorType::shape).toList();
        }

        long outputBytes() {
            return outputTypes.stream().mapToLong(TensorType::byteSize).sum();
        }
    }

    /// The output, and the layers on the way to it.
    record Visited<O>(O output, List<Visit> visits) {}

    static <I, O> Variables init(Network<I, O> network, RandomKey key, I example) {
        Run run = new Run(key, new LinkedHashMap<>(), new LinkedHashMap<>());
        enter(run, network, example, Mode.training(key.foldIn("init")));
        return new Variables(run.parameters, run.statistics);
    }

    static <I, O> Applied<O> apply(Network<I, O> network, Variables variables, I input, Mode mode) {
        Run run = new Run(null, variables.parameters(), new LinkedHashMap<>(variables.statistics()));
        O output = enter(run, network, input, mode);
        return new Applied<>(output, run.statistics, List.copyOf(run.penalties), run.memory);
    }

    /// Applies a network and tells which layers it is made of.
    static <I, O> Visited<O> visit(Network<I, O> network, Variables variables, I input, Mode mode) {
        Run run = new Run(null, variables.parameters(), new LinkedHashMap<>(variables.statistics()));
        O output = enter(run, network, input, mode);
        return new Visited<>(output, run.visits);
    }

    private static <I, O> O enter(Run run, Network<I, O> network, I input, Mode mode) {
        Scope root = new Scope(run, new Origin(""), mode, Surroundings.NONE);
        run.rootNames = root.names;
        try {
            return network.apply(input, root);
        } catch (ShapeException wrong) {
            throw withChain(wrong, run.chain);
        }
    }

    private static ShapeException withChain(ShapeException wrong, List<Phrase> chain) {
        if (chain.isEmpty()) {
            return wrong;
        }
        return wrong.withDetails(Phrase.of("scope.chain", "Shapes up to there:\n  %s", Phrase.joined("\n  ", chain)));
    }

    /// A trained tensor of this layer. Made when the network is initialised, from a random key that depends on the
    /// path; found by its path afterwards.
    ///
    /// @param name unique among this network's children, parameters and statistics
    /// @param shape may depend on the input's, but not on the batch
    /// @throws CajalException if the variables have none of this path, or one of another shape
    public Tensor parameter(String name, Shape shape, Initializer initializer) {
        return parameter(name, shape, 1, initializer);
    }

    /// The kernel of a convolution in groups, a [parameter][#parameter(String, Shape, Initializer)] whose first elements may depend on their number; see
    /// [Initializer#create(RandomKey, Shape, int)].
    ///
    /// @param shape with the channels of a single group, but the filters of all
    public Tensor parameter(String name, Shape shape, int groups, Initializer initializer) {
        return variable(Phrase.words("parameter"), name, shape, groups, initializer, run.parameters);
    }

    /// A tensor that the forward pass updates itself, such as a running mean; see [#update].
    ///
    /// @throws CajalException if the variables have none of this path, or one of another shape
    public Tensor statistic(String name, Shape shape, Initializer initializer) {
        return variable(Phrase.words("statistic"), name, shape, 1, initializer, run.statistics);
    }

    private Tensor variable(
            Phrase kind, String name, Shape shape, int groups, Initializer initializer,
            SequencedMap<String, Tensor> variables) {
        String path = claim(name);
        // A shared network comes by several times; its variables are made at the first.
        if (run.init != null && !variables.containsKey(path)) {
            variables.put(path, create(path, shape, groups, initializer, run.init));
        }
        return found(path, shape, variables, kind);
    }

    /// Gives a statistic of this layer its next elements; no gradient flows into them. Does nothing outside of
    /// training, and while variables are being made.
    ///
    /// @param next of the statistic's shape; converted to its type
    /// @throws CajalException if this layer has no such statistic, or it has another shape
    public void update(String name, Tensor next) {
        String path = origin.child(name).path();
        Tensor before = run.statistics.get(path);
        if (before == null) {
            throw new CajalException(
                    "scope.update", "%sThere is no statistic '%s' to update; ask for it with statistic() first.",
                    origin.prefix(), name);
        }
        if (!before.shape().equals(next.shape())) {
            throw new ShapeException(
                    "shape.update", "%sThe statistic '%s' has shape %s, but its update has %s.", origin.prefix(), name,
                    before.shape(), next.shape());
        }
        if (isTraining() && run.init == null) {
            run.statistics.put(path, next.asType(before.dtype()).stopGradient());
        }
    }

    /// Adds something to what training makes small, besides the loss: a mean over the examples that [count][#weights]. Measuring a model of sequences, or one that gives its input back, adds it to the loss too; that of
    /// classes and of quantities does not.
    ///
    /// @param penalty a scalar
    public void penalize(Tensor penalty) {
        if (penalty.shape().rank() != 0) {
            throw new ShapeException("shape.penalty",
                    "%sA penalty is one number, a scalar, but got shape %s. Take its mean over the batch.",
                    origin.prefix(), penalty.shape());
        }
        run.penalties.add(penalty);
    }

    /// In [Mode.Streaming], where in its sequence the piece is that this layer gets; empty where the input is a whole sequence.
    public Optional<Mode.Streaming> streaming() {
        return mode instanceof Mode.Streaming streaming ? Optional.of(streaming) : Optional.empty();
    }

    /// What this layer remembered of the pieces before; in the first piece zeros.
    ///
    /// @param name unique among this network's children and parameters
    /// @throws CajalException outside of [Mode.Streaming]
    public Tensor recall(String name, TensorType type) {
        if (!(mode instanceof Mode.Streaming streaming)) {
            throw new CajalException("scope.memory",
                    "%sThere is nothing to remember where a whole sequence is given. Ask streaming() first.",
                    origin.prefix());
        }
        Tensor before = streaming.memory().get(claim(name));
        return before != null ? before : Tensor.zeros(type.dtype(), type.shape());
    }

    /// Remembers something for the next piece, under a name that was [recalled][#recall].
    public void remember(String name, Tensor next) {
        run.memory.put(origin.child(name).path(), next);
    }

    /// What is the same for all pieces of a sequence: in [Mode.Streaming] it is made of the first one and remembered, elsewhere it is simply made.
    ///
    /// @param name unique among this network's children and parameters
    public Tensor once(String name, Supplier<Tensor> made) {
        if (!(mode instanceof Mode.Streaming streaming)) {
            return made.get();
        }
        Tensor before = streaming.memory().get(claim(name));
        Tensor same = before != null ? before : made.get();
        remember(name, same);
        return same;
    }

    /// Applies a child network, whose parameters have paths below this one's.
    ///
    /// @param name unique among this network's children and parameters
    public <I, O> O call(String name, Network<I, O> child, I input) {
        return enter(claim(name), child, input);
    }

    /// Applies a network that all calls with this name share; see [Shared].
    <I, O> O callShared(String name, Network<I, O> child, I input) {
        requirePart(name);
        if (run.rootNames.contains(name)) {
            throw taken(name);
        }
        Network<?, ?> before = run.shared.putIfAbsent(name, child);
        if (before != null && !before.equals(child)) {
            throw new CajalException(
                    "scope.shared",
                    "Two different networks are shared under the name '%s': %s and %s. Give each a name of its own.",
                    name,
                    before,
                    child);
        }
        return enter(name, child, input);
    }

    private <I, O> O enter(String path, Network<I, O> child, I input) {
        Origin inner = new Origin(path);
        if (input instanceof Tensor tensor) {
            run.chain.add(Phrase.of("scope.input", "%s (%s) got %s", path, child.getClass().getSimpleName(),
                    tensor.type()));
        }
        int visit = run.visits.size();
        O output = inner.in(() -> child.apply(input, new Scope(run, inner, mode, surroundings)));
        List<TensorType> types = Tree.of(output).leaves().stream().map(Tensor::type).toList();
        run.visits.add(visit, new Visit(path, child, types));
        run.chain.removeIf(line -> line.arguments().getFirst().toString().startsWith(path + "/"));
        return output;
    }

    /// Whether the network is being trained: dropout drops, batch normalisation uses the batch. Also true while
    /// variables are being made.
    public boolean isTraining() {
        return mode instanceof Mode.Training;
    }

    /// Whether a loss is made of what comes out: in training, and where a model is [measured][Mode.Measurement]. A layer whose loss is a mean over random numbers draws them then; one that is random for the sake of
    /// training alone, as dropout, asks [#isTraining].
    public boolean hasLoss() {
        return isTraining() || mode instanceof Mode.Measurement;
    }

    /// The source of random numbers for this layer and step. It depends on the layer's path, not on the order of calls,
    /// and is the same at each call: whoever needs several sets of numbers derives keys, with `key().foldIn("noise")`.
    ///
    /// @throws CajalException in prediction, where no loss is made
    public RandomKey key() {
        return switch (mode) {
            case Mode.Training(RandomKey key, var _) -> key.foldIn(origin.path());
            case Mode.Measurement(RandomKey key, var _) -> key.foldIn(origin.path());
            case Mode.Inference _, Mode.Streaming _ -> throw new CajalException(
                    "scope.key",
                    "%sThere are no random numbers outside of training, so that predictions repeat. Ask isTraining() first.",
                    origin.prefix());
        };
    }

    /// Where a loss is made, how much each row of the batch counts, `[batch]`: 0 for rows that only fill up the last batch. What is computed from several rows of a batch has to leave those
    /// out. Nothing if all rows count.
    public Optional<Tensor> weights() {
        return switch (mode) {
            case Mode.Training(var _, Optional<Tensor> weights) -> weights;
            case Mode.Measurement(var _, Tensor weights) -> Optional.of(weights);
            case Mode.Inference _, Mode.Streaming _ -> Optional.empty();
        };
    }

    /// What networks around this one have told those inside of them.
    public Surroundings surroundings() {
        return surroundings;
    }

    /// This scope, telling the networks that it calls something else; names are the same ones.
    public Scope with(Surroundings told) {
        return new Scope(run, origin, names, mode, told);
    }

    /// This scope, calling networks with whole sequences even where pieces come in: in [Mode.Streaming] they are applied for inference.
    public Scope ofWholes() {
        return streaming().isPresent() ? new Scope(run, origin, names, Mode.inference(), surroundings) : this;
    }

    /// Where in the network this scope is: `encoder/0`; empty at the root.
    public String path() {
        return origin.path();
    }

    private String claim(String name) {
        requirePart(name);
        if (origin.path().isEmpty() && run.shared.containsKey(name)) {
            throw taken(name);
        }
        if (!names.add(name)) {
            throw new CajalException(
                    "scope.name",
                    "%sThe name '%s' is used twice. Give each child and parameter a name of its own, or use Shared where one is meant to be used twice.",
                    origin.prefix(),
                    name);
        }
        return origin.child(name).path();
    }

    private void requirePart(String name) {
        if (name.isEmpty() || name.contains("/")) {
            throw new CajalException(
                    "scope.name-of-path", "%sThe name '%s' cannot be part of a path: it is empty or has a slash.",
                    origin.prefix(), name);
        }
    }

    private static CajalException taken(String name) {
        return new CajalException(
                "scope.taken",
                "The name '%s' is that of a shared network and also of a child or parameter of the outermost network. Call one of them something "
                        + "else.",
                name);
    }

    private static Tensor create(String path, Shape shape, int groups, Initializer initializer, RandomKey key) {
        Tensor created = initializer.create(key.foldIn(path), shape, groups);
        if (!created.shape().equals(shape)) {
            throw new ShapeException(
                    "shape.initializer",
                    "The initializer %s made shape %s for %s, which needs %s.",
                    initializer,
                    created.shape(),
                    path,
                    shape);
        }
        return created;
    }

    private Tensor found(String path, Shape shape, Map<String, Tensor> variables, Phrase kind) {
        Tensor tensor = variables.get(path);
        if (tensor == null) {
            throw new CajalException(
                    "scope.missing",
                    "There is no %s %s. The variables belong to another network; they have %s.",
                    kind,
                    path,
                    variables.keySet());
        }
        if (!tensor.shape().equals(shape)) {
            throw new ShapeException(
                    "shape.variable",
                    "%sThe %s %s has shape %s, but this input needs %s. The network was made for inputs of another shape.",
                    origin.prefix(),
                    kind,
                    path,
                    tensor.shape(),
                    shape);
        }
        return tensor;
    }
}
