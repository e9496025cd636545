package dev.cajal.cli.doctor;

import static dev.cajal.transform.Transform.compile;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.cli.doctor.KernelSpeed.Kind;
import dev.cajal.ir.Graph;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Measures what trainings are made of: a few matrix products and fused loops, as graphs that a backend runs.
final class Kernels {
    /// Bytes of the tensors that a loop works on: as many as those by which the bandwidth is measured, so that both go to the same memory.
    private static final long LOOP_BYTES = 128L << 20;
    /// Where memory is scarce, at most this part of it.
    private static final int PART_OF_BUDGET = 4;
    private static final int COLUMNS = 512;

    private final Backend backend;
    private final List<KernelSpeed> speeds = new ArrayList<>();
    private final Consumer<String> progress;

    private Kernels(Backend backend, Consumer<String> progress) {
        this.backend = backend;
        this.progress = progress;
    }

    /// Measures all. Takes some seconds.
    ///
    /// @param bf16 whether products of bf16 too
    /// @param progress is told what comes next
    static List<KernelSpeed> measure(Backend backend, boolean bf16, Consumer<String> progress) {
        Kernels kernels = new Kernels(backend, progress);
        kernels.products(bf16);
        kernels.loops();
        return List.copyOf(kernels.speeds);
    }

    private void products(boolean bf16) {
        Tensor square = Tensor.full(DType.F32, Shape.of(1024, 1024), 0.5);
        Tensor batch = Tensor.full(DType.F32, Shape.of(128, 784), 0.5);
        Tensor weights = Tensor.full(DType.F32, Shape.of(784, COLUMNS), 0.5);
        Tensor slopes = Tensor.full(DType.F32, Shape.of(128, COLUMNS), 0.5);
        Tensor one = Tensor.full(DType.F32, Shape.of(1, 784), 0.5);
        product("[1024, 1024] x [1024, 1024]", Kind.PRODUCT, pair -> pair.get(0).matmul(pair.get(1)), square, square);
        product("[128, 784] x [784, 512]", Kind.PRODUCT, pair -> pair.get(0).matmul(pair.get(1)), batch, weights);
        product("[128, 784]' x [128, 512]", Kind.PRODUCT, pair -> pair.get(0).transpose().matmul(pair.get(1)), batch,
                slopes);
        product("[1, 784] x [784, 512]", Kind.PRODUCT, pair -> pair.get(0).matmul(pair.get(1)), one, weights);
        if (bf16) {
            Tensor half = square.asType(DType.BF16);
            product("[1024, 1024] x [1024, 1024]", Kind.PRODUCT_OF_BF16, pair -> pair.get(0).matmul(pair.get(1)), half,
                    half);
        }
    }

    private void product(String name, Kind kind, Function<List<Tensor>, Tensor> function,
            Tensor left, Tensor right) {
        Graph graph = compile((List<Tensor> pair) -> List.of(function.apply(pair))).graph(List.of(left, right));
        Executable executable = backend.compile(graph, CompileOptions.DEFAULT);
        measure(name, kind, executable.summary().flops(), executable, List.of(left, right), 0);
    }

    private void loops() {
        long bytes = Math.min(LOOP_BYTES, backend.memoryBudget() / PART_OF_BUDGET);
        int rows = (int) (bytes / (Float.BYTES * COLUMNS));
        Shape shape = Shape.of(rows, COLUMNS);
        loop("gelu(x + b)", 2, 1, state -> List.of(gelu(state.get(0).plus(state.get(1)))),
                Tensor.full(DType.F32, shape, 0.5), Tensor.full(DType.F32, Shape.of(COLUMNS), 0.5));
        loop("softmax(x)", 2, 1, state -> List.of(state.get(0).softmax(-1)), Tensor.full(DType.F32, shape, 0.5));
        Shape quarter = Shape.of(Math.max(1, rows / 4), COLUMNS);
        loop("adam(p, m, v, g)", 7, 3, Kernels::adam, Tensor.full(DType.F32, quarter, 0.5),
                Tensor.full(DType.F32, quarter, 0.1), Tensor.full(DType.F32, quarter, 0.1),
                Tensor.full(DType.F32, quarter, 0.1));
    }

    /// A loop that writes its results over its first arguments.
    ///
    /// @param traffic how many tensors of the size of the first one are read and written
    /// @param results how many there are
    private void loop(String name, int traffic, int results, UnaryOperator<List<Tensor>> function,
            Tensor... arguments) {
        List<Tensor> all = List.of(arguments);
        Graph graph = compile(function::apply).graph(all);
        Set<Integer> donated = results == 3 ? Set.of(0, 1, 2) : Set.of(0);
        Executable executable = backend.compile(graph, CompileOptions.DEFAULT.withDonated(donated));
        measure(name, Kind.LOOP, (double) traffic * all.getFirst().type().byteSize(), executable, all, results);
    }

    /// @param amount of one run
    /// @param replaced how many of the arguments the results take the place of
    private void measure(String name, Kind kind, double amount, Executable executable, List<Tensor> arguments,
            int replaced) {
        progress.accept(name);
        List<Buffer> buffers = new ArrayList<>();
        // Whoever is written over must have memory of its own.
        arguments.forEach(argument -> buffers.add(argument.buffer()));
        double rate = Stopwatch.perSecond(() -> {
            List<Buffer> after = executable.run(buffers);
            for (int i = 0; i < replaced; i++) {
                buffers.set(i, after.get(i));
            }
        });
        speeds.add(new KernelSpeed(name, kind, amount * rate));
    }

    private static Tensor gelu(Tensor x) {
        return x.times(0.5).times(x.times(Math.sqrt(0.5)).erf().plus(1));
    }

    /// An update as [dev.cajal.nn.optimizer.Adam] makes it, long after the beginning.
    private static List<Tensor> adam(List<Tensor> state) {
        Tensor gradient = state.get(3);
        Tensor mean = state.get(1).times(0.9).plus(gradient.times(0.1));
        Tensor square = state.get(2).times(0.999).plus(gradient.square().times(0.001));
        return List.of(state.get(0).minus(mean.times(1e-3).div(square.sqrt().plus(1e-8))), mean, square);
    }
}
