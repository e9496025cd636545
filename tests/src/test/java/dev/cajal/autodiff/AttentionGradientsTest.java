package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.ir.Attention;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.GradientCheck;
import dev.cajal.testing.GraphSample;
import dev.cajal.testing.SampleData;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gradient that attention brings along is that of what it computes, and can be differentiated again.
class AttentionGradientsTest {
    @ParameterizedTest
    @CsvSource({"3, 3, 2, 2, 4, true, false", "2, 5, 4, 2, 3, false, false", "4, 4, 2, 1, 2, true, true",
        "3, 4, 1, 1, 5, false, true"})
    void gradientsAreSlopes(int queries, int keys, int heads, int groups, int size, boolean causal, boolean masked) {
        TensorType query = TensorType.of(DType.F64, 2, queries, heads, size);
        TensorType key = TensorType.of(DType.F64, 2, keys, groups, size);
        Value q = Ops.parameter(query, "q");
        Value k = Ops.parameter(key, "k");
        Value v = Ops.parameter(key, "v");
        List<Value> parameters = new ArrayList<>(List.of(q, k, v));
        var data = new SampleData(4);
        List<HostBuffer> arguments = new ArrayList<>(
                List.of(data.between(query, -1, 1), data.between(key, -1, 1), data.between(key, -1, 1)));
        Optional<Value> present = Optional.empty();
        if (masked) {
            TensorType type = TensorType.of(DType.BOOL, 2, keys);
            Value which = Ops.parameter(type, "present");
            parameters.add(which);
            present = Optional.of(which);
            // Of the second item none is there.
            double[] there = new double[2 * keys];
            there[0] = 1;
            there[2] = 1;
            arguments.add(SampleData.of(type, there));
        }
        Graph graph = Graph.of(parameters, List.of(Attention.apply(q, k, v, present, causal)));
        var sample = new GraphSample("attention", graph, arguments, List.of(0, 1, 2), new Accuracy.Absolute(1e-12));
        assertThat(GradientCheck.of(sample)).isEmpty();
        assertThat(GradientCheck.of(GradientCheck.gradient(sample, 2).orElseThrow())).isEmpty();
    }

    @Test
    void theGradientBelongsToTheBackwardPart() {
        TensorType type = TensorType.of(DType.F32, 1, 2, 1, 2);
        Value q = Ops.parameter(type, "q");
        Value gathered = Attention.apply(q, q, q, Optional.empty(), true);
        Graph graph = Graph.of(List.of(q), Gradients.of(List.of(gathered), List.of(gathered), List.of(q)));
        assertThat(graph.nodes().stream().filter(node -> node.op() instanceof Op.Composite)
                .map(node -> node.origin().phase()))
                .containsExactly(Origin.Phase.FORWARD, Origin.Phase.BACKWARD);
    }

    /// By hand: with equal keys all weights are alike.
    @Test
    void gathersMeansWhereKeysAreAlike() {
        Tensor q = Tensor.of(new float[] {1, 2, 3, 4}, Shape.of(1, 2, 1, 2));
        Tensor k = Tensor.ones(1, 2, 1, 2);
        Tensor v = Tensor.of(new float[] {2, 4, 6, 10}, Shape.of(1, 2, 1, 2));
        assertThat(q.attend(k, v, false, Optional.empty()).toFloats()).containsExactly(4, 7, 4, 7);
        assertThat(q.attend(k, v, true, Optional.empty()).toFloats()).containsExactly(2, 4, 4, 7);
        Tensor first = Tensor.of(new int[] {1, 0}, Shape.of(1, 2)).asType(DType.BOOL);
        assertThat(q.attend(k, v, false, Optional.of(first)).toFloats()).containsExactly(2, 4, 2, 4);
    }

    @Test
    void saysWhatDoesNotFit() {
        Tensor q = Tensor.ones(1, 2, 3, 2);
        assertThatThrownBy(() -> q.attend(Tensor.ones(1, 4, 2, 2), Tensor.ones(1, 4, 2, 2), false, Optional.empty()))
                .isInstanceOf(ShapeException.class).hasMessageContaining("multiple of the groups");
        assertThatThrownBy(() -> q.attend(Tensor.ones(1, 4, 3, 2), Tensor.ones(1, 4, 3, 2), true, Optional.empty()))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> q.attend(Tensor.ones(1, 4, 3, 2), Tensor.ones(1, 5, 3, 2), false, Optional.empty()))
                .isInstanceOf(ShapeException.class);
    }
}
