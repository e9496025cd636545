package dev.cajal.reference;

import static dev.cajal.reference.Running.all;
import static dev.cajal.reference.Running.buffer;
import static dev.cajal.reference.Running.floats;
import static dev.cajal.reference.Running.graph;
import static dev.cajal.reference.Running.numbers;
import static dev.cajal.reference.Running.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Buffer;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Sorting, loops and composites, by hand.
class ControlTest {
    private static final TensorType SCALAR = TensorType.of(DType.F32);
    private static final TensorType COUNTER = TensorType.of(DType.I32);
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    @Test
    void sortingIsInTotalOrder() {
        Buffer x = floats(1, Float.NaN, 0.0f, -0.0f, Float.NEGATIVE_INFINITY, Float.intBitsToFloat(0xffc00001), 2);
        assertThat(numbers(run(new Op.Sort(0, false), x))).containsExactly(-INF, -0.0, 0.0, 1, 2, NAN, NAN);
        assertThat(numbers(run(new Op.Sort(0, true), x))).containsExactly(NAN, NAN, 2, 1, 0.0, -0.0, -INF);
    }

    @Test
    void equalKeysKeepTheirOrder() {
        Buffer keys = buffer(DType.I32, 2, 1, 2, 1);
        Buffer places = buffer(DType.I32, 0, 1, 2, 3);
        assertThat(numbers(all(new Op.Sort(0, false), keys, places).get(1))).containsExactly(1, 3, 0, 2);
        assertThat(numbers(all(new Op.Sort(0, true), keys, places).get(1))).containsExactly(0, 2, 1, 3);
    }

    @Test
    void linesAreSortedByThemselves() {
        Buffer x = buffer(TensorType.of(DType.U8, 2, 3), 3, 200, 1, 9, 8, 7);
        assertThat(numbers(run(new Op.Sort(1, false), x))).containsExactly(1, 3, 200, 7, 8, 9);
        assertThat(numbers(run(new Op.Sort(0, false), x))).containsExactly(3, 8, 1, 9, 200, 7);
    }

    /// n! for the counter.
    private static Buffer factorial(int n) {
        List<TensorType> carried = List.of(COUNTER, SCALAR);
        Graph condition = graph(carried, in -> List.of(Ops.compare(Comparison.GT, in.get(0), Ops.fill(COUNTER, 0))));
        Graph body = graph(carried, in -> List.of(
                Ops.subtract(in.get(0), Ops.fill(COUNTER, 1)),
                Ops.multiply(in.get(1), Ops.convert(in.get(0), DType.F32))));
        return all(new Op.While(condition, body), buffer(COUNTER, n), buffer(SCALAR, 1)).get(1);
    }

    @Test
    void whileLoops() {
        assertThat(numbers(factorial(0))).containsExactly(1);
        assertThat(numbers(factorial(5))).containsExactly(120);
    }

    /// Running sums, times a constant.
    private static Op.Scan sums(int length, boolean reverse) {
        Graph body = graph(List.of(SCALAR, SCALAR, SCALAR), in -> {
            Value sum = Ops.add(in.get(0), in.get(1));
            return List.of(sum, Ops.multiply(sum, in.get(2)));
        });
        return new Op.Scan(body, 1, 1, length, reverse);
    }

    @Test
    void scans() {
        Buffer xs = buffer(DType.F32, 1, 2, 3);
        List<Buffer> forwards = all(sums(3, false), buffer(SCALAR, 0), xs, buffer(SCALAR, 10));
        assertThat(numbers(forwards.get(0))).containsExactly(6);
        assertThat(numbers(forwards.get(1))).containsExactly(10, 30, 60);
        List<Buffer> backwards = all(sums(3, true), buffer(SCALAR, 0), xs, buffer(SCALAR, 10));
        assertThat(numbers(backwards.get(0))).containsExactly(6);
        assertThat(numbers(backwards.get(1))).containsExactly(60, 50, 30);
    }

    @Test
    void aScanOfNothing() {
        List<Buffer> none = all(sums(0, false), buffer(SCALAR, 7), buffer(DType.F32), buffer(SCALAR, 10));
        assertThat(numbers(none.get(0))).containsExactly(7);
        assertThat(none.get(1).type()).isEqualTo(TensorType.of(DType.F32, 0));
    }

    @Test
    void loopsNest() {
        // Sums of the rows' running sums.
        TensorType row = TensorType.of(DType.F32, 3);
        Graph body = graph(List.of(SCALAR, row, SCALAR), in -> {
            List<Value> inner = Ops.scan(sums(3, false), List.of(in.get(0), in.get(1), in.get(2)));
            return List.of(inner.get(0), inner.get(1));
        });
        List<Buffer> results = all(new Op.Scan(body, 1, 1, 2, false), buffer(SCALAR, 0),
                buffer(TensorType.of(DType.F32, 2, 3), 1, 2, 3, 4, 5, 6), buffer(SCALAR, 1));
        assertThat(numbers(results.get(0))).containsExactly(21);
        assertThat(numbers(results.get(1))).containsExactly(1, 3, 6, 10, 15, 21);
    }

    @Test
    void aCompositeIsItsDecomposition() {
        Graph decomposition = graph(List.of(SCALAR, SCALAR), in -> List.of(
                Ops.binary(BinaryKind.MAXIMUM, in.get(0), in.get(1)), Ops.subtract(in.get(0), in.get(1))));
        List<Buffer> results = all(new Op.Composite("test.maxAndDifference", 1, decomposition, Optional.empty()),
                buffer(SCALAR, 3), buffer(SCALAR, 5));
        assertThat(numbers(results.get(0))).containsExactly(5);
        assertThat(numbers(results.get(1))).containsExactly(-2);
    }

    @Test
    void barriersPassOn() {
        List<Buffer> results = all(new Op.OptimizationBarrier(), buffer(SCALAR, 3), buffer(DType.I32, 5, 6));
        assertThat(numbers(results.get(0))).containsExactly(3);
        assertThat(numbers(results.get(1))).containsExactly(5, 6);
        assertThat(numbers(run(new Op.StopGradient(), buffer(SCALAR, 3)))).containsExactly(3);
    }
}
