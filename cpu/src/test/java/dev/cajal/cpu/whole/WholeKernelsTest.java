package dev.cajal.cpu.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.RunException;
import dev.cajal.cpu.run.CpuBackend;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Op.Scatter.Combiner;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.SampleData;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Shapes large enough for several threads; small ones of every kind are in [dev.cajal.testing.OpSamples].
class WholeKernelsTest {
    private static final List<Integer> NONE = List.of();
    private static final TensorType START = TensorType.of(DType.I32);

    private final Backend reference = new ReferenceBackend();
    private final Backend cpu = new CpuBackend();
    private final SampleData data = new SampleData(5);

    private static Graph graph(List<HostBuffer> arguments, Function<List<Value>, List<Value>> body) {
        List<Value> parameters = new ArrayList<>();
        for (HostBuffer argument : arguments) {
            parameters.add(Ops.parameter(argument.type(), "x" + parameters.size()));
        }
        return Graph.of(parameters, body.apply(parameters));
    }

    /// Agrees with the reference, with the same bits at any number of threads.
    private void check(Accuracy accuracy, List<HostBuffer> arguments, Function<List<Value>, List<Value>> body) {
        var sample = new GraphSample("large", graph(arguments, body), arguments, NONE, accuracy);
        int before = WorkerPool.shared().threads();
        List<List<HostBuffer>> runs = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            WorkerPool.shared().resize(threads);
            assertThat(Agreement.check(sample, reference, cpu)).isEmpty();
            runs.add(sample.run(cpu));
        }
        WorkerPool.shared().resize(before);
        for (List<HostBuffer> run : runs) {
            for (int i = 0; i < run.size(); i++) {
                assertThat(run.get(i).segment().mismatch(runs.getFirst().get(i).segment())).isEqualTo(-1);
            }
        }
    }

    private static GatherDimensions rows() {
        return new GatherDimensions(List.of(1), List.of(0), NONE, NONE, List.of(0), 1);
    }

    private static ScatterDimensions rowUpdates() {
        return new ScatterDimensions(List.of(1), List.of(0), NONE, NONE, List.of(0), 1);
    }

    @Test
    void rowsOfATable() {
        HostBuffer table = data.usual(TensorType.of(DType.F32, 300, 65));
        HostBuffer indices = data.indices(TensorType.of(DType.I64, 2000), 300);
        check(Accuracy.EXACT, List.of(table, indices),
                in -> List.of(Ops.gather(in.get(0), in.get(1), rows(), List.of(1, 65))));
    }

    @Test
    void updatesOfRowsAreAddedInTheirOrder() {
        // The table is made on the way, so that it is updated where it is; few rows, so that each gets many updates.
        HostBuffer table = data.between(TensorType.of(DType.F32, 7, 300), -1, 1);
        HostBuffer indices = data.indices(TensorType.of(DType.I32, 900), 7);
        HostBuffer updates = data.between(TensorType.of(DType.F32, 900, 300), -1, 1);
        for (Combiner combiner : List.of(Combiner.ADD, Combiner.REPLACE, Combiner.MAXIMUM)) {
            check(new Accuracy.Sum(902), List.of(table, indices, updates), in -> List.of(Ops.scatter(
                    Ops.negate(in.get(0)), in.get(1), in.get(2), rowUpdates(), combiner)));
        }
    }

    @Test
    void anOperandThatIsNeededLaterIsNotUpdatedInPlace() {
        HostBuffer table = data.usual(TensorType.of(DType.F32, 6, 4));
        HostBuffer indices = data.indices(TensorType.of(DType.I32, 3), 6);
        HostBuffer updates = data.usual(TensorType.of(DType.F32, 3, 4));
        check(Accuracy.EXACT, List.of(table, indices, updates), in -> {
            Value negated = Ops.negate(in.get(0));
            Value first = Ops.scatter(negated, in.get(1), in.get(2), rowUpdates(), Combiner.REPLACE);
            Value second = Ops.scatter(first, in.get(1), in.get(2), rowUpdates(), Combiner.MAXIMUM);
            Value third = Ops.scatter(second, in.get(1), in.get(2), rowUpdates(), Combiner.MINIMUM);
            return List.of(Ops.multiply(second, Ops.negate(third)), Ops.add(third, negated), third);
        });
    }

    @Test
    void elementsMoved() {
        HostBuffer x = data.usual(TensorType.of(DType.F32, 120, 90, 11));
        HostBuffer y = data.usual(TensorType.of(DType.F32, 120, 70, 11));
        HostBuffer zero = data.usual(TensorType.of(DType.F32));
        HostBuffer start = SampleData.of(START, 7);
        check(Accuracy.EXACT, List.of(x, y, zero, start), in -> List.of(
                apply(new Op.Concatenate(1), in.get(0), in.get(1)),
                apply(new Op.Pad(List.of(3, -2, 1), List.of(-5, 4, 0), List.of(0, 2, 1)), in.get(0), in.get(2)),
                apply(new Op.DynamicSlice(List.of(90, 80, 11)), in.get(0), in.get(3), in.get(3), in.get(3)),
                apply(new Op.DynamicUpdateSlice(), in.get(0), in.get(1), in.get(3), in.get(3), in.get(3))));
    }

    private static Value apply(Op op, Value... inputs) {
        return Node.of(op, List.of(inputs), Origin.current()).value();
    }

    @Test
    void longLinesSorted() {
        for (DType dtype : List.of(DType.F32, DType.F64, DType.I64)) {
            TensorType type = TensorType.of(dtype, 3, 5000);
            HostBuffer keys = data.fill(type, () -> data.random().nextInt(1000) - 500);
            HostBuffer others = data.permutation(type.withDType(DType.I32));
            check(Accuracy.EXACT, List.of(keys, others), in -> {
                List<Value> all = new ArrayList<>(Ops.sort(in, 1, false));
                all.addAll(Ops.sort(in, 1, true));
                return all;
            });
        }
    }

    @Test
    void aBadIndexIsNamedAndLeavesDonatedMemoryAlone() {
        HostBuffer table = data.usual(TensorType.of(DType.F32, 6, 4));
        HostBuffer before = HostBuffer.copyOf(table.type(), table.segment());
        HostBuffer indices = SampleData.of(TensorType.of(DType.I32, 3), 0, 5, 6);
        Graph graph = graph(List.of(table, indices), in -> {
            Value taken = Ops.gather(in.get(0), in.get(1), rows(), List.of(1, 4));
            Value sum = Ops.scatter(in.get(0), in.get(1), taken, rowUpdates(), Combiner.ADD);
            return List.of(Ops.negate(sum), Ops.negate(in.get(0)));
        });
        var executable = cpu.compile(graph, CompileOptions.DEFAULT.withDonated(Set.of(0)));
        List<Buffer> arguments = List.of(table, indices);
        assertThatThrownBy(() -> executable.run(arguments))
                .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.code()).isEqualTo("run.index"))
                .hasMessageContaining("index 6 for dimension 0")
                .hasMessageContaining("0 to 5");
        assertThat(table.segment().mismatch(before.segment())).isEqualTo(-1);
    }

    @Test
    void aLoopWhoseCarriesChangePlaces() {
        // Fibonacci numbers; each y is the carry before the trip, and the sum of both after it.
        TensorType row = TensorType.of(DType.I64, 3);
        HostBuffer first = SampleData.of(row, 0, 1, 2);
        HostBuffer second = SampleData.of(row, 1, 1, 5);
        for (int length : new int[] {1, 2, 31}) {
            Graph body = graph(List.of(first, second), in -> {
                Value sum = Ops.add(in.get(0), in.get(1));
                return List.of(in.get(1), sum, in.get(0), sum);
            });
            check(Accuracy.EXACT, List.of(first, second), in -> Node.of(
                    new Op.Scan(body, 2, 0, length, false), in, Origin.current()).values());
        }
    }
}
