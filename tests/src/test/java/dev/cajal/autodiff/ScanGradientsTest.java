package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.GradientCheck;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.Graphs;
import dev.cajal.testing.SampleData;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gradients of loops that real networks have: several carries, integer counters, captured weights, loops in loops.
class ScanGradientsTest {
    private static final TensorType ROW = TensorType.of(DType.F64, 3);
    private static final TensorType ROWS = TensorType.of(DType.F64, 5, 3);
    private static final TensorType MATRIX = TensorType.of(DType.F64, 3, 3);
    private static final TensorType COUNTER = TensorType.of(DType.I32);

    private static Value times(Value row, Value matrix) {
        return Ops.dot(new Op.DotGeneral(List.of(), List.of(), List.of(0), List.of(0), DType.F64), row, matrix);
    }

    private static Value tanh(Value x) {
        return Ops.unary(UnaryKind.TANH, x);
    }

    /// Carries a state, a second state that only depends on the first one, and a counter that scales; reads a weight, and a function of it.
    private static Graph body() {
        return Graphs.of(List.of(ROW, ROW, COUNTER, ROW, MATRIX), in -> {
            Value weight = tanh(in.get(4));
            Value scale = Ops.broadcastScalar(Ops.convert(in.get(2), DType.F64), Shape.of(3));
            Value state = tanh(Ops.add(times(in.get(0), weight), Ops.multiply(in.get(3), Ops.scale(scale, 0.3))));
            Value slow = Ops.add(in.get(1), Ops.multiply(state, in.get(3)));
            Value counter = Ops.add(in.get(2), Ops.fill(COUNTER, 1));
            return List.of(state, slow, counter, Ops.multiply(state, slow), in.get(1), in.get(3));
        });
    }

    private static GraphSample sample(boolean reverse) {
        SampleData data = new SampleData(4);
        Graph graph = Graphs.of(
                List.of(ROW, ROW, COUNTER, ROWS, MATRIX),
                in -> Ops.scan(new Op.Scan(body(), 3, 1, 5, reverse), in));
        return new GraphSample(
                "scan",
                graph,
                List.of(
                        data.usual(ROW), data.usual(ROW), SampleData.of(COUNTER, 1), data.usual(ROWS),
                        data.usual(MATRIX)),
                List.of(0, 1, 3, 4),
                Accuracy.EXACT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firstAndSecondDerivative(boolean reverse) {
        assertThat(GradientCheck.of(sample(reverse))).isEmpty();
        GraphSample second = GradientCheck.gradient(sample(reverse), 2).orElseThrow();
        assertThat(GradientCheck.of(second)).isEmpty();
        assertThat(GradientCheck.of(GradientCheck.gradient(second, 3).orElseThrow())).isEmpty();
    }

    /// A simple recurrent layer: `h' = tanh(x + h U)`, over rows of a batch.
    private static GraphSample recurrent(boolean reverse) {
        TensorType state = TensorType.of(DType.F64, 2, 3);
        TensorType inputs = TensorType.of(DType.F64, 4, 2, 3);
        Graph body = Graphs.of(List.of(state, state, MATRIX), in -> {
            Value next = tanh(Ops.add(in.get(1), Ops.dot(
                    new Op.DotGeneral(List.of(), List.of(), List.of(1), List.of(0), DType.F64), in.get(0),
                    in.get(2))));
            return List.of(next, next);
        });
        SampleData data = new SampleData(6);
        return new GraphSample(
                "recurrent",
                Graphs.of(List.of(state, inputs, MATRIX), in -> Ops.scan(new Op.Scan(body, 1, 1, 4, reverse), in)),
                List.of(data.usual(state), data.usual(inputs), data.usual(MATRIX)), List.of(0, 1, 2), Accuracy.EXACT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theGradientOfAWeightIsOneProductOfAllTrips(boolean reverse) {
        assertThat(GradientCheck.of(recurrent(reverse))).isEmpty();
        GraphSample gradient = GradientCheck.gradient(recurrent(reverse), 2).orElseThrow();
        List<Node> scans = gradient.graph().nodes().stream().filter(node -> node.op() instanceof Op.Scan).toList();
        assertThat(scans).isNotEmpty().allSatisfy(scan -> {
            List<Value> carries = scan.inputs().subList(0, ((Op.Scan) scan.op()).carries());
            assertThat(carries).extracting(carry -> carry.type()).doesNotContain(MATRIX);
        });
        assertThat(GradientCheck.of(gradient)).isEmpty();
    }

    /// Only the weight is asked for, and only the second state is looked at: everything passes through carries that start inactive.
    @Test
    void activityComesInThroughOtherCarries() {
        SampleData data = new SampleData(5);
        Graph graph = Graphs.of(
                List.of(ROW, ROW, COUNTER, ROWS, MATRIX),
                in -> List.of(Ops.scan(new Op.Scan(body(), 3, 1, 5, false), in).get(1)));
        GraphSample sample = new GraphSample(
                "scan",
                graph,
                List.of(
                        data.usual(ROW), data.usual(ROW), SampleData.of(COUNTER, 1), data.usual(ROWS),
                        data.usual(MATRIX)),
                List.of(4),
                Accuracy.EXACT);
        assertThat(GradientCheck.of(sample)).isEmpty();
    }

    @Test
    void loopsInLoops() {
        SampleData data = new SampleData(6);
        Graph inner = Graphs.of(
                List.of(ROW, ROW, ROW), in -> {
                    Value next = Ops.unary(UnaryKind.SIN, Ops.add(Ops.multiply(in.get(0), in.get(2)), in.get(1)));
                    return List.of(next, next);
                });
        Graph outer = Graphs.of(List.of(ROW, ROW, ROWS), in -> {
            List<Value> results = Ops.scan(new Op.Scan(inner, 1, 1, 5, true), List.of(in.get(0), in.get(2), in.get(1)));
            return List.of(results.getFirst(), Ops.sum(results.get(1), List.of(0)));
        });
        Graph graph = Graphs.of(
                List.of(ROW, ROWS, ROWS), in -> Ops.scan(new Op.Scan(outer, 1, 1, 5, false), in));
        GraphSample sample = new GraphSample(
                "scan of scan",
                graph,
                List.of(data.between(ROW, -0.5, 0.5), data.between(ROWS, -0.5, 0.5), data.between(ROWS, -0.5, 0.5)),
                List.of(0, 1, 2),
                Accuracy.EXACT);
        assertThat(GradientCheck.of(sample)).isEmpty();
        assertThat(GradientCheck.of(GradientCheck.gradient(sample, 2).orElseThrow())).isEmpty();
    }

    /// What is computed from weights alone is computed once, outside; slices of `xs` are not stacked again.
    @Test
    void residualsAreFew() {
        GraphSample gradient = GradientCheck.gradient(sample(false), 1).orElseThrow();
        List<Node> scans = gradient.graph().nodes().stream().filter(node -> node.op() instanceof Op.Scan).toList();
        assertThat(scans).hasSize(2);
        Op.Scan forward = (Op.Scan) scans.getFirst().op();
        Op.Scan back = (Op.Scan) scans.getLast().op();
        assertThat(forward.reverse()).isFalse();
        assertThat(back.reverse()).isTrue();
        assertThat(back.body().nodes()).noneMatch(node -> node.op().equals(new Op.Unary(UnaryKind.TANH)));
        // Both states before the trip, the first one after it, and the scale.
        assertThat(forward.body().results()).hasSizeLessThanOrEqualTo(3 + 4);
    }
}
