package dev.cajal.reference;

import static dev.cajal.reference.Running.buffer;
import static dev.cajal.reference.Running.graph;
import static dev.cajal.reference.Running.numbers;
import static dev.cajal.reference.Running.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.RunException;
import dev.cajal.ir.GatherDimensions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Op;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Origin;
import dev.cajal.ir.ScatterDimensions;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// By hand; the samples are compared with formulas elsewhere.
class IndexingTest {
    private static final List<Integer> NONE = List.of();
    private static final TensorType TABLE = TensorType.of(DType.F32, 3, 2);
    /// Rows of a table.
    private static final Op.Gather ROWS = new Op.Gather(
            new GatherDimensions(List.of(1), List.of(0), NONE, NONE, List.of(0), 1), List.of(1, 2));

    private static Op.Scatter rows(Op.Scatter.Combiner combiner) {
        return new Op.Scatter(new ScatterDimensions(List.of(1), List.of(0), NONE, NONE, List.of(0), 1), combiner);
    }

    private static HostBuffer table() {
        return buffer(TABLE, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void rowsArePicked() {
        assertThat(numbers(run(ROWS, table(), buffer(DType.I32, 2, 0, 2)))).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(numbers(run(ROWS, table(), buffer(DType.I64, 1)))).containsExactly(3, 4);
    }

    @Test
    void updatesComeInOrder() {
        HostBuffer indices = buffer(DType.I32, 1, 1);
        HostBuffer updates = buffer(TensorType.of(DType.F32, 2, 2), 10, 20, 30, 5);
        assertThat(numbers(run(rows(Op.Scatter.Combiner.REPLACE), table(), indices, updates)))
                .containsExactly(1, 2, 30, 5, 5, 6);
        assertThat(numbers(run(rows(Op.Scatter.Combiner.ADD), table(), indices, updates)))
                .containsExactly(1, 2, 43, 29, 5, 6);
        assertThat(numbers(run(rows(Op.Scatter.Combiner.MULTIPLY), table(), indices, updates)))
                .containsExactly(1, 2, 900, 400, 5, 6);
        assertThat(numbers(run(rows(Op.Scatter.Combiner.MAXIMUM), table(), indices, updates)))
                .containsExactly(1, 2, 30, 20, 5, 6);
        assertThat(numbers(run(rows(Op.Scatter.Combiner.MINIMUM), table(), indices, updates)))
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void theOperandOfAScatterIsLeftAlone() {
        HostBuffer table = table();
        run(rows(Op.Scatter.Combiner.ADD), table, buffer(DType.I32, 0), buffer(TensorType.of(DType.F32, 1, 2), 7, 7));
        assertThat(numbers(table)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aBadIndexIsAnErrorThatNamesTheLayer() {
        TensorType indices = TensorType.of(DType.I32, 2);
        Graph graph = graph(
                List.of(TABLE, indices),
                in -> new Origin("embedding").in(() -> List.of(Ops.gather(in.get(0), in.get(1), ROWS.dimensions(),
                        ROWS.sliceSizes()))));
        assertThatThrownBy(() -> run(graph, table(), buffer(indices, 0, 3)))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith(
                        "In layer embedding: gather got the index 3 for dimension 0, where 0 to 2 are possible.");
        assertThatThrownBy(() -> run(graph, table(), buffer(indices, -1, 0)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("got the index -1");
    }

    @Test
    void aBadIndexOfAScatterIsAnError() {
        HostBuffer updates = buffer(TensorType.of(DType.F32, 1, 2), 10, 20);
        for (long index : new long[] {3, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32}) {
            assertThatThrownBy(() -> run(rows(Op.Scatter.Combiner.ADD), table(), Running.longs(index), updates))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("scatter got the index " + index + " for dimension 0");
        }
    }

    @Test
    void aSliceHasToLieInsideAltogether() {
        GatherDimensions pairs = new GatherDimensions(List.of(1, 2), NONE, NONE, NONE, List.of(0), 1);
        Op.Gather op = new Op.Gather(pairs, List.of(2, 2));
        assertThat(numbers(run(op, table(), buffer(DType.I32, 1)))).containsExactly(3, 4, 5, 6);
        assertThatThrownBy(() -> run(op, table(), buffer(DType.I32, 2)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("got the index 2 for dimension 0, where 0 to 1 are possible");
    }

    @Test
    void dynamicSlicesAreClamped() {
        HostBuffer line = buffer(DType.F32, 1, 2, 3, 4, 5);
        Op slice = new Op.DynamicSlice(List.of(2));
        assertThat(numbers(run(slice, line, start(1)))).containsExactly(2, 3);
        assertThat(numbers(run(slice, line, start(-7)))).containsExactly(1, 2);
        assertThat(numbers(run(slice, line, start(4)))).containsExactly(4, 5);
        HostBuffer update = buffer(DType.F32, 8, 9);
        assertThat(numbers(run(new Op.DynamicUpdateSlice(), line, update, start(1)))).containsExactly(1, 8, 9, 4, 5);
        assertThat(numbers(run(new Op.DynamicUpdateSlice(), line, update, start(99)))).containsExactly(1, 2, 3, 8, 9);
    }

    private static HostBuffer start(int start) {
        return buffer(TensorType.of(DType.I32), start);
    }
}
