package dev.cajal.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradients;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.UnaryKind;
import dev.cajal.ir.Value;
import dev.cajal.testing.GradientCheck;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.Graphs;
import dev.cajal.testing.OpSamples;
import dev.cajal.testing.RandomGraphs;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whole graphs: the same bits before and after, and what has to be gone.
class RewritesTest {
    private static final TensorType SCALAR = TensorType.of(DType.F32);
    private static final TensorType ROW = TensorType.of(DType.F32, 4);

    @Test
    @Tag("slow")
    void samplesKeepTheirBits() {
        for (GraphSample sample : OpSamples.all(2)) {
            assertThat(Bits.difference(sample, Rewrites.simplify(sample.graph()))).isEmpty();
        }
    }

    @Test
    void randomGraphsKeepTheirBits() {
        for (int seed = 0; seed < 150; seed++) {
            for (DType dtype : List.of(DType.F32, DType.BF16, DType.I32, DType.U8)) {
                GraphSample sample = RandomGraphs.exact(seed, dtype, 60);
                assertThat(Bits.difference(sample, Rewrites.simplify(sample.graph()))).isEmpty();
            }
            GraphSample smooth = RandomGraphs.smooth(seed, DType.F64, 40);
            assertThat(Bits.difference(smooth, Rewrites.simplify(smooth.graph()))).isEmpty();
        }
    }

    @Test
    @Tag("slow")
    void gradientsKeepTheirBits() {
        for (GraphSample sample : OpSamples.differentiable(2)) {
            Optional<GraphSample> gradient = GradientCheck.gradient(sample, 1);
            gradient.ifPresent(
                    each -> assertThat(Bits.difference(each, Rewrites.simplify(each.graph()))).isEmpty());
        }
        for (int seed = 0; seed < 50; seed++) {
            GraphSample gradient = GradientCheck.gradient(RandomGraphs.smooth(seed, DType.F64, 30), 1).orElseThrow();
            assertThat(Bits.difference(gradient, Rewrites.simplify(gradient.graph()))).isEmpty();
        }
    }

    @Test
    void simplifyingTwiceChangesNothingMore() {
        for (int seed = 0; seed < 50; seed++) {
            Graph once = Rewrites.simplify(RandomGraphs.exact(seed, DType.F32, 60).graph());
            assertThat(Rewrites.simplify(once).nodes()).hasSameSizeAs(once.nodes());
        }
    }

    @Test
    void commonSubexpressionsWhateverTheirOriginAndOrder() {
        Graph graph = Graphs.of(List.of(SCALAR, SCALAR), in -> {
            Value a = new Origin("a").in(() -> Ops.add(in.get(0), in.get(1)));
            Value b = new Origin("b").in(() -> Ops.add(in.get(1), in.get(0)));
            return List.of(Ops.unary(UnaryKind.SIN, a), Ops.unary(UnaryKind.SIN, b));
        });
        Graph simple = Rewrites.simplify(graph);
        assertThat(simple.nodes()).hasSize(4);
        assertThat(simple.results().get(0)).isEqualTo(simple.results().get(1));
    }

    @Test
    void barriersKeepTheirValuesApart() {
        Graph graph = Graphs.of(List.of(SCALAR), in -> {
            Value a = Ops.unary(UnaryKind.SIN, Ops.barrier(in).getFirst());
            Value b = Ops.unary(UnaryKind.SIN, Ops.barrier(in).getFirst());
            return List.of(Ops.add(a, b));
        });
        assertThat(Rewrites.simplify(graph).nodes()).hasSameSizeAs(graph.nodes());
    }

    @Test
    void parametersOfEqualTypeStayTwo() {
        Value a = Ops.parameter(SCALAR, "x");
        Value b = Ops.parameter(SCALAR, "x");
        Graph graph = Rewrites.simplify(Graph.of(List.of(a, b), List.of(Ops.subtract(a, b), a)));
        assertThat(graph.results().getFirst().node().inputs()).containsExactly(a, b);
    }

    @Test
    void aHundredThousandNodes() {
        Value x = Ops.parameter(ROW, "x");
        Value y = x;
        for (int i = 0; i < 33_000; i++) {
            y = Ops.negate(Ops.add(Ops.negate(y), Ops.fillLike(y, i % 7 - 0.5)));
        }
        Graph graph = Graph.of(List.of(x), List.of(y));
        assertThat(Rewrites.simplify(graph).nodes()).hasSizeLessThan(graph.nodes().size());
    }

    /// The state is `tanh(state * w + x)`; of the gradient's two forward scans one is left, without what nobody reads.
    @Test
    void aGradientRunsTheForwardLoopOnce() {
        Graph body = Graphs.of(List.of(ROW, ROW, ROW), in -> {
            Value state = Ops.unary(UnaryKind.TANH, Ops.add(Ops.multiply(in.get(0), in.get(2)), in.get(1)));
            return List.of(state, Ops.unary(UnaryKind.EXP, state));
        });
        TensorType rows = TensorType.of(DType.F32, 6, 4);
        Graph graph = Graphs.of(List.of(ROW, rows, ROW), in -> {
            List<Value> results = Ops.scan(new Op.Scan(body, 1, 1, 6, false), in);
            Value loss = Ops.sum(results.get(1), List.of(0, 1));
            Value gradient = Gradients.of(List.of(loss), List.of(Ops.fill(SCALAR, 1)), List.of(in.get(2))).getFirst();
            return List.of(loss, gradient);
        });
        Graph simple = Rewrites.simplify(graph);
        List<Op.Scan> scans = scans(simple);
        assertThat(scans(graph)).hasSize(3);
        assertThat(scans).hasSize(2);
        assertThat(Bits.difference(graph, simple)).isEmpty();
    }

    @Test
    void scansLoseWhatNobodyReads() {
        TensorType rows = TensorType.of(DType.F32, 3, 4);
        Graph body = Graphs.of(List.of(ROW, ROW, ROW, ROW, ROW, ROW), in -> {
            Value live = Ops.add(in.get(0), Ops.multiply(in.get(3), in.get(2)));
            Value dead = Ops.unary(UnaryKind.SIN, Ops.add(in.get(1), in.get(4)));
            return List.of(live, dead, in.get(2), Ops.negate(live), Ops.negate(live), in.get(3), in.get(5));
        });
        Graph graph = Graphs.of(List.of(ROW, ROW, ROW, rows, ROW), in -> {
            Value repeated = Ops.broadcast(in.get(4), rows.shape(), List.of(1));
            List<Value> operands = List.of(in.get(0), in.get(1), in.get(2), in.get(3), repeated, Ops.fill(ROW, 2));
            List<Value> results = Ops.scan(new Op.Scan(body, 3, 2, 3, true), operands);
            // All but the dead carry: the last state, an unchanging carry, a result twice, a slice of xs, a constant.
            return List.of(
                    results.get(0), results.get(2), results.get(3), results.get(4), results.get(5), results.get(6));
        });
        Graph simple = Rewrites.simplify(graph);
        assertThat(Bits.difference(graph, simple)).isEmpty();
        Op.Scan scan = scans(simple).getFirst();
        assertThat(scan.carries()).isEqualTo(1);
        assertThat(scan.xs()).isEqualTo(1);
        assertThat(scan.body().parameters()).hasSize(3);
        assertThat(scan.body().results()).hasSize(2);
    }

    @Test
    void slicesThatAreAllTheSameBecomeAConstant() {
        TensorType rows = TensorType.of(DType.F32, 3, 4);
        Graph body = Graphs.of(List.of(ROW, ROW), in -> List.of(Ops.add(in.get(0), in.get(1))));
        Graph graph = Graphs.of(List.of(ROW, ROW), in -> Ops.scan(
                new Op.Scan(body, 1, 1, 3, false),
                List.of(in.get(0), Ops.broadcast(in.get(1), rows.shape(), List.of(1)))));
        Graph simple = Rewrites.simplify(graph);
        assertThat(scans(simple).getFirst().xs()).isZero();
        assertThat(Bits.difference(graph, simple)).isEmpty();
    }

    @Test
    void whileLoopsLoseWhatNobodyReads() {
        TensorType counter = TensorType.of(DType.I32);
        List<TensorType> carried = List.of(counter, ROW, ROW, ROW);
        Graph condition = Graphs.of(
                carried, in -> List.of(Ops.compare(Comparison.LT, in.getFirst(), Ops.fill(counter, 3))));
        Graph body = Graphs.of(carried, in -> List.of(
                Ops.add(in.get(0), Ops.fill(counter, 1)),
                Ops.add(in.get(1), in.get(2)),
                Ops.negate(in.get(2)),
                Ops.unary(UnaryKind.SIN, in.get(3))));
        Graph graph = Graphs.of(carried.subList(1, 4), in -> {
            List<Value> first = List.of(Ops.fill(counter, 0), in.get(0), in.get(1), in.get(2));
            return List.of(Ops.loop(condition, body, first).get(1));
        });
        Graph simple = Rewrites.simplify(graph);
        Node loop = simple.results().getFirst().node();
        assertThat(loop.types()).hasSize(3);
        assertThat(Bits.difference(graph, simple)).isEmpty();
    }

    @Test
    void bodiesAreSimplifiedToo() {
        Graph body = Graphs.of(List.of(ROW), in -> List.of(Ops.negate(Ops.negate(Ops.binary(
                BinaryKind.MAXIMUM, in.getFirst(), Ops.fill(ROW, 0))))));
        Graph graph = Graphs.of(List.of(ROW), in -> Ops.scan(new Op.Scan(body, 1, 0, 5, false), in));
        assertThat(scans(Rewrites.simplify(graph)).getFirst().body().nodes())
                .noneMatch(node -> node.op().equals(new Op.Unary(UnaryKind.NEGATE)));
    }

    private static List<Op.Scan> scans(Graph graph) {
        return graph.nodes().stream()
                .map(Node::op)
                .filter(Op.Scan.class::isInstance)
                .map(Op.Scan.class::cast)
                .toList();
    }
}
