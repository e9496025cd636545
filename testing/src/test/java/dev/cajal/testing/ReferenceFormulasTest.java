package dev.cajal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.ir.Op;
import dev.cajal.memory.HostBuffer;
import dev.cajal.testing.Formulas.Array;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The reference backend gives, bit for bit, what the formulas of the operations say.
class ReferenceFormulasTest {
    @Test
    void operationsOnSeveralElementsEqualTheirFormulas() {
        int compared = 0;
        for (GraphSample sample : OpSamples.all(2)) {
            List<Array> expected = expected(sample);
            if (!expected.isEmpty() && sample.graph().parameters().stream().allMatch(p -> p.type().size() < 3000)) {
                compare(sample, expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(2000);
    }

    private static void compare(GraphSample sample, List<Array> expected) {
        List<HostBuffer> actual = sample.run(Backends.named("reference"));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            HostBuffer wanted = expected.get(i).toBuffer();
            assertThat(Agreement.compare(Accuracy.EXACT, wanted, actual.get(i), wanted)).as(sample.name()).isEmpty();
        }
    }

    /// Empty for operations on each element by itself and those with regions, which have tests of their own.
    private static List<Array> expected(GraphSample sample) {
        List<Array> in = sample.arguments().stream().map(Array::of).toList();
        TensorType type = sample.graph().results().getFirst().type();
        return switch (sample.op()) {
            case Op.Transpose op -> List.of(Formulas.transpose(op, in.get(0), type));
            case Op.BroadcastInDim op -> List.of(Formulas.broadcast(op, in.get(0), type));
            case Op.Reshape _ -> List.of(new Array(type, in.get(0).elements()));
            case Op.Slice op -> List.of(Formulas.slice(op, in.get(0), type));
            case Op.Pad op -> List.of(Formulas.pad(op, in.get(0), in.get(1), type));
            case Op.Concatenate op -> List.of(Formulas.concatenate(op, in, type));
            case Op.Reverse op -> List.of(Formulas.reverse(op, in.get(0)));
            case Op.DotGeneral op -> List.of(Formulas.dot(op, in.get(0), in.get(1), type));
            case Op.Convolution op -> List.of(Formulas.convolution(op, in.get(0), in.get(1), type));
            case Op.Reduce op when in.get(0).elements().length < 500 -> List.of(Formulas.reduce(op, in.get(0), type));
            case Op.ReduceWindow op -> List.of(Formulas.reduceWindow(op, in.get(0), type));
            case Op.SelectAndScatter op -> List.of(Formulas.selectAndScatter(op, in.get(0), in.get(1)));
            case Op.Gather op -> List.of(Formulas.gather(op, in.get(0), in.get(1), type));
            case Op.Scatter op -> List.of(Formulas.scatter(op, in.get(0), in.get(1), in.get(2)));
            case Op.DynamicSlice _ -> List.of(Formulas.dynamicSlice(in.get(0), in.subList(1, in.size()), type));
            case Op.DynamicUpdateSlice _ ->
                List.of(Formulas.dynamicUpdateSlice(in.get(0), in.get(1), in.subList(2, in.size())));
            case Op.Sort op -> Formulas.sort(op, in);
            case Op.OptimizationBarrier _, Op.StopGradient _ -> new ArrayList<>(in);
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _ ->
                List.of();
            case Op.Convert _, Op.BitcastConvert _, Op.Reduce _, Op.While _, Op.Scan _, Op.Composite _ -> List.of();
        };
    }
}
