package dev.cajal.cli.doctor;

import static dev.cajal.transform.Transform.compile;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Backends;
import dev.cajal.backend.CompileOptions;
import dev.cajal.ir.Graph;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Whether a backend computes what the reference backend does, and always the same.
///
/// The numbers are small and whole, so that every order of a sum gives the same result, exactly; where a function makes others of them, the
/// bits have to stay the same from cold to warm.
final class SelfTest {
    private static final double TOLERANCE = 1e-5;

    private final Backend backend;
    private final List<Check> checks = new ArrayList<>();
    private final List<float[]> first = new ArrayList<>();

    /// @param name of what is computed
    /// @param tolerance relative to the result, and absolute
    private record Check(String name, Graph graph, List<Tensor> arguments, double tolerance) {}

    SelfTest(Backend backend) {
        this.backend = backend;
        Tensor a = numbers(37, 53);
        Tensor b = numbers(53, 71);
        add("[37, 53] x [53, 71]", 0, pair -> List.of(pair.get(0).matmul(pair.get(1))), a, b);
        add("max(3 x - y, x)", 0, pair -> List.of(pair.get(0).times(3).minus(pair.get(1)).maximum(pair.get(0))), a,
                numbers(37, 53).plus(1));
        add("sum(x)", 0, pair -> List.of(pair.get(0).sum(-1)), a);
        add("softmax(x)", TOLERANCE, pair -> List.of(pair.get(0).softmax(-1)), a);
    }

    /// Whole numbers from -8 to 8.
    private static Tensor numbers(int rows, int columns) {
        float[] elements = new float[rows * columns];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i * 7 % 17 - 8;
        }
        return Tensor.of(elements, Shape.of(rows, columns));
    }

    private void add(String name, double tolerance, UnaryOperator<List<Tensor>> function, Tensor... arguments) {
        List<Tensor> all = List.of(arguments);
        checks.add(new Check(name, compile(function::apply).graph(all), all, tolerance));
    }

    /// What is wrong, if anything is. The second call compares with the first one too.
    Optional<Phrase> fault() {
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            float[] found = run(backend, check);
            Optional<Phrase> fault = i < first.size() ? change(check, first.get(i), found) : difference(check, found);
            if (fault.isPresent()) {
                return fault;
            }
            if (i == first.size()) {
                first.add(found);
            }
        }
        return Optional.empty();
    }

    private static Optional<Phrase> difference(Check check, float[] found) {
        float[] right = run(Backends.named("reference"), check);
        for (int i = 0; i < right.length; i++) {
            // Not the other way round: what is not a number differs from everything.
            if (!(Math.abs(found[i] - right[i]) <= check.tolerance() * (1 + Math.abs(right[i])))) {
                return Optional.of(Phrase.of("doctor.fault-value",
                        "%s gives %s as its element %s, where the reference backend gives %s.", check.name(),
                        String.valueOf(found[i]), String.valueOf(i), String.valueOf(right[i])));
            }
        }
        return Optional.empty();
    }

    private static Optional<Phrase> change(Check check, float[] cold, float[] warm) {
        for (int i = 0; i < cold.length; i++) {
            if (Float.floatToRawIntBits(cold[i]) != Float.floatToRawIntBits(warm[i])) {
                return Optional.of(Phrase.of("doctor.fault-bits",
                        "%s gives %s as its element %s, and before its kernels were warm gave %s.", check.name(),
                        String.valueOf(warm[i]), String.valueOf(i), String.valueOf(cold[i])));
            }
        }
        return Optional.empty();
    }

    private static float[] run(Backend backend, Check check) {
        return Tensor.of(backend.compile(check.graph(), CompileOptions.DEFAULT)
                .run(check.arguments().stream().map(Tensor::buffer).toList()).getFirst()).toFloats();
    }
}
