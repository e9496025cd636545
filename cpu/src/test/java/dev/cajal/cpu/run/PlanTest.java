package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.Backends;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.MachineLimits;
import dev.cajal.backend.Plan;
import dev.cajal.backend.Plan.Allocation;
import dev.cajal.backend.Plan.Kind;
import dev.cajal.backend.Plan.Place;
import dev.cajal.backend.Profile;
import dev.cajal.cpu.describe.Layout;
import dev.cajal.cpu.loop.RowChain;
import dev.cajal.ir.FlopCounter;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Origin;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Loops;
import dev.cajal.transform.Transform;
import dev.cajal.transform.Tree;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final Map<String, Graph> GRAPHS = graphs();

    record Weights(Tensor kernel, Tensor bias, Tensor last) {}

    private static Weights weights() {
        return new Weights(normal(1, 784, 512).times(0.05), normal(2, 512), normal(3, 512, 10).times(0.05));
    }

    private static Tensor normal(long seed, int... shape) {
        return RandomKey.of(seed).normal(Shape.of(shape)).evaluate();
    }

    private static Tensor loss(Weights weights, Tensor x) {
        Tensor hidden = new Origin("0").in(() -> {
            Tensor sum = x.matmul(weights.kernel()).plus(weights.bias());
            return sum.le(0).choose(0, sum);
        });
        Tensor logits = new Origin("1").in(() -> hidden.matmul(weights.last()));
        return logits.minus(logits.exp().sum().log()).square().mean();
    }

    private static Weights step(Weights weights, Tensor x) {
        Weights gradient = Transform.grad((Weights w) -> loss(w, x)).apply(weights);
        return new Origin("", Origin.Phase.UPDATE)
                .in(() -> Tree.zip(weights, gradient, (weight, slope) -> weight.minus(slope.times(0.1))));
    }

    /// A recurrent network, and the gradient of its sum: loops with results in slices.
    private static Tensor recurrent(Tensor kernel, Tensor xs) {
        return Transform.grad((Tensor k) -> Loops.scan(
                (Tensor carry, Tensor x) -> {
                    Tensor next = carry.matmul(k).plus(x).tanh();
                    return new Loops.Step<>(next, next);
                },
                Tensor.zeros(DType.F32, Shape.of(4, 8)), xs).output().sum()).apply(kernel);
    }

    /// The gradient of a look-up is a scatter into zeros, in place.
    private static Tensor lookUp(Tensor table, Tensor rows) {
        return Transform.grad((Tensor t) -> t.take(rows).square().sum()).apply(table).times(2).sum(0);
    }

    private static Map<String, Graph> graphs() {
        return onCpu(() -> {
            Map<String, Graph> graphs = new LinkedHashMap<>();
            Tensor rows = Tensor.of(new int[] {1, 3, 3});
            graphs.put("step", Transform.compile(PlanTest::step).graph(weights(), normal(4, 128, 784)));
            graphs.put("loss", Transform.compile(PlanTest::loss).graph(weights(), normal(4, 128, 784)));
            graphs.put("recurrent", Transform.compile(PlanTest::recurrent).graph(normal(5, 8, 8), normal(6, 5, 4, 8)));
            graphs.put("look-up", Transform.compile(PlanTest::lookUp).graph(normal(7, 10, 6), rows));
            graphs.put("noise", Transform.compile((Tensor x) -> x.plus(RandomKey.of(1).normal(Shape.of(64, 3))).sort(0))
                    .graph(normal(8, 64, 3)));
            return graphs;
        });
    }

    private static <R> R onCpu(Supplier<R> body) {
        return Backends.using(new CpuBackend(), body);
    }

    private static Program program(String name) {
        return Compiler.program(GRAPHS.get(name), name.equals("step") ? Set.of(0, 1, 2) : Set.of(), RowChain::allows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "loss", "recurrent", "look-up", "noise"})
    void regionsCoverAllNodes(String name) {
        Program program = program(name);
        Layout layout = program.layout();
        Plan plan = program.plan();
        Set<Node> covered = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < layout.running().size(); i++) {
            Set<Node> inside = layout.cut().regions().inside(layout.running().get(i));
            assertThat(plan.regions().get(i).operations()).isEqualTo(inside.size());
            covered.addAll(inside);
        }
        List<Node> rest = layout.graph().nodes().stream().filter(node -> !covered.contains(node)).toList();
        assertThat(rest).allMatch(node -> switch (node.op()) {
            case Op.Parameter _, Op.Constant _, Op.Reshape _, Op.StopGradient _, Op.OptimizationBarrier _ -> true;
            default -> false;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "loss", "recurrent", "look-up", "noise"})
    void whatIsAliveAtOnceDoesNotOverlap(String name) {
        requireDisjoint(program(name).plan());
    }

    private static void requireDisjoint(Plan plan) {
        List<Allocation> arena = plan.allocations().stream().filter(piece -> piece.place() instanceof Place.Arena)
                .toList();
        long size = 0;
        for (Allocation piece : arena) {
            long offset = ((Place.Arena) piece.place()).offset();
            size = Math.max(size, offset + piece.bytes());
            for (Allocation other : arena) {
                long start = ((Place.Arena) other.place()).offset();
                assertThat(other == piece || !piece.isAliveWith(other) || offset + piece.bytes() <= start
                        || start + other.bytes() <= offset).as("%s and %s", piece, other).isTrue();
            }
        }
        assertThat(plan.arenaBytes()).isEqualTo(size);
        plan.regions().forEach(region -> region.repeated().ifPresent(
                repeated -> repeated.plans().forEach(PlanTest::requireDisjoint)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "loss", "recurrent", "look-up", "noise"})
    void nothingIsReadBeforeItIsWritten(String name) {
        Plan plan = program(name).plan();
        Set<Integer> written = new HashSet<>();
        for (int i = 0; i < plan.allocations().size(); i++) {
            Place place = plan.allocations().get(i).place();
            if (place instanceof Place.Argument || place instanceof Place.Constant) {
                written.add(i);
            }
        }
        for (Plan.Region region : plan.regions()) {
            assertThat(written).containsAll(region.reads());
            written.addAll(region.writes());
        }
    }

    @Test
    void aPlanSaysWhatItComputesAndWhere() {
        Plan plan = program("step").plan();
        Plan.Region first = plan.regions().stream().filter(region -> region.kind() == Kind.PRODUCT_WITH_TAIL)
                .findFirst()
                .orElseThrow();
        assertThat(first.text()).isEqualTo("matmul 128x784 . 784x512 + bias + relu");
        assertThat(first.space()).isEqualTo(Shape.of(128, 512));
        assertThat(first.origins()).containsExactly(new Origin("0"));
        assertThat(first.reads().stream().map(i -> plan.allocations().get(i).name()))
                .allMatch(argument -> !argument.isEmpty());
        assertThat(first.flops()).isGreaterThan(2L * 128 * 784 * 512).isLessThan(2L * 128 * 785 * 512);
        List<Origin.Phase> phases = plan.regions().stream().flatMap(region -> region.origins().stream())
                .map(Origin::phase)
                .distinct().toList();
        assertThat(phases).contains(Origin.Phase.FORWARD, Origin.Phase.BACKWARD, Origin.Phase.UPDATE);
        // The weights are donated: each new one lies where the old one was.
        assertThat(plan.results()).containsExactlyInAnyOrder(new Place.Argument(0), new Place.Argument(1),
                new Place.Argument(2));
    }

    @Test
    void operationsAreThoseOfTheGraphWhereNothingIsSuperfluous() {
        Graph product = onCpu(() -> Transform.compile((Tensor a, Tensor b) -> a.matmul(b))
                .graph(normal(1, 3, 4), normal(2, 4, 5)));
        Plan plan = Compiler.program(product, Set.of(), RowChain::allows).plan();
        assertThat(plan.flops()).isEqualTo(FlopCounter.count(product)).isEqualTo(2 * 3 * 4 * 5);
        assertThat(plan.bytes()).isEqualTo(4 * (3 * 4 + 4 * 5 + 3 * 5));
        assertThat(plan.regions()).singleElement().satisfies(region -> {
            assertThat(region.kind()).isEqualTo(Kind.PRODUCT);
            assertThat(region.text()).isEqualTo("matmul 3x4 . 4x5");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "loss", "recurrent", "look-up", "noise"})
    void theSummaryIsThePlans(String name) {
        var executable = new CpuBackend().compile(GRAPHS.get(name), CompileOptions.DEFAULT);
        Plan plan = executable.plan().orElseThrow();
        assertThat(executable.summary()).isEqualTo(plan.summary());
        assertThat(executable.summary().flops())
                .isEqualTo(plan.regions().stream().mapToLong(Plan.Region::flops).sum());
        // Rewrites leave out, and regions compute again; but it is the same work.
        double ratio = (double) plan.flops() / FlopCounter.count(GRAPHS.get(name));
        assertThat(ratio).isBetween(0.5, 1.5);
    }

    @Test
    void aRepetitionHasAPlanInside() {
        Plan plan = program("recurrent").plan();
        assertThat(plan.loopBytes()).isPositive();
        assertThat(plan.regions().stream().filter(region -> region.kind() == Kind.REPETITION)).hasSizeGreaterThan(1)
                .allSatisfy(region -> {
                    Plan.Repeated repeated = region.repeated().orElseThrow();
                    assertThat(repeated.trips()).hasValue(5);
                    assertThat(region.flops()).isEqualTo(5 * repeated.plans().getFirst().flops()).isPositive();
                    assertThat(region.text()).startsWith("scan x5");
                });
    }

    @Test
    void whatIsUpdatedInPlaceIsMovedOnlyWhereItIsUpdated() {
        Plan plan = program("look-up").plan();
        Plan.Region scatter = plan.regions().stream().filter(region -> region.text().startsWith("scatter")).findFirst()
                .orElseThrow();
        assertThat(scatter.reads()).containsAll(scatter.writes());
        // Three rows of six numbers are read, and added to what is read and written; three indices say where.
        assertThat(scatter.bytes()).isEqualTo(3 * (3 * 6 * 4) + 3 * 4);
    }

    @Test
    void aProfileLeavesArgumentsAsTheyWere() {
        onCpu(() -> {
            var compiled = Transform.compile(PlanTest::step).donating(0);
            Weights before = weights();
            Tensor x = normal(4, 128, 784);
            float[] kernel = before.kernel().toFloats();
            Profile profile = compiled.profile(before, x, Duration.ZERO, 3).orElseThrow();
            Plan plan = compiled.plan(before, x).orElseThrow();
            assertThat(before.kernel().toFloats()).containsExactly(kernel);
            assertThat(profile.runs()).isEqualTo(3);
            assertThat(profile.regionNanos()).hasSameSizeAs(plan.regions()).allMatch(nanos -> nanos > 0);
            assertThat(profile.nanos()).isPositive();
            List<float[]> profiled = profile.results().stream().map(buffer -> Tensor.of(buffer).toFloats()).toList();
            Weights after = compiled.apply(before, x);
            List<float[]> run = Tree.of(after).leaves().stream().map(Tensor::toFloats).toList();
            assertThat(profiled).hasSameSizeAs(run);
            IntStream.range(0, run.size()).forEach(i -> assertThat(profiled.get(i)).containsExactly(run.get(i)));
            return after;
        });
    }

    @Test
    void aProfileNeedsARun() {
        onCpu(() -> assertThatThrownBy(
                () -> Transform.compile((Tensor x) -> x.plus(1)).profile(normal(1, 3), Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void theReferenceBackendHasNoPlanToShow() {
        Backends.using(Backends.named("reference"), () -> {
            var compiled = Transform.compile((Tensor x) -> x.plus(1));
            assertThat(compiled.plan(normal(1, 3))).isEmpty();
            assertThat(compiled.profile(normal(1, 3), Duration.ZERO, 1)).isEmpty();
            return compiled;
        });
    }

    @Test
    void aLimitIsTheLongerOfArithmeticAndMemory() {
        MachineLimits limits = new MachineLimits(2, 100e9, 50e9, 10e9);
        Plan.Region product = region(1_000_000_000L, 1_000_000L);
        assertThat(product.limitSeconds(limits)).isEqualTo(0.01);
        assertThat(product.isLimitedByMemory(limits)).isFalse();
        Plan.Region loop = region(1_000_000L, 1_000_000_000L);
        assertThat(loop.limitSeconds(limits)).isEqualTo(0.1);
        assertThat(loop.isLimitedByMemory(limits)).isTrue();
    }

    private static Plan.Region region(long flops, long bytes) {
        return new Plan.Region(Kind.LOOP, "add", Shape.SCALAR, 1, List.of(), List.of(), List.of(), flops,
                bytes, Optional.empty());
    }
}
