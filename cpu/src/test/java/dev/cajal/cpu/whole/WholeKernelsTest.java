package dev.cajal.cpu.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.autodiff.Gradients;
import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.RunException;
import dev.cajal.cpu.run.CpuBackend;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Op.Scatter.Combiner;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.memory.HostBuffer;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.Agreement;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.SampleData;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
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

    private static Window same(int size, int stride) {
        List<Integer> pad = List.of(size / 2, size / 2);
        return Window.of(List.of(size, size)).withStrides(List.of(stride, stride)).withPadding(pad, pad);
    }

    /// A convolution and its gradients by both operands.
    private void convolution(Window window, int groups, Shape images, int features) {
        int channels = images.dim(-1) / groups;
        Shape kernelShape = Shape.of(window.size()).insert(window.rank(), channels).insert(window.rank() + 1, features);
        HostBuffer x = data.between(new TensorType(DType.F32, images), -1, 1);
        HostBuffer kernel = data.between(new TensorType(DType.F32, kernelShape), -1, 1);
        var op = new Op.Convolution(window, groups, 1, DType.F32);
        Shape result = Ops.convolution(op, Ops.parameter(x.type(), "x"), Ops.parameter(kernel.type(), "k")).shape();
        HostBuffer cotangent = data.between(new TensorType(DType.F32, result), -1, 1);
        long terms = Math.max(result.size() / features, kernelShape.size() / channels);
        check(new Accuracy.Sum(terms), List.of(x, kernel, cotangent), in -> {
            Value y = Ops.convolution(op, in.get(0), in.get(1));
            List<Value> gradients = Gradients.of(List.of(y), List.of(in.get(2)), in.subList(0, 2));
            // With a bias and a ramp behind, which may be the tail of the product.
            Value zero = Ops.zeros(y.type());
            return List.of(Ops.select(Ops.compare(Comparison.GT, y, zero), y, zero), gradients.get(0),
                    gradients.get(1));
        });
    }

    @Test
    void depthwiseConvolutionsOfManyShapes() {
        convolution(same(3, 1), 24, Shape.of(4, 14, 13, 24), 24);
        convolution(same(3, 2), 20, Shape.of(5, 15, 12, 20), 20);
        convolution(same(5, 1).withDilation(List.of(1, 1), List.of(2, 3)), 7, Shape.of(3, 15, 16, 7), 7);
        convolution(Window.of(List.of(4, 2)), 33, Shape.of(2, 9, 11, 33), 33);
        // The window is larger than what it slides over, and most taps see padding.
        convolution(same(7, 1), 5, Shape.of(2, 2, 3, 5), 5);
        convolution(Window.of(List.of(5)).withPadding(List.of(4), List.of(0)), 6, Shape.of(3, 70, 6), 6);
        convolution(Window.of(List.of(2, 3, 2)), 4, Shape.of(2, 5, 4, 6, 4), 4);
        // Two features for each channel are products.
        convolution(same(3, 1), 6, Shape.of(2, 8, 9, 6), 12);
    }

    @Test
    void convolutionsOfManyShapes() {
        convolution(same(3, 1), 1, Shape.of(4, 14, 13, 20), 33);
        convolution(same(3, 2), 1, Shape.of(16, 9, 10, 8), 70);
        convolution(same(5, 1), 1, Shape.of(6, 12, 30, 1), 6);
        convolution(same(1, 2), 1, Shape.of(3, 11, 12, 17), 20);
        convolution(same(1, 1), 1, Shape.of(3, 11, 12, 17), 20);
        convolution(same(3, 1), 4, Shape.of(5, 10, 9, 24), 16);
        convolution(same(3, 1).withDilation(List.of(1, 1), List.of(2, 3)), 1, Shape.of(2, 15, 16, 12), 9);
        // More lines than are kept with their padding.
        convolution(same(3, 1), 1, Shape.of(1, 20, 62, 96), 8);
        // More taps and channels, and more places, than are written out at a time.
        convolution(same(3, 1), 1, Shape.of(2, 20, 15, 130), 12);
        convolution(Window.of(List.of(30)).withPadding(List.of(3), List.of(0)), 1, Shape.of(8, 200, 3), 40);
        convolution(Window.of(List.of(2, 3, 2)), 1, Shape.of(2, 6, 7, 8, 9), 10);
    }

    @Test
    void poolsOfManyShapes() {
        Window two = Window.of(List.of(1, 2, 2, 1));
        List<Window> windows = List.of(
                two.withStrides(List.of(1, 2, 2, 1)),
                two,
                two.withStrides(List.of(1, 3, 3, 1)),
                Window.of(List.of(1, 3, 3, 1)).withStrides(List.of(1, 2, 2, 1))
                        .withPadding(List.of(0, 1, 1, 0), List.of(0, 1, 1, 0)),
                two.withStrides(List.of(1, 2, 2, 1)).withPadding(List.of(0, 1, 0, 0), List.of(0, 0, 1, 0)),
                Window.of(List.of(2, 2, 2, 1)).withStrides(List.of(2, 2, 2, 1)));
        for (Window window : windows) {
            HostBuffer x = data.between(TensorType.of(DType.F32, 6, 31, 30, 17), -1, 1);
            Shape result = Ops.reduceWindow(Reducer.MAX, Ops.parameter(x.type(), "x"), window).shape();
            HostBuffer source = data.between(new TensorType(DType.F32, result), 0, 1);
            check(Accuracy.EXACT, List.of(x), in -> List.of(
                    Ops.reduceWindow(Reducer.MAX, in.get(0), window),
                    Ops.reduceWindow(Reducer.MIN, in.get(0), window)));
            check(new Accuracy.Sum(9), List.of(x), in -> List.of(Ops.reduceWindow(Reducer.SUM, in.get(0), window)));
            for (Comparison select : List.of(Comparison.GE, Comparison.LE)) {
                check(new Accuracy.Sum(9), List.of(x, source),
                        in -> List.of(Ops.selectAndScatter(select, in.get(0), in.get(1), window)));
            }
        }
    }

    @Test
    void poolsOfUnusualNumbers() {
        float[] numbers = {0f, -0f, Float.NaN, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -1,
            Float.intBitsToFloat(0xffc00001), Float.MIN_VALUE, -Float.MIN_VALUE, 2, 2};
        double[] all = new double[4 * 4 * 64];
        var random = new SplittableRandom(3);
        for (int i = 0; i < all.length; i++) {
            all[i] = numbers[random.nextInt(numbers.length)];
        }
        HostBuffer x = SampleData.of(TensorType.of(DType.F32, 1, 4, 64, 4), all);
        HostBuffer source = data.between(TensorType.of(DType.F32, 1, 2, 32, 4), 1, 2);
        Window window = Window.of(List.of(1, 2, 2, 1)).withStrides(List.of(1, 2, 2, 1));
        check(Accuracy.EXACT, List.of(x, source), in -> List.of(
                Ops.selectAndScatter(Comparison.GE, in.get(0), in.get(1), window),
                Ops.selectAndScatter(Comparison.LE, in.get(0), in.get(1), window),
                Ops.reduceWindow(Reducer.MAX, in.get(0), window), Ops.reduceWindow(Reducer.MIN, in.get(0), window)));
    }

    @Test
    void columnsWhoseRowsAreSeveralLoops() {
        // What is repeated along the middle keeps the first two dimensions apart; a block of rows ends anywhere in the second one.
        HostBuffer x = data.between(TensorType.of(DType.F32, 20, 7, 7, 40), -1, 1);
        HostBuffer means = data.between(TensorType.of(DType.F32, 20, 40), -1, 1);
        check(new Accuracy.Sum(20 * 49), List.of(x, means), in -> {
            Value repeated = Ops.broadcastAlong(in.get(1), x.type().shape(), List.of(1, 2));
            return List.of(Ops.sum(Ops.multiply(in.get(0), repeated), List.of(0, 1, 2)),
                    Ops.sum(repeated, List.of(0, 1, 2)));
        });
    }
}
