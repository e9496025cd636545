package dev.cajal.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.backend.PlanSummary;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.memory.HostBuffer;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GradientCheck;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.Graphs;
import dev.cajal.testing.OpSamples;
import dev.cajal.testing.RandomGraphs;
import dev.cajal.testing.SampleData;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The StableHLO that we print, parsed by JAX and run by XLA, gives what the reference backend gives.
@Tag("jax")
@Tag("slow")
class XlaTest {
    /// Few, so that integers do not overflow: XLA takes `|x| >= 0` for granted, which is wrong for the smallest integer.
    private static final int INTEGER_OPERATIONS = 8;

    @BeforeAll
    static void jax() throws InterruptedException {
        assumeTrue(Xla.isThere(), "There is no Python with JAX: set CAJAL_PYTHON to one, made by `pip install jax`.");
    }

    @Test
    void everyOperation(@TempDir Path folder) throws Exception {
        compare(Stream.concat(OpSamples.all(1).stream(), Stream.of(integerPowers())), folder);
    }

    @Test
    void gradientsOfScans(@TempDir Path folder) throws Exception {
        Stream<GraphSample> gradients = OpSamples.differentiable(1).stream()
                .filter(sample -> sample.op() instanceof Op.Scan || sample.op() instanceof Op.Convolution)
                .flatMap(sample -> GradientCheck.gradient(sample, 1).stream())
                .map(sample -> sample.within(new Accuracy.Absolute(1e-12)));
        compare(gradients, folder);
    }

    @Test
    void randomGraphs(@TempDir Path folder) throws Exception {
        compare(
                Stream.iterate(0, seed -> seed < 200, seed -> seed + 1).flatMap(seed -> Stream.of(
                        RandomGraphs.exact(seed, DType.I32, INTEGER_OPERATIONS),
                        RandomGraphs.smooth(seed, DType.F64, 40))),
                folder);
    }

    /// XLA's integer powers are right for exponents of 6 bits.
    private static GraphSample integerPowers() {
        SampleData data = new SampleData(3);
        TensorType type = TensorType.of(DType.I64, 64);
        Graph graph = Graphs.of(List.of(type, type), in -> List.of(Ops.binary(BinaryKind.POWER, in.get(0), in.get(1))));
        return new GraphSample(
                "small integer powers", graph, List.of(data.usual(type), data.indices(type, 64)), List.of(),
                Accuracy.EXACT);
    }

    private static void compare(Stream<GraphSample> all, Path folder) throws Exception {
        List<GraphSample> samples = all.filter(XlaTest::isDefined).map(XlaTest::adapted).toList();
        List<List<HostBuffer>> results = Xla.run(samples, folder);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Backend reference = new Flushing(Backends.named("reference"), Optional.empty());
            Backend xla = new Flushing(Backends.named("reference"), Optional.of(results.get(i)));
            Agreement.check(samples.get(i), reference, xla).ifPresent(wrong::add);
        }
        assertThat(wrong).isEmpty();
    }

    /// Whether StableHLO says what comes out.
    private static boolean isDefined(GraphSample sample) {
        return switch (sample.op()) {
            case Op.Binary(BinaryKind kind) when kind == BinaryKind.POWER ->
                sample.arguments().getFirst().type().dtype().isFloating() || sample.name().startsWith("small");
            // The order of updates that fall on one element is open.
            case Op.Scatter(_, Op.Scatter.Combiner combiner) when combiner == Op.Scatter.Combiner.REPLACE ->
                !sample.name().contains("windows");
            case Op _ -> true;
        };
    }

    /// The sample with what XLA demands less of: some units in the last place, and no subnormal numbers.
    private static GraphSample adapted(GraphSample sample) {
        boolean floating = sample.graph().results().getFirst().dtype().isFloating();
        boolean stated = sample.accuracy() instanceof Accuracy.Absolute || !floating;
        Accuracy accuracy = stated ? sample.accuracy() : accuracy(sample);
        List<HostBuffer> arguments = sample.arguments().stream().map(XlaTest::flushed).toList();
        return new GraphSample(sample.name(), sample.graph(), arguments, List.of(), accuracy);
    }

    private static Accuracy accuracy(GraphSample sample) {
        return switch (sample.op()) {
            case Op.Unary(UnaryKind kind) when kind == UnaryKind.NEGATE || kind == UnaryKind.ABS -> sample.accuracy();
            case Op.Unary(UnaryKind kind) when kind == UnaryKind.LOG1P -> new Accuracy.Ulps(128);
            case Op.Unary _ -> new Accuracy.Ulps(16);
            case Op.Binary(BinaryKind kind) when kind == BinaryKind.POWER || kind == BinaryKind.ATAN2 ->
                new Accuracy.Ulps(16);
            // Where windows overlap, the order of the sum is open.
            case Op.SelectAndScatter _ ->
                new Accuracy.Absolute(sample.graph().results().getFirst().dtype() == DType.BF16 ? 0.05 : 2e-6);
            case Op _ -> sample.accuracy();
        };
    }

    /// Subnormal numbers as zeros, since XLA computes with them so.
    private static HostBuffer flushed(HostBuffer buffer) {
        DType dtype = buffer.type().dtype();
        if (!dtype.isFloating()) {
            return buffer;
        }
        double smallest = dtype == DType.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
        double[] numbers = SampleData.toDoubles(buffer);
        for (int i = 0; i < numbers.length; i++) {
            // Keeps the sign of the zero.
            numbers[i] = Math.abs(numbers[i]) < smallest ? 0 * numbers[i] : numbers[i];
        }
        return SampleData.of(buffer.type(), numbers);
    }

    /// A backend without subnormal results, or one that has computed everything already.
    private record Flushing(Backend backend, Optional<List<HostBuffer>> computed) implements Backend {
        @Override
        public String name() {
            return "flushing";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Buffer upload(TensorType type, MemorySegment elements) {
            return backend.upload(type, elements);
        }

        @Override
        public long memoryBudget() {
            return Long.MAX_VALUE;
        }

        @Override
        public Executable compile(Graph graph, CompileOptions options) {
            Executable executable = backend.compile(graph, options);
            return new Executable() {
                @Override
                public List<Buffer> run(List<Buffer> arguments) {
                    List<HostBuffer> results = computed.orElseGet(
                            () -> executable.run(arguments).stream().map(HostBuffer::of).toList());
                    return results.stream().map(result -> (Buffer) flushed(result)).toList();
                }

                @Override
                public PlanSummary summary() {
                    return executable.summary();
                }
            };
        }
    }
}
