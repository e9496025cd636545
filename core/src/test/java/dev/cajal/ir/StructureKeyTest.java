package dev.cajal.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StructureKeyTest {
    private static final TensorType TYPE = TensorType.of(DType.F32, 3);

    private static StructureKey key(UnaryOperator<Value> function) {
        Value x = Ops.parameter(TYPE, "x");
        return StructureKey.of(Graph.of(List.of(x), List.of(function.apply(x))));
    }

    @Test
    void graphsThatComputeTheSameAreEqual() {
        assertThat(key(x -> Ops.add(Ops.negate(x), x)))
                .isEqualTo(key(x -> Ops.add(Ops.negate(x), x)))
                .hasSameHashCodeAs(key(x -> Ops.add(Ops.negate(x), x)));
    }

    @Test
    void namesAndOriginsDoNotCount() {
        Value y = Ops.parameter(TYPE, "y");
        Value negated = new Origin("layer").in(() -> Ops.negate(y));
        assertThat(StructureKey.of(Graph.of(List.of(y), List.of(negated)))).isEqualTo(key(Ops::negate));
    }

    @Test
    void operandsCount() {
        assertThat(key(x -> Ops.subtract(Ops.negate(x), x))).isNotEqualTo(key(x -> Ops.subtract(x, Ops.negate(x))));
    }

    @Test
    void attributesCount() {
        assertThat(key(x -> Ops.fill(TYPE, 1))).isNotEqualTo(key(x -> Ops.fill(TYPE, 2)));
        assertThat(key(x -> Ops.sort(List.of(x), 0, true).getFirst()))
                .isNotEqualTo(key(x -> Ops.sort(List.of(x), 0, false).getFirst()));
    }

    @Test
    void typesOfParametersCount() {
        Value x = Ops.parameter(TYPE, "x");
        Value y = Ops.parameter(TensorType.of(DType.F64, 3), "x");
        assertThat(StructureKey.of(Graph.of(List.of(x), List.of(x))))
                .isNotEqualTo(StructureKey.of(Graph.of(List.of(y), List.of(y))));
    }

    @Test
    void regionsCountByTheirStructure() {
        assertThat(key(x -> scan(x, false))).isEqualTo(key(x -> scan(x, false)));
        assertThat(key(x -> scan(x, false))).isNotEqualTo(key(x -> scan(x, true)));
    }

    private static Value scan(Value x, boolean negated) {
        Value slice = Ops.parameter(TensorType.of(DType.F32), "slice");
        Value result = negated ? Ops.negate(slice) : Ops.unary(UnaryKind.EXP, slice);
        Graph body = Graph.of(List.of(slice), List.of(result));
        return Ops.scan(new Op.Scan(body, 0, 1, 3, false), List.of(x)).getFirst();
    }

    /// Without counts the operands of the last node and the results run into each other.
    @Test
    void operandsAreNotTakenForResults() {
        Value x = Ops.parameter(TYPE, "x");
        Value first = Node.of(new Op.Concatenate(0), List.of(x)).value();
        Value both = Node.of(new Op.Concatenate(0), List.of(x, first)).value();
        Value y = Ops.parameter(TYPE, "y");
        Value one = Node.of(new Op.Concatenate(0), List.of(y)).value();
        Value two = Node.of(new Op.Concatenate(0), List.of(y)).value();
        assertThat(StructureKey.of(Graph.of(List.of(x), List.of(both))))
                .isNotEqualTo(StructureKey.of(Graph.of(List.of(y), List.of(one, two))));
    }
}
