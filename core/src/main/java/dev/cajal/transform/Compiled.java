package dev.cajal.transform;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Trace;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.TensorType;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function of trees whose graph is compiled once for each structure and set of types that it is called with.
///
/// Plans are kept in a small cache, the least recently used one goes first. Many different shapes mean much compiling, so the eighth is
/// reported.
final class Compiled {
    private static final System.Logger LOGGER = System.getLogger("dev.cajal.transform");
    private static final int CACHED_PLANS = 16;
    private static final int MANY_PLANS = 8;

    private final Function<List<Object>, Object> function;
    private final Set<Integer> donated;
    private final boolean checked;
    private final Map<Signature, Prepared> plans = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Signature, Prepared> eldest) {
            return size() > CACHED_PLANS;
        }
    };

    private int compiled;
    /// The plan of the last call: nearly always that of the next one.
    private @Nullable Prepared latest;

    Compiled(Function<List<Object>, Object> function, Set<Integer> donated, boolean checked) {
        this.function = function;
        this.donated = Set.copyOf(donated);
        this.checked = checked;
    }

    /// What a call has to have in common with another one to share its plan.
    private record Signature(Backend backend, Tree.Structure structure, List<TensorType> types) {
        static Signature of(Tree tree) {
            return new Signature(
                    Backends.current(), tree.structure(), tree.leaves().stream().map(Tensor::type).toList());
        }

        /// Whether it is the signature of such arguments.
        boolean fits(Tree tree) {
            List<Tensor> leaves = tree.leaves();
            boolean fits = backend == Backends.current() && leaves.size() == types.size()
                    && structure.equals(tree.structure());
            for (int i = 0; fits && i < types.size(); i++) {
                fits = types.get(i).equals(leaves.get(i).type());
            }
            return fits;
        }
    }

    /// What a signature was compiled to. Captures are tensors and not their buffers: one that is donated elsewhere has to be noticed.
    ///
    /// @param donated positions among the leaves of the arguments
    private record Prepared(Signature signature, Executable executable, List<Tensor> captures, int[] donated,
            Tree.Structure output) {}

    Compiled withDonated(int... arguments) {
        Set<Integer> all = new HashSet<>(donated);
        for (int argument : arguments) {
            all.add(argument);
        }
        return new Compiled(function, all, checked);
    }

    Compiled withChecks() {
        return new Compiled(function, Set.of(), true);
    }

    Object call(Object... arguments) {
        List<Object> list = List.of(arguments);
        if (Trace.isActive()) {
            // Inside of another traced function there is one graph for both.
            return function.apply(list);
        }
        Tree tree = Tree.of(list);
        Prepared plan = prepared(tree);
        List<Tensor> leaves = tree.leaves();
        Tensor.evaluate(leaves);
        List<Buffer> buffers = new ArrayList<>(leaves.size() + plan.captures().size());
        for (Tensor leaf : leaves) {
            buffers.add(leaf.buffer());
        }
        for (Tensor captured : plan.captures()) {
            buffers.add(captured.buffer());
        }
        requireDistinct(buffers, plan.donated(), tree);
        List<Buffer> outcome = plan.executable().run(buffers);
        List<Tensor> results = new ArrayList<>(outcome.size());
        for (Buffer result : outcome) {
            results.add(Tensor.of(result));
        }
        for (int position : plan.donated()) {
            leaves.get(position).donate();
        }
        return Tree.build(plan.output(), results);
    }

    private static List<Buffer> buffers(Tree tree, Prepared plan) {
        Tensor.evaluate(tree.leaves());
        List<Buffer> buffers = new ArrayList<>();
        tree.leaves().forEach(leaf -> buffers.add(leaf.buffer()));
        plan.captures().forEach(captured -> buffers.add(captured.buffer()));
        return buffers;
    }

    /// What a call with such arguments costs. Compiles, but runs nothing.
    PlanSummary summary(Object... arguments) {
        return prepared(Tree.of(List.of(arguments))).executable().summary();
    }

    /// The plan of a call with such arguments. Compiles, but runs nothing.
    Optional<Plan> plan(Object... arguments) {
        return prepared(Tree.of(List.of(arguments))).executable().plan();
    }

    /// How long the regions of that plan take. Donates nothing.
    Optional<Profile> profile(Duration warmUp, int runs, Object... arguments) {
        Tree tree = Tree.of(List.of(arguments));
        Prepared plan = prepared(tree);
        return plan.executable().profile(buffers(tree, plan), warmUp, runs);
    }

    /// The graph of a call with such arguments.
    Graph graph(Object... arguments) {
        return traced(Tree.of(List.of(arguments))).closure().graph();
    }

    private synchronized Prepared prepared(Tree tree) {
        Prepared last = latest;
        if (last != null && last.signature().fits(tree)) {
            return last;
        }
        Signature signature = Signature.of(tree);
        Prepared known = plans.get(signature);
        if (known != null) {
            latest = known;
            return known;
        }
        Prepared plan = compile(signature, tree);
        compiled++;
        if (compiled == MANY_PLANS) {
            LOGGER.log(Level.WARNING, () -> "A function has been compiled " + MANY_PLANS
                    + " times, for arguments of as many kinds. " + difference(signature)
                    + " Pad to a few sizes, and pass what changes as a tensor.");
        }
        plans.put(signature, plan);
        latest = plan;
        return plan;
    }

    private Prepared compile(Signature signature, Tree tree) {
        Tracing.Traced traced = traced(tree);
        List<Tensor> captured = traced.closure().captures().stream().map(Tensor::of).toList();
        Tensor.evaluate(captured);
        Set<Integer> donatedLeaves = donatedLeaves(tree.with(tree.leaves()));
        CompileOptions options = new CompileOptions(donatedLeaves, checked);
        Executable executable = signature.backend().compile(traced.closure().graph(), options);
        int[] positions = donatedLeaves.stream().mapToInt(Integer::intValue).sorted().toArray();
        return new Prepared(signature, executable, captured, positions, traced.output());
    }

    private Tracing.Traced traced(Tree tree) {
        return Tracing.trace("compile", tree.leaves(), tree.names(), placeholders -> {
            List<Object> arguments = tree.with(placeholders);
            return function.apply(arguments);
        });
    }

    /// The positions of the donated arguments' leaves among all leaves.
    private Set<Integer> donatedLeaves(List<Object> arguments) {
        Set<Integer> positions = new HashSet<>();
        int next = 0;
        for (int i = 0; i < arguments.size(); i++) {
            int count = Tree.of(arguments.get(i)).leaves().size();
            for (int leaf = 0; leaf < count; leaf++, next++) {
                if (donated.contains(i)) {
                    positions.add(next);
                }
            }
        }
        return positions;
    }

    /// A donated tensor must not be an argument twice, nor one that the function captured: the second one would be overwritten while it is read.
    private static void requireDistinct(List<Buffer> buffers, int[] donatedLeaves, Tree tree) {
        for (int position : donatedLeaves) {
            for (int other = 0; other < buffers.size(); other++) {
                if (other != position && buffers.get(other) == buffers.get(position)) {
                    throw new CajalException(
                            "compile.donated-twice",
                            "The same tensor was passed as %s, which is donated, and %s. Copy one of them, or do not donate it.",
                            tree.names().get(position),
                            other < tree.names().size()
                                    ? "as " + tree.names().get(other)
                                    : "is one that the function itself uses");
                }
            }
        }
    }

    private String difference(Signature latest) {
        @Nullable
        Signature other = plans.keySet().stream().reduce((_, last) -> last).orElse(null);
        if (other == null || !Objects.equals(other.backend(), latest.backend())) {
            return "";
        }
        if (!other.structure().equals(latest.structure())) {
            return "The parts of the arguments that are not tensors differ from call to call.";
        }
        for (int i = 0; i < latest.types().size(); i++) {
            if (!latest.types().get(i).equals(other.types().get(i))) {
                return "The last two differ in tensor " + i + ": " + other.types().get(i) + " and "
                        + latest.types().get(i) + ".";
            }
        }
        return "";
    }
}
