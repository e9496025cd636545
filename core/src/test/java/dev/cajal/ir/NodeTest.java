package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTest {
    private static final TensorType TYPE = TensorType.of(DType.F32, 3);

    @Test
    void aSettledNodeForgetsItsOperands() {
        Node node = Ops.negate(Node.settled(TYPE, "a").value()).node();
        assertThat(node.inputs()).hasSize(1);
        assertThat(node.content(0)).isNull();
        node.settle(List.of("b"));
        assertThat(node.inputs()).isEmpty();
        assertThat(node.isSettled()).isTrue();
        assertThat(node.content(0)).isEqualTo("b");
    }

    @Test
    void depthCountsWhatIsPending() {
        Value x = Node.settled(TYPE, "a").value();
        Value one = Ops.negate(x);
        Value two = Ops.negate(one);
        assertThat(two.node().depth()).isEqualTo(2);
        two.node().settle(List.of("b"));
        assertThat(Ops.negate(two).node().depth()).isEqualTo(1);
    }

    @Test
    void aTracedNodeHasNoElements() {
        Trace trace = Trace.open("test");
        Value x = trace.parameter(new Op.Parameter(TYPE, "x"));
        assertThatThrownBy(() -> x.node().settle(List.of("b"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theOnlyValueIsTheOnlyOne() {
        Value x = Ops.parameter(TYPE, "x");
        Node sort = Ops.sort(List.of(x, x), 0, false).getFirst().node();
        assertThat(sort.values()).hasSize(2);
        assertThatThrownBy(sort::value).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void originsNest() {
        Origin encoder = new Origin("encoder");
        Value inside = encoder.in(() -> Origin.current().child("0").in(() -> Ops.fill(TYPE, 0)));
        assertThat(inside.node().origin()).isEqualTo(new Origin("encoder/0"));
        assertThat(inside.node()).hasToString("BroadcastInDim in encoder/0");
        assertThat(Origin.current()).isEqualTo(Origin.NONE);
        assertThat(Origin.NONE.child("dense").path()).isEqualTo("dense");
        assertThat(encoder.prefix()).hasToString("In layer encoder: ");
        assertThat(Origin.NONE.prefix()).isEqualTo(Phrase.NOTHING);
    }

    @Test
    void aTraceIsOverWhenItsBodyThrows() {
        Trace trace = Trace.open("test");
        assertThat(Trace.isActive()).isFalse();
        assertThatThrownBy(() -> trace.run(() -> {
            assertThat(Trace.isActive()).isTrue();
            throw new IllegalStateException("on purpose");
        })).hasMessage("on purpose");
        assertThat(trace.isFinished()).isTrue();
        assertThat(Trace.isActive()).isFalse();
    }
}
