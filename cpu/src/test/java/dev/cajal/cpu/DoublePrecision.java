package dev.cajal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.BackendReport;
import dev.cajal.backend.Backends;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.run.CpuBackend;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.transform.WithAux;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/// Functions and their gradients, compiled by the CPU backend, against the reference backend in double precision.
public final class DoublePrecision {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private DoublePrecision() {}

    /// Checks a function's value and its gradients by all arguments, before kernels are warm and after: each may be wrong by so much of the largest number among what it should be.
    ///
    /// @param shapes of the arguments, numbers between -1 and 1
    public static void check(double tolerance, List<Shape> shapes, Function<List<Tensor>, Tensor> function) {
        var random = new SplittableRandom(shapes.hashCode());
        List<float[]> numbers = new ArrayList<>();
        shapes.forEach(shape -> numbers.add(numbers(shape, random)));
        UnaryOperator<List<Tensor>> all = in -> valueAndGradients(in, function);
        List<double[]> expected = Backends.using(new ReferenceBackend(),
                () -> leaves(all.apply(arguments(numbers, shapes, DType.F64))));
        Backends.using(new CpuBackend(), () -> {
            var compiled = Transform.compile(all::apply);
            List<Tensor> arguments = arguments(numbers, shapes, DType.F32);
            compare(tolerance, expected, leaves(compiled.apply(arguments)));
            long start = System.nanoTime();
            while (FloatMatmul.form() == BackendReport.Form.WARMING && System.nanoTime() - start < PATIENCE) {
                LockSupport.parkNanos(1_000_000);
            }
            compare(tolerance, expected, leaves(compiled.apply(arguments)));
            return List.of();
        });
    }

    private static float[] numbers(Shape shape, SplittableRandom random) {
        float[] numbers = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private static List<Tensor> arguments(List<float[]> numbers, List<Shape> shapes, DType dtype) {
        List<Tensor> arguments = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            arguments.add(Tensor.of(numbers.get(i), shapes.get(i)).asType(dtype).evaluate());
        }
        return arguments;
    }

    /// The gradients of the sum of all numbers of the value, each times another number.
    private static List<Tensor> valueAndGradients(List<Tensor> in, Function<List<Tensor>, Tensor> function) {
        var found = Transform.valueAndGradWithAux((List<Tensor> x) -> {
            Tensor y = function.apply(x);
            Tensor weighted = y.times(Tensor.of(numbers(y.shape(), new SplittableRandom(1)), y.shape()));
            return new WithAux<>(weighted.sum(), y);
        }).apply(in);
        List<Tensor> all = new ArrayList<>(List.of(found.aux()));
        all.addAll(found.gradient());
        return all;
    }

    private static List<double[]> leaves(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::toDoubles).toList();
    }

    private static void compare(double tolerance, List<double[]> expected, List<double[]> actual) {
        for (int i = 0; i < expected.size(); i++) {
            double[] wanted = expected.get(i);
            double[] got = actual.get(i);
            assertThat(got).hasSameSizeAs(wanted);
            double largest = DoubleStream.of(wanted).map(Math::abs).max().orElseThrow();
            for (int j = 0; j < wanted.length; j++) {
                // Written so that NaN fails too.
                if (!(Math.abs(got[j] - wanted[j]) <= tolerance * largest)) {
                    throw new AssertionError("Result %s, element %s is %s, but has to be %s; the largest is %s"
                            .formatted(i, j, got[j], wanted[j], largest));
                }
            }
        }
    }
}
