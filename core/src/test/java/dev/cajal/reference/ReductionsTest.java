package dev.cajal.reference;

import static dev.cajal.reference.Running.buffer;
import static dev.cajal.reference.Running.numbers;
import static dev.cajal.reference.Running.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.ir.Comparison;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Window;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// By hand; the samples are compared with formulas elsewhere.
class ReductionsTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static double[] reduce(Reducer reducer, DType dtype, double... numbers) {
        return numbers(run(new Op.Reduce(reducer, List.of(0)), buffer(dtype, numbers)));
    }

    @Test
    void alongAxes() {
        var x = buffer(TensorType.of(DType.F32, 2, 3), 1, 2, 3, 4, 5, 6);
        assertThat(numbers(run(new Op.Reduce(Reducer.SUM, List.of(0)), x))).containsExactly(5, 7, 9);
        assertThat(numbers(run(new Op.Reduce(Reducer.SUM, List.of(1)), x))).containsExactly(6, 15);
        assertThat(numbers(run(new Op.Reduce(Reducer.PRODUCT, List.of(1, 0)), x))).containsExactly(720);
        assertThat(numbers(run(new Op.Reduce(Reducer.MAX, List.of()), x))).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void ofNothing() {
        assertThat(reduce(Reducer.SUM, DType.F32)).containsExactly(0);
        assertThat(reduce(Reducer.PRODUCT, DType.F32)).containsExactly(1);
        assertThat(reduce(Reducer.MAX, DType.F32)).containsExactly(-INF);
        assertThat(reduce(Reducer.MIN, DType.BF16)).containsExactly(INF);
        assertThat(reduce(Reducer.MAX, DType.I32)).containsExactly(Integer.MIN_VALUE);
        assertThat(reduce(Reducer.MIN, DType.I64)).containsExactly(0x1p63);
        assertThat(reduce(Reducer.MAX, DType.U8)).containsExactly(0);
        assertThat(reduce(Reducer.MIN, DType.U8)).containsExactly(255);
        assertThat(reduce(Reducer.AND, DType.U8)).containsExactly(255);
        assertThat(reduce(Reducer.AND, DType.BOOL)).containsExactly(1);
        assertThat(reduce(Reducer.OR, DType.BOOL)).containsExactly(0);
        assertThat(reduce(Reducer.MAX, DType.BOOL)).containsExactly(0);
        assertThat(reduce(Reducer.MIN, DType.BOOL)).containsExactly(1);
    }

    @Test
    void specialNumbers() {
        assertThat(reduce(Reducer.SUM, DType.F32, -0.0, -0.0)).containsExactly(0.0);
        assertThat(reduce(Reducer.SUM, DType.F32, INF, -INF)).containsExactly(NAN);
        assertThat(reduce(Reducer.MAX, DType.F32, 1, NAN, 3)).containsExactly(NAN);
        assertThat(reduce(Reducer.MIN, DType.F32, 0.0, -0.0)).containsExactly(-0.0);
        assertThat(reduce(Reducer.MAX, DType.F32, -0.0, 0.0)).containsExactly(0.0);
        assertThat(reduce(Reducer.SUM, DType.F32, 3e38, 3e38)).containsExactly(INF);
        assertThat(reduce(Reducer.SUM, DType.U8, 200, 100)).containsExactly(44);
        assertThat(reduce(Reducer.AND, DType.I32, 12, 10)).containsExactly(8);
        assertThat(reduce(Reducer.OR, DType.BOOL, 0, 1)).containsExactly(1);
    }

    @Test
    void sumsAreRoundedOnce() {
        assertThat(reduce(Reducer.SUM, DType.F32, 0x1p24, 1, 1)).containsExactly(0x1p24 + 2);
        assertThat(reduce(Reducer.SUM, DType.BF16, 256, 1, 1)).containsExactly(258);
    }

    private static final Window PAIRS = Window.of(List.of(2)).withStrides(List.of(2));

    @Test
    void windows() {
        var x = buffer(DType.F32, 1, 5, 2, 4);
        assertThat(numbers(run(new Op.ReduceWindow(Reducer.MAX, PAIRS), x))).containsExactly(5, 4);
        Window running = Window.of(List.of(4)).withPadding(List.of(3), List.of(0));
        assertThat(numbers(run(new Op.ReduceWindow(Reducer.SUM, running), x))).containsExactly(1, 6, 8, 12);
        assertThat(numbers(run(new Op.ReduceWindow(Reducer.MAX, PAIRS.withPadding(List.of(2), List.of(0))), x)))
                .containsExactly(-INF, 5, 4);
    }

    private static double[] select(Comparison select, double[] x, double... source) {
        return numbers(run(new Op.SelectAndScatter(select, PAIRS), buffer(DType.F32, x), buffer(DType.F32, source)));
    }

    @Test
    void theLargestOfEachWindowGetsItsSource() {
        assertThat(select(Comparison.GE, new double[] {1, 5, 4, 2}, 10, 20)).containsExactly(0, 10, 20, 0);
        assertThat(select(Comparison.LE, new double[] {1, 5, 4, 2}, 10, 20)).containsExactly(10, 0, 0, 20);
    }

    @Test
    void theFirstOfEqualElementsIsChosenAndNaNBeforeAll() {
        assertThat(select(Comparison.GE, new double[] {3, 3, -0.0, 0.0}, 10, 20)).containsExactly(10, 0, 20, 0);
        assertThat(select(Comparison.GE, new double[] {NAN, 3, 3, NAN}, 10, 20)).containsExactly(10, 0, 0, 20);
        assertThat(select(Comparison.LE, new double[] {NAN, -INF, 3, NAN}, 10, 20)).containsExactly(10, 0, 0, 20);
    }

    @Test
    void windowsThatOverlapAddUp() {
        Window moving = Window.of(List.of(2));
        assertThat(numbers(run(new Op.SelectAndScatter(Comparison.GE, moving), buffer(DType.F32, 1, 5, 2),
                buffer(DType.F32, 10, 20)))).containsExactly(0, 30, 0);
        Window padded = PAIRS.withPadding(List.of(2), List.of(1));
        assertThat(numbers(run(new Op.SelectAndScatter(Comparison.GE, padded), buffer(DType.F32, -1, -5, -7),
                buffer(DType.F32, 10, 20, 30)))).containsExactly(20, 0, 30);
    }
}
