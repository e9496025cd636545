package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import dev.cajal.testing.Graphs;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Conventions where there is no derivative, and what the walk back makes and leaves out.
class GradientsTest {
    private static final TensorType SCALAR = TensorType.of(DType.F64);

    /// The gradient of the sum of a function's result.
    private static double[] slope(Function<Value, Value> function, double... at) {
        return Numbers.slopes(List.of(TensorType.of(DType.F64, at.length)), in -> function.apply(in.getFirst()), at)
                .getFirst();
    }

    private static List<double[]> slopes(BinaryKind kind, double a, double b) {
        return Numbers.slopes(
                List.of(SCALAR, SCALAR),
                in -> Ops.binary(kind, in.get(0), in.get(1)),
                new double[] {a},
                new double[] {b});
    }

    private static Function<Value, Value> of(UnaryKind kind) {
        return x -> Ops.unary(kind, x);
    }

    @Test
    void kinksOfOneOperand() {
        assertThat(slope(of(UnaryKind.ABS), -2, 0, 3)).containsExactly(-1, 0, 1);
        assertThat(slope(of(UnaryKind.SQRT), 0, 4)).containsExactly(Double.POSITIVE_INFINITY, 0.25);
        assertThat(slope(of(UnaryKind.FLOOR), 0.5, 1)).containsExactly(0, 0);
        Function<Value, Value> rectifier = x -> {
            Value zero = Ops.zeros(x.type());
            return Ops.select(Ops.compare(Comparison.GT, x, zero), x, zero);
        };
        assertThat(slope(rectifier, -1, 0, 1)).containsExactly(0, 0, 1);
    }

    @Test
    void equalOperandsShareAMaximum() {
        assertThat(slopes(BinaryKind.MAXIMUM, 1, 1)).containsExactly(new double[] {0.5}, new double[] {0.5});
        assertThat(slopes(BinaryKind.MINIMUM, 1, 2)).containsExactly(new double[] {1}, new double[] {0});
    }

    /// A cut of eight elements at some places, each part times a number of its own: 2, 3, ...
    private static Value cut(Value x, int... places) {
        Value sum = Ops.zeros(SCALAR);
        for (int i = 1; i < places.length; i++) {
            Value part = Ops.slice(x, List.of(places[i - 1]), List.of(places[i]), List.of(1));
            sum = Ops.add(sum, Ops.sum(Ops.multiply(part, Ops.fill(part.type(), i + 1)), List.of(0)));
        }
        return sum;
    }

    private static Graph gradientOfCut(int... places) {
        Value x = Ops.parameter(TensorType.of(DType.F64, 8), "x");
        Value y = cut(x, places);
        return Graph.of(List.of(x), Gradients.of(List.of(y), List.of(Ops.fill(SCALAR, 1)), List.of(x)));
    }

    @Test
    void slicesSideBySideComeBackAsAConcatenation() {
        Graph whole = gradientOfCut(0, 3, 4, 8);
        assertThat(whole.nodes()).extracting(Node::op).hasAtLeastOneElementOfType(Op.Concatenate.class)
                .doesNotHaveAnyElementsOfTypes(Op.Pad.class);
        double[] at = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(slope(x -> cut(x, 0, 3, 4, 8), at)).containsExactly(2, 2, 2, 3, 4, 4, 4, 4);
        // Something is missing, at the end or in the middle, or there twice.
        assertThat(gradientOfCut(0, 3, 7).nodes()).extracting(Node::op)
                .doesNotHaveAnyElementsOfTypes(Op.Concatenate.class);
        assertThat(slope(x -> cut(x, 0, 3, 7), at)).containsExactly(2, 2, 2, 3, 3, 3, 3, 0);
        assertThat(slope(x -> cut(x, 1, 3, 8), at)).containsExactly(0, 2, 2, 3, 3, 3, 3, 3);
        assertThat(slope(x -> Ops.add(cut(x, 0, 5), cut(x, 3, 8)), at)).containsExactly(2, 2, 2, 4, 4, 2, 2, 2);
    }

    /// The gradient is a sum of 2^60 terms in 60 nodes.
    @Test
    void aSumOfManyTermsIsNotGoneThroughTermByTerm() {
        Value x = Ops.parameter(TensorType.of(DType.F64, 8), "x");
        Value doubled = x;
        for (int i = 0; i < 60; i++) {
            doubled = Ops.add(doubled, doubled);
        }
        Value part = Ops.slice(doubled, List.of(0), List.of(2), List.of(1));
        Graph graph = Graph.of(List.of(x), Gradients.of(List.of(part), List.of(Ops.fill(part.type(), 1)), List.of(x)));
        assertThat(graph.nodes()).hasSizeLessThan(100);
    }

    @Test
    void powersWithoutNaN() {
        assertThat(slopes(BinaryKind.POWER, 0, 0)).containsExactly(new double[] {0}, new double[] {0});
        assertThat(slopes(BinaryKind.POWER, 0, 1).getFirst()).containsExactly(1);
        assertThat(slopes(BinaryKind.POWER, 0, 2)).containsExactly(new double[] {0}, new double[] {0});
        assertThat(slopes(BinaryKind.POWER, -3, 2).getFirst()).containsExactly(-6);
    }

    @Test
    void equalElementsShareAnExtreme() {
        assertThat(slope(x -> Ops.reduce(Reducer.MAX, x, List.of(0)), 1, 3, 3, 2)).containsExactly(0, 0.5, 0.5, 0);
        Window pairs = Window.of(List.of(2)).withStrides(List.of(2));
        assertThat(slope(x -> Ops.reduceWindow(Reducer.MAX, x, pairs), 5, 5, 1, 2)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void productsWithZeros() {
        Function<Value, Value> product = x -> Ops.reduce(Reducer.PRODUCT, x, List.of(0));
        assertThat(slope(product, 2, 0, 5)).containsExactly(0, 10, 0);
        assertThat(slope(product, 2, 0, 0)).containsExactly(0, 0, 0);
        Window pairs = Window.of(List.of(2));
        assertThat(slope(x -> Ops.reduceWindow(Reducer.PRODUCT, x, pairs), 3, 0, 4)).containsExactly(0, 7, 0);
    }

    @Test
    void fillerOfPaddingGetsWhatFellOnIt() {
        List<double[]> slopes = Numbers.slopes(
                List.of(TensorType.of(DType.F64, 2), SCALAR),
                in -> Ops.pad(in.get(0), in.get(1), List.of(1), List.of(-1), List.of(2)),
                new double[] {1, 2},
                new double[] {3});
        assertThat(slopes).containsExactly(new double[] {1, 0}, new double[] {3});
    }

    @Test
    void integersHaveZeroGradients() {
        Value x = Ops.parameter(SCALAR, "x");
        Value n = Ops.parameter(TensorType.of(DType.I32), "n");
        Value y = Ops.multiply(x, Ops.convert(n, DType.F64));
        Value throughInteger = Ops.convert(Ops.convert(x, DType.I32), DType.F64);
        List<Value> gradients = Gradients.of(List.of(y, throughInteger), List.of(x, x), List.of(n, x));
        assertThat(gradients.getFirst().type()).isEqualTo(n.type());
        assertThat(gradients.getFirst().node().op()).isInstanceOf(Op.Constant.class);
        assertThat(Numbers.nodes(gradients.get(1))).hasSize(4);
    }

    @Test
    void whatNothingReachesIsZero() {
        Value x = Ops.parameter(SCALAR, "x");
        Value other = Ops.parameter(TensorType.of(DType.F32, 3), "other");
        Value stopped = Ops.stopGradient(Ops.multiply(x, x));
        List<Value> gradients = Gradients.of(List.of(stopped), List.of(x), List.of(x, other));
        assertThat(gradients.stream().map(Value::type)).containsExactly(x.type(), other.type());
        assertThat(gradients).allMatch(gradient -> Numbers.nodes(gradient).size() <= 2);
    }

    @Test
    void noWorkForWhatIsNotAskedFor() {
        Value x = Ops.parameter(TensorType.of(DType.F64, 4, 4), "x");
        Value w = Ops.parameter(TensorType.of(DType.F64, 4, 4), "w");
        Value expensive = Ops.matmul(x, x);
        Value gradient = Gradients.of(
                List.of(Ops.multiply(expensive, w)), List.of(x), List.of(w)).getFirst();
        assertThat(Numbers.nodes(gradient).stream().filter(node -> node.op() instanceof Op.DotGeneral))
                .containsExactly(expensive.node());
    }

    @Test
    void valuesInTheMiddleGetTheirFullDerivative() {
        Value x = Ops.parameter(SCALAR, "x");
        Value square = Ops.multiply(x, x);
        Value y = Ops.add(Ops.multiply(square, square), x);
        Value one = Ops.fill(SCALAR, 1);
        Graph graph = Graph.of(List.of(x), Gradients.of(List.of(y), List.of(one), List.of(square, x)));
        assertThat(Numbers.run(graph, new double[] {3})).containsExactly(new double[] {18}, new double[] {109});
    }

    @Test
    void aHundredThousandNodesInARow() {
        Value x = Ops.parameter(SCALAR, "x");
        Value y = x;
        for (int i = 0; i < 100_000; i++) {
            y = Ops.negate(y);
        }
        Value gradient = Gradients.of(List.of(y), List.of(Ops.fill(SCALAR, 1)), List.of(x)).getFirst();
        assertThat(Numbers.nodes(gradient)).hasSize(100_001);
    }

    @Test
    void gradientsKeepTheOrigin() {
        Value x = Ops.parameter(SCALAR, "x");
        Value y = new Origin("encoder/0").in(() -> Ops.unary(UnaryKind.SIN, x));
        Value gradient = Gradients.of(List.of(y), List.of(x), List.of(x)).getFirst();
        assertThat(y.node().origin()).isEqualTo(new Origin("encoder/0"));
        assertThat(gradient.node().origin()).isEqualTo(new Origin("encoder/0", Origin.Phase.BACKWARD));
    }

    @Test
    void cotangentsHaveTheOutputsType() {
        Value x = Ops.parameter(SCALAR, "x");
        Value wrong = Ops.parameter(TensorType.of(DType.F32), "wrong");
        assertThatThrownBy(() -> Gradients.of(List.of(x), List.of(wrong), List.of(x)))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("f64[]")
                .hasMessageContaining("f32[]");
    }

    @Test
    void whileLoopsSayWhatToUse() {
        Value x = Ops.parameter(SCALAR, "x");
        Graph condition = Graphs.of(
                List.of(SCALAR), in -> List.of(Ops.compare(Comparison.LT, in.getFirst(), Ops.fill(SCALAR, 9))));
        Graph body = Graphs.of(List.of(SCALAR), in -> List.of(Ops.scale(in.getFirst(), 2)));
        Value y = new Origin("decoder").in(() -> Ops.loop(condition, body, List.of(x)).getFirst());
        assertThatThrownBy(() -> Gradients.of(List.of(y), List.of(x), List.of(x)))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("In layer decoder")
                .hasMessageContaining("scan");
    }

    @Test
    void compositesBringTheirOwnGradient() {
        Graph decomposition = Graphs.of(List.of(SCALAR), in -> List.of(Ops.multiply(in.get(0), in.get(0))));
        // Wrong on purpose, to be seen: operand, result, cotangent.
        Graph gradient = Graphs.of(List.of(SCALAR, SCALAR, SCALAR), in -> List.of(Ops.add(in.get(1), in.get(2))));
        Op.Composite own = new Op.Composite("square", 1, decomposition, Optional.of(gradient));
        assertThat(Numbers.slopes(List.of(SCALAR), in -> Ops.composite(own, in).getFirst(), new double[] {3}))
                .containsExactly(new double[] {10});
        Op.Composite plain = new Op.Composite("square", 1, decomposition, Optional.empty());
        assertThat(Numbers.slopes(List.of(SCALAR), in -> Ops.composite(plain, in).getFirst(), new double[] {3}))
                .containsExactly(new double[] {6});
    }

    @Test
    void operandsOfACompositeMayDependOnEachOther() {
        Graph product = Graphs.of(List.of(SCALAR, SCALAR), in -> List.of(Ops.multiply(in.get(0), in.get(1))));
        Op.Composite composite = new Op.Composite("product", 1, product, Optional.empty());
        // x * x^2
        assertThat(Numbers.slopes(
                List.of(SCALAR),
                in -> Ops.composite(composite, List.of(in.get(0), Ops.multiply(in.get(0), in.get(0)))).getFirst(),
                new double[] {2})).containsExactly(new double[] {12});
    }

    @Test
    void theReverseOfAGraphIsAGraph() {
        Graph graph = Graphs.of(
                List.of(SCALAR, SCALAR), in -> List.of(Ops.multiply(in.get(0), in.get(1)), in.get(0)));
        Graph reverse = Gradients.reverse(graph);
        assertThat(Numbers.run(reverse, new double[] {2}, new double[] {3}, new double[] {10}, new double[] {1}))
                .containsExactly(new double[] {31}, new double[] {20});
        assertThat(Numbers.nodes(reverse.results().getFirst()).stream().map(Node::trace)).containsOnlyNulls();
    }
}
