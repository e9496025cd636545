package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlopCounterTest {
    private static Value parameter(int... dims) {
        return Ops.parameter(TensorType.of(DType.F32, dims), "x");
    }

    @Test
    void elementwise() {
        Value x = parameter(2, 3);
        assertThat(FlopCounter.count(Ops.add(x, x).node())).isEqualTo(6);
        assertThat(FlopCounter.count(Ops.unary(UnaryKind.EXP, x).node())).isEqualTo(6);
        assertThat(FlopCounter.count(Ops.transpose(x, List.of(1, 0)).node())).isZero();
    }

    @Test
    void products() {
        assertThat(FlopCounter.count(Ops.matmul(parameter(2, 3), parameter(3, 5)).node())).isEqualTo(2 * 2 * 3 * 5);
        Op.DotGeneral batched = new Op.DotGeneral(List.of(0), List.of(0), List.of(2, 1), List.of(1, 2), DType.F32);
        assertThat(FlopCounter.count(Ops.dot(batched, parameter(7, 2, 3), parameter(7, 3, 2)).node()))
                .isEqualTo(2 * 7 * 6);
    }

    @Test
    void convolutions() {
        // 2 images of 4 x 4 places, 8 features, each of 3 x 3 taps over 5 channels.
        Op.Convolution plain = new Op.Convolution(Window.of(List.of(3, 3)), 1, 1, DType.F32);
        assertThat(FlopCounter.count(
                Ops.convolution(plain, parameter(2, 6, 6, 5), parameter(3, 3, 5, 8)).node()))
                .isEqualTo(2L * (2 * 4 * 4 * 8) * (3 * 3 * 5));
        Op.Convolution depthwise = new Op.Convolution(Window.of(List.of(3, 3)), 5, 1, DType.F32);
        assertThat(FlopCounter.count(
                Ops.convolution(depthwise, parameter(2, 6, 6, 5), parameter(3, 3, 1, 5)).node()))
                .isEqualTo(2L * (2 * 4 * 4 * 5) * 9);
        assertThat(FlopCounter.count(
                Ops.convolution(plain, parameter(2, 6, 6, 5), parameter(3, 3, 5, 0)).node()))
                .isZero();
    }

    @Test
    void reductions() {
        assertThat(FlopCounter.count(Ops.sum(parameter(4, 5), List.of(0)).node())).isEqualTo(20);
        Window pool = Window.of(List.of(2)).withStrides(List.of(2));
        assertThat(FlopCounter.count(Ops.reduceWindow(Reducer.MAX, parameter(6), pool).node())).isEqualTo(6);
    }

    @Test
    void loopsCountEveryTrip() {
        Value x = parameter(3);
        Graph body = Graph.of(List.of(x), List.of(Ops.add(Ops.add(x, x), x)));
        assertThat(FlopCounter.count(
                Ops.scan(new Op.Scan(body, 1, 0, 7, false), List.of(parameter(3))).getFirst().node()))
                .isEqualTo(7 * 6);
        Op.Composite composite = new Op.Composite("test.sum", 1, body, Optional.empty());
        Graph whole = Graph.of(List.of(x), Ops.composite(composite, List.of(x)));
        assertThat(FlopCounter.count(whole)).isEqualTo(6);
    }
}
