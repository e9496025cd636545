package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Tree;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Runs tests on every backend there is.
public final class EachBackend {
    private EachBackend() {}

    /// Runs a test on every backend; tensors must be made inside of it.
    public static void onAllBackends(Runnable test) {
        for (Backend backend : Backends.all()) {
            try {
                Backends.using(backend, () -> {
                    test.run();
                    return null;
                });
            } catch (AssertionError failure) {
                throw new AssertionError("On the backend " + backend.name() + ": " + failure.getMessage(), failure);
            }
        }
    }

    /// Computes a tree on every backend, and compares the leaves: each number may differ by so much of one plus its size.
    ///
    /// @param tolerance relative and absolute
    /// @param compute makes its own tensors
    public static void agree(String what, double tolerance, Supplier<?> compute) {
        Backend reference = Backends.named("reference");
        List<double[]> expected = leaves(reference, compute);
        for (Backend backend : Backends.all()) {
            List<double[]> found = leaves(backend, compute);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i)).hasSameSizeAs(expected.get(i));
                for (int j = 0; j < expected.get(i).length; j++) {
                    double wanted = expected.get(i)[j];
                    assertThat(found.get(i)[j])
                            .as("%s, result %s, element %s, on the backend %s", what, i, j, backend.name())
                            .matches(number -> close(number, wanted, tolerance), "is close to " + wanted);
                }
            }
        }
    }

    private static boolean close(double a, double b, double tolerance) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= tolerance * (1 + Math.abs(b));
    }

    private static List<double[]> leaves(Backend backend, Supplier<?> compute) {
        return Backends.using(
                backend, () -> Tree.of(compute.get()).leaves().stream().map(Tensor::toDoubles).toList());
    }

    /// A shape for tests: dimensions that are no multiples of a vector's length, and now and then one with many elements.
    ///
    /// @param last the last dimension; 0 for any
    public static Shape randomShape(Random random, int last) {
        int[] dims = new int[1 + random.nextInt(3) + 1];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 7);
        }
        if (last > 0) {
            dims[dims.length - 1] = last;
        }
        return Shape.of(dims);
    }
}
