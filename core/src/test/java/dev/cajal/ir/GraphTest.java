package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static final TensorType TYPE = TensorType.of(DType.F32, 3);

    @Test
    void nodesAreInOrderOfUse() {
        Value x = Ops.parameter(TYPE, "x");
        Value y = Ops.parameter(TYPE, "y");
        Value sum = Ops.add(x, y);
        Value product = Ops.multiply(sum, x);
        Graph graph = Graph.of(List.of(x, y), List.of(product, sum));
        assertThat(graph.nodes()).hasSize(4);
        for (Node node : graph.nodes()) {
            for (Value input : node.inputs()) {
                assertThat(graph.nodes().indexOf(input.node())).isLessThan(graph.nodes().indexOf(node));
            }
        }
    }

    @Test
    void whatNoResultNeedsIsNotThere() {
        Value x = Ops.parameter(TYPE, "x");
        Ops.negate(x);
        Value y = Ops.parameter(TYPE, "unused");
        Graph graph = Graph.of(List.of(x, y), List.of(x));
        assertThat(graph.nodes()).containsExactly(x.node());
        assertThat(graph.parameters()).containsExactly(x, y);
    }

    @Test
    void aHundredThousandChainedNodesAreNoProblem() {
        Value x = Ops.parameter(TYPE, "x");
        Value chain = x;
        for (int i = 0; i < 100_000; i++) {
            chain = Ops.add(chain, x);
        }
        Graph graph = Graph.of(List.of(x), List.of(chain));
        assertThat(graph.nodes()).hasSize(100_001);
        assertThat(chain.node().depth()).isEqualTo(100_001);
        Value copy = graph.apply(List.of(Ops.parameter(TYPE, "y"))).getFirst();
        assertThat(copy.node()).isNotSameAs(chain.node());
        assertThat(copy.node().depth()).isEqualTo(100_001);
        assertThat(StructureKey.of(graph)).isEqualTo(StructureKey.of(graph));
        assertThat(graph.toString()).hasLineCount(100_003);
    }

    @Test
    void sharedNodesAreVisitedOnce() {
        // 2^60 paths.
        Value x = Ops.parameter(TYPE, "x");
        Value doubled = x;
        for (int i = 0; i < 60; i++) {
            doubled = Ops.add(doubled, doubled);
        }
        assertThat(Graph.of(List.of(x), List.of(doubled)).nodes()).hasSize(61);
    }

    @Test
    void topologicalOrderStopsWhereItIsTold() {
        Value x = Ops.parameter(TYPE, "x");
        Value middle = Ops.negate(x);
        Value end = Ops.negate(middle);
        assertThat(Graph.topological(List.of(end), Set.of(middle.node()))).containsExactly(middle.node(), end.node());
    }

    @Test
    void aGraphIsClosed() {
        Value x = Ops.parameter(TYPE, "x");
        Value hidden = Ops.parameter(TYPE, "hidden");
        assertThatThrownBy(() -> Graph.of(List.of(x), List.of(Ops.add(x, hidden))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the parameter hidden")
                .hasMessageContaining("not closed");
    }

    @Test
    void argumentsHaveToFit() {
        Value x = Ops.parameter(TYPE, "x");
        Graph graph = Graph.of(List.of(x), List.of(Ops.negate(x)));
        assertThatThrownBy(() -> graph.apply(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The graph has 1 parameters, but got 0 arguments.");
        assertThatThrownBy(() -> graph.requireArguments(List.of(TensorType.of(DType.F64, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Parameter 0 is f32[3], but the argument is f64[3].");
    }

    @Test
    void applyKeepsOriginsAndAllResults() {
        Value x = Ops.parameter(TYPE, "x");
        Value keys = new Origin("encoder").in(() -> Ops.sort(List.of(x, x), 0, false).get(1));
        Value y = Ops.parameter(TYPE, "y");
        Value copy = Graph.of(List.of(x), List.of(keys)).apply(List.of(y)).getFirst();
        assertThat(copy.index()).isEqualTo(1);
        assertThat(copy.node().origin().path()).isEqualTo("encoder");
        assertThat(copy.node().inputs()).containsExactly(y, y);
    }

    @Test
    void closingTurnsWhatComesFromOutsideIntoParameters() {
        Value outside = Node.settled(TYPE, "elements").value();
        Trace trace = Trace.open("test");
        Graph.Closure closure = trace.run(() -> {
            Value x = trace.parameter(new Op.Parameter(TYPE, "x"));
            Value result = Ops.add(Ops.multiply(x, outside), outside);
            return Graph.close(trace, List.of(x), List.of(result));
        });
        assertThat(closure.captures()).containsExactly(outside);
        assertThat(closure.graph()).hasToString("""
                graph(%0: f32[3] x, %1: f32[3] captured0) {
                  %2: f32[3] = multiply %0 %1
                  %3: f32[3] = add %2 %1
                  return %3
                }
                """);
    }

    @Test
    void constantsAreCopiedRatherThanCaptured() {
        Value one = Ops.fill(TYPE, 1);
        Trace trace = Trace.open("test");
        Graph.Closure closure = trace.run(() -> {
            Value x = trace.parameter(new Op.Parameter(TYPE, "x"));
            return Graph.close(trace, List.of(x), List.of(Ops.add(x, one), Ops.negate(one)));
        });
        assertThat(closure.captures()).isEmpty();
        assertThat(closure.graph().nodes().stream().map(Node::op)).contains(new Op.Constant(Literal.of(DType.F32, 1)));
    }

    @Test
    void pendingValuesFromOutsideAreCapturedWhereTheyEnter() {
        Value settled = Node.settled(TYPE, "elements").value();
        Value pending = Ops.negate(Ops.negate(settled));
        Trace trace = Trace.open("test");
        Graph.Closure closure = trace.run(() -> {
            Value x = trace.parameter(new Op.Parameter(TYPE, "x"));
            return Graph.close(trace, List.of(x), List.of(Ops.add(x, pending)));
        });
        assertThat(closure.captures()).containsExactly(pending);
    }

    @Test
    void aResultMayComeFromOutsideOrBeAParameter() {
        Value outside = Node.settled(TYPE, "elements").value();
        Trace trace = Trace.open("test");
        Graph.Closure closure = trace.run(() -> {
            Value x = trace.parameter(new Op.Parameter(TYPE, "x"));
            return Graph.close(trace, List.of(x), List.of(outside, x));
        });
        assertThat(closure.captures()).containsExactly(outside);
        Graph graph = closure.graph();
        assertThat(graph.results()).containsExactly(graph.parameters().get(1), graph.parameters().get(0));
    }

    @Test
    void anInnerTraceCapturesFromTheOuterOne() {
        Trace outer = Trace.open("compile");
        outer.run(() -> {
            Value x = outer.parameter(new Op.Parameter(TYPE, "x"));
            Value squared = Ops.multiply(x, x);
            Trace inner = Trace.open("grad");
            Graph.Closure closure = inner.run(() -> {
                Value y = inner.parameter(new Op.Parameter(TYPE, "y"));
                Value mixed = Ops.add(y, squared);
                assertThat(mixed.node().trace()).isSameAs(inner);
                return Graph.close(inner, List.of(y), List.of(mixed));
            });
            assertThat(closure.captures()).containsExactly(squared);
            // The closure is applied in the outer trace, whose closing then captures nothing.
            Value applied = closure.graph().apply(List.of(x, squared)).getFirst();
            Graph.Closure whole = Graph.close(outer, List.of(x), List.of(applied));
            assertThat(whole.captures()).isEmpty();
            assertThat(whole.graph().nodes()).hasSize(3);
            return null;
        });
    }

    @Test
    void aPlaceholderThatEscapesIsNoticedWhenItIsUsed() {
        AtomicReference<Value> escaped = new AtomicReference<>();
        Trace trace = Trace.open("grad");
        trace.run(() -> {
            escaped.set(Ops.negate(trace.parameter(new Op.Parameter(TYPE, "x"))));
            return null;
        });
        assertThatThrownBy(() -> Ops.negate(escaped.get()))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("inside of a function under grad was kept and used outside of it");
    }

    @Test
    void aPlaceholderThatEscapesIsNoticedWhenItIsReturned() {
        AtomicReference<Value> escaped = new AtomicReference<>();
        Trace first = Trace.open("compile");
        first.run(() -> {
            escaped.set(first.parameter(new Op.Parameter(TYPE, "x")));
            return null;
        });
        Trace second = Trace.open("compile");
        assertThatThrownBy(() -> second.run(() -> Graph.close(second, List.of(), List.of(escaped.get()))))
                .isInstanceOf(CajalException.class)
                .extracting(e -> ((CajalException) e).code())
                .isEqualTo("trace.escaped");
    }
}
