package dev.cajal.reference;

import static dev.cajal.reference.Running.buffer;
import static dev.cajal.reference.Running.graph;
import static dev.cajal.reference.Running.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.Backends;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.RunException;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceBackendTest {
    private static final TensorType TYPE = TensorType.of(DType.F32, 2);
    private static final CompileOptions CHECKED = CompileOptions.DEFAULT.withChecked(true);
    private static final double INF = Double.POSITIVE_INFINITY;

    private final ReferenceBackend backend = new ReferenceBackend();

    private static Graph of(UnaryOperator<Value> function) {
        return graph(List.of(TYPE), in -> List.of(function.apply(in.getFirst())));
    }

    @Test
    void itIsAServiceOfTheLowestPriority() {
        assertThat(Backends.named("reference")).isInstanceOf(ReferenceBackend.class);
        assertThat(Backends.all().getLast().name()).isEqualTo("reference");
    }

    @Test
    void argumentsAreReadAndLeftAlone() {
        HostBuffer x = buffer(TYPE, 1, 2);
        Executable plan = backend.compile(of(Ops::negate), CompileOptions.DEFAULT.withDonated(Set.of(0)));
        assertThat(numbers(plan.run(List.of(x)).getFirst())).containsExactly(-1, -2);
        assertThat(numbers(x)).containsExactly(1, 2);
    }

    @Test
    void resultsAreNobodyElsesMemory() {
        HostBuffer x = buffer(TYPE, 1, 2);
        Graph identity = graph(List.of(TYPE), in -> List.of(in.getFirst(), in.getFirst()));
        List<Buffer> results = backend.compile(identity, CompileOptions.DEFAULT).run(List.of(x));
        x.segment().fill((byte) 0);
        HostBuffer.of(results.get(0)).segment().fill((byte) 0);
        assertThat(numbers(results.get(1))).containsExactly(1, 2);
    }

    /// A buffer of another backend, which can only be read.
    @Test
    void buffersOfOtherBackendsAreRead() {
        Buffer foreign = new Buffer() {
            @Override
            public TensorType type() {
                return TYPE;
            }

            @Override
            public void read(MemorySegment target) {
                MemorySegment.copy(MemorySegment.ofArray(new float[] {3, 4}), 0, target, 0, 8);
            }
        };
        assertThat(numbers(backend.compile(of(Ops::negate), CompileOptions.DEFAULT).run(List.of(foreign)).getFirst()))
                .containsExactly(-3, -4);
    }

    @Test
    void argumentsHaveToFit() {
        Executable plan = backend.compile(of(Ops::negate), CompileOptions.DEFAULT);
        assertThatThrownBy(() -> plan.run(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 parameters, but got 0");
        assertThatThrownBy(() -> plan.run(List.of(buffer(DType.F32, 1, 2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Parameter 0 is f32[2], but the argument is f32[3]");
    }

    @Test
    void aPlanRunsInSeveralThreadsAtOnce() {
        Executable plan = backend.compile(of(x -> {
            Value result = x;
            for (int i = 0; i < 50; i++) {
                result = Ops.add(Ops.multiply(result, x), x);
            }
            return result;
        }), CompileOptions.DEFAULT);
        double[] alone = numbers(plan.run(List.of(buffer(TYPE, 0.5, 0.9))).getFirst());
        List<double[]> together = IntStream.range(0, 500)
                .parallel()
                .mapToObj(i -> numbers(plan.run(List.of(buffer(TYPE, 0.5, i))).getFirst()))
                .toList();
        assertThat(together).allMatch(numbers -> numbers[0] == alone[0]);
        assertThat(together.get(0)[1]).isZero();
        assertThat(together.get(1)[1]).isEqualTo(51);
    }

    @Test
    void theSummaryIsKnownBeforeARun() {
        TensorType matrix = TensorType.of(DType.F32, 10, 10);
        Graph graph = graph(List.of(matrix, matrix), in -> {
            Value product = Ops.matmul(in.get(0), in.get(1));
            Value sum = Ops.add(product, in.get(0));
            return List.of(Ops.sum(sum, List.of(0, 1)));
        });
        // The product and the sum at the same moment; the result is counted apart.
        assertThat(backend.compile(graph, CompileOptions.DEFAULT).summary())
                .isEqualTo(new PlanSummary(800, 4, 800, 2000 + 100 + 100));
    }

    @Test
    void intermediateResultsAreForgottenAfterTheirLastUse() {
        Graph chain = of(x -> {
            Value result = x;
            for (int i = 0; i < 1000; i++) {
                result = Ops.negate(result);
            }
            return result;
        });
        assertThat(backend.compile(chain, CompileOptions.DEFAULT).summary().temporaryBytes()).isEqualTo(2 * 8);
    }

    private void reports(String message, UnaryOperator<Value> function, double... numbers) {
        Executable plan = backend.compile(of(function), CHECKED);
        assertThatThrownBy(() -> plan.run(List.of(buffer(TYPE, numbers))))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith(message);
    }

    private void isFine(UnaryOperator<Value> function, double... numbers) {
        Executable plan = backend.compile(of(function), CHECKED);
        assertThatCode(() -> plan.run(List.of(buffer(TYPE, numbers)))).doesNotThrowAnyException();
    }

    @Test
    void theFirstOperationThatIsNotFiniteIsNamed() {
        UnaryOperator<Value> function = x -> new Origin("encoder/0")
                .in(() -> Ops.add(Ops.unary(UnaryKind.EXP, Ops.unary(UnaryKind.LOG, x)), x));
        reports("In layer encoder/0: log is the first operation to give NaN.", function, 1, -1);
        reports("In layer encoder/0: log is the first operation to give -Infinity.", function, 1, 0);
        isFine(function, 1, 2);
        reports("exp is the first operation to give Infinity.", x -> Ops.unary(UnaryKind.EXP, x), 1, 100);
        reports("divide is the first operation to give NaN.", x -> Ops.divide(x, x), 1, 0);
        reports("reduce is the first operation to give Infinity.", x -> Ops.sum(x, List.of(0)), 3e38, 3e38);
    }

    @Test
    void badDataIsNamed() {
        reports("the input p0 is the first operation to give NaN.", Ops::negate, 1, Double.NaN);
    }

    @Test
    void masksOfInfinityAreFine() {
        isFine(x -> Ops.add(x, Ops.fill(TYPE, -INF)), 1, 2);
        isFine(x -> Ops.unary(UnaryKind.EXP, Ops.add(x, Ops.fill(TYPE, -INF))), 1, 2);
        isFine(Ops::negate, 1, INF);
        isFine(x -> Ops.reduce(Reducer.MAX, Ops.slice(x, List.of(0), List.of(0), List.of(1)), List.of(0)), 1, 2);
        reports("subtract is the first operation to give NaN.",
                x -> Ops.subtract(Ops.fill(TYPE, INF), Ops.fill(TYPE, INF)), 1, 2);
    }

    @Test
    void operationsInsideOfLoopsAreNamed() {
        TensorType scalar = TensorType.of(DType.F32);
        Graph body = graph(List.of(scalar), in -> new Origin("cell")
                .in(() -> List.of(Ops.multiply(in.getFirst(), in.getFirst()))));
        Graph graph = graph(List.of(scalar), in -> Ops.scan(new Op.Scan(body, 1, 0, 10, false), in));
        assertThatThrownBy(() -> backend.compile(graph, CHECKED).run(List.of(buffer(scalar, 100))))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith("In layer cell: multiply is the first operation to give Infinity.");
    }
}
