package dev.cajal.cli.doctor;

import static dev.cajal.transform.Transform.compile;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.cli.doctor.KernelSpeed.Kind;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Measures what trainings are made of: a few matrix products and fused loops, as graphs that a backend runs.
final class Kernels {
    /// Bytes of the tensors that a loop works on: as many as those by which the bandwidth is measured, so that both go to the same memory.
    private static final long LOOP_BYTES = 128L << 20;
    /// Where memory is scarce, at most this part of it.
    private static final int PART_OF_BUDGET = 4;
    private static final int COLUMNS = 512;
    /// Rows on which a loop becomes warm. It is the same code for all lengths.
    private static final int FEW_ROWS = 64;

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

    /// A small one makes the kernel warm.
    private void products(boolean bf16) {
        Tensor batch = full(128, 784);
        Tensor weights = full(784, COLUMNS);
        Tensor square = full(1024, 1024);
        UnaryOperator<List<Tensor>> product = pair -> List.of(pair.get(0).matmul(pair.get(1)));
        List<Tensor> small = List.of(full(50, 72), full(72, 136));
        progress.accept("[50, 72] x [72, 136]");
        Stopwatch.warm(runs(compiled(product, small), small, 0));
        product("[1024, 1024] x [1024, 1024]", Kind.PRODUCT, product, square, square);
        product("[128, 784] x [784, 512]", Kind.PRODUCT, product, batch, weights);
        product("[128, 784]' x [128, 512]", Kind.PRODUCT,
                pair -> List.of(pair.get(0).transpose().matmul(pair.get(1))), batch, full(128, COLUMNS));
        product("[1, 784] x [784, 512]", Kind.PRODUCT, product, full(1, 784), weights);
        if (bf16) {
            Tensor half = square.asType(DType.BF16);
            product("[1024, 1024] x [1024, 1024]", Kind.PRODUCT_OF_BF16, product, half, half);
        }
    }

    private void product(String name, Kind kind, UnaryOperator<List<Tensor>> function, Tensor left, Tensor right) {
        progress.accept(name);
        List<Tensor> both = List.of(left, right);
        Executable executable = compiled(function, both);
        // The kernel is warm, but what leads to it in a new form may not be.
        Stopwatch.perSecond(runs(executable, both, 0));
        double rate = Stopwatch.perSecond(runs(executable, both, 0));
        speeds.add(new KernelSpeed(name, kind, executable.summary().flops() * rate));
    }

    private void loops() {
        loop("gelu(x + b)", 2, 1, x -> List.of(gelu(x.get(0).plus(x.get(1)))),
                rows -> List.of(full(rows, COLUMNS), full(1, COLUMNS)));
        loop("softmax(x)", 2, 1, x -> List.of(x.get(0).softmax(-1)), rows -> List.of(full(rows, COLUMNS)));
        loop("adam(p, m, v, g)", 7, 3, Kernels::adam, rows -> {
            int quarter = Math.max(1, rows / 4);
            return List.of(full(quarter, COLUMNS), full(quarter, COLUMNS), full(quarter, COLUMNS),
                    full(quarter, COLUMNS));
        });
    }

    /// A loop that writes its results over its first arguments.
    ///
    /// @param traffic how many tensors of the size of the first one are read and written
    /// @param results how many there are
    /// @param arguments for so many rows
    private void loop(String name, int traffic, int results, UnaryOperator<List<Tensor>> function,
            IntFunction<List<Tensor>> arguments) {
        progress.accept(name);
        long bytes = Math.min(LOOP_BYTES, backend.memoryBudget() / PART_OF_BUDGET);
        List<Tensor> few = arguments.apply(FEW_ROWS);
        Stopwatch.warm(runs(compiled(function, few, results), few, results));
        List<Tensor> many = arguments.apply(Math.max(1, (int) (bytes / (Float.BYTES * COLUMNS))));
        double rate = Stopwatch.perSecond(runs(compiled(function, many, results), many, results));
        speeds.add(new KernelSpeed(name, Kind.LOOP, traffic * many.getFirst().type().byteSize() * rate));
    }

    private Executable compiled(UnaryOperator<List<Tensor>> function, List<Tensor> arguments) {
        return compiled(function, arguments, 0);
    }

    /// @param replaced how many of the arguments the results take the place of
    private Executable compiled(UnaryOperator<List<Tensor>> function, List<Tensor> arguments, int replaced) {
        return backend.compile(compile(function::apply).graph(arguments),
                CompileOptions.DEFAULT
                        .withDonated(IntStream.range(0, replaced).boxed().collect(Collectors.toSet())));
    }

    private static Runnable runs(Executable executable, List<Tensor> arguments, int replaced) {
        List<Buffer> buffers = new ArrayList<>(arguments.stream().map(Tensor::buffer).toList());
        return () -> {
            List<Buffer> results = executable.run(buffers);
            for (int i = 0; i < replaced; i++) {
                buffers.set(i, results.get(i));
            }
        };
    }

    private static Tensor full(int rows, int columns) {
        return Tensor.full(DType.F32, Shape.of(rows, columns), 0.5);
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
