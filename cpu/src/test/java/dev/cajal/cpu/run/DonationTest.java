package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.backend.Backends;
import dev.cajal.backend.RunException;
import dev.cajal.memory.HostBuffer;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DonationTest {
    /// A result that is an argument unchanged must not take the argument along when it is donated.
    @Test
    void donatingAResultLeavesTheArgumentsItWasMadeOf() {
        Backends.using(new CpuBackend(), () -> {
            Tensor x = Tensor.of(new float[] {1, 2, 3});
            Tensor passed = Transform.compile((Tensor y) -> y).apply(x);
            Tensor captured = Transform.compile((Tensor y) -> x).apply(Tensor.of(0f));
            Tensor stopped = x.stopGradient().evaluate();
            for (Tensor same : new Tensor[] {passed, captured, stopped}) {
                assertThat(same.toFloats()).containsExactly(1, 2, 3);
                Tensor more = Transform.compile((Tensor y) -> y.plus(100)).donating(0).apply(same);
                assertThat(more.toFloats()).containsExactly(101, 102, 103);
            }
            assertThat(x.toFloats()).containsExactly(1, 2, 3);
            return x;
        });
    }

    @Test
    void aDonatedArgumentThatIsAResultIsNotCopied() {
        Backends.using(new CpuBackend(), () -> {
            Tensor x = Tensor.of(new float[] {1, 2, 3});
            Object memory = x.buffer();
            assertThat(Transform.compile((Tensor y) -> y).donating(0).apply(x).buffer()).isSameAs(memory);
            return x;
        });
    }

    /// How a program gives a result the memory of one that it no longer needs.
    @Test
    void theResultTakesTheMemoryOfADonatedArgumentThatNobodyReads() {
        Backends.using(new CpuBackend(), () -> {
            Tensor x = Tensor.of(new float[] {1, 2, 3});
            Tensor old = Tensor.of(new float[] {7, 8, 9});
            Object memory = old.buffer();
            Tensor result = Transform.compile((Tensor y, Tensor _) -> y.softmax(-1)).donating(1).apply(x, old);
            assertThat(result.buffer()).isSameAs(memory);
            assertThat(result.toFloats()).containsExactly(x.softmax(-1).toFloats());
            return x;
        });
    }

    /// The gradient of a table is a scatter by the indices of a gather, which cannot fail after it: so it does not keep other parameters from being updated in
    /// their place.
    @Test
    void aScatterWithTheIndicesOfAGatherDoesNotKeepResultsOutOfPlace() {
        Backends.using(new CpuBackend(), () -> {
            Tensor table = Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
            Tensor weights = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
            Tensor rows = Tensor.of(new int[] {2, 0, 2});
            var step = Transform.compile((List<Tensor> p, Tensor i) -> {
                List<Tensor> gradients = Transform
                        .grad((List<Tensor> q) -> q.getFirst().take(i).matmul(q.getLast()).square().sum())
                        .apply(p);
                return List.of(p.getFirst().minus(gradients.getFirst()), p.getLast().minus(gradients.getLast()));
            }).donating(0);
            List<Object> memory = List.of(table.buffer(), weights.buffer());
            List<Tensor> updated = step.apply(List.of(table, weights), rows);
            assertThat(updated).extracting(Tensor::buffer).zipSatisfy(memory,
                    (buffer, before) -> assertThat(buffer).isSameAs(before));
            return rows;
        });
    }

    /// The buffer is still reachable here, so the garbage collector cannot have freed it.
    @Test
    void donatedMemoryThatNoResultTakesOverIsFreeAtOnce() {
        Backends.using(new CpuBackend(), () -> {
            TensorType type = TensorType.of(DType.F32, 1_234_567);
            HostBuffer buffer = HostBuffer.allocateZeroed(type);
            Tensor sum = Transform.compile((Tensor y) -> y.sum()).donating(0).apply(Tensor.of(buffer));
            assertThat(sum.item()).isZero();
            assertThat(HostBuffer.allocate(type).segment().address()).isEqualTo(buffer.segment().address());
            return sum;
        });
    }

    /// Other indices than the gather's, which may be wrong where the gather's are right.
    @Test
    void aScatterWithIndicesOfItsOwnFailsBeforeAnythingIsOverwritten() {
        Backends.using(new CpuBackend(), () -> {
            Tensor weights = Tensor.of(new float[] {1, 2, 3});
            Tensor table = Tensor.of(new float[][] {{1, 2}, {3, 4}});
            Tensor good = Tensor.of(new int[] {1, 0});
            Tensor bad = Tensor.of(new int[] {0, 2});
            var step = Transform.compile((List<Tensor> p, List<Tensor> rows) -> {
                Tensor taken = p.getLast().take(rows.getFirst());
                return List.of(p.getFirst().plus(taken.sum()), p.getLast().addAt(rows.getLast(), taken));
            }).donating(0);
            assertThatThrownBy(() -> step.apply(List.of(weights, table), List.of(good, bad)))
                    .isInstanceOf(RunException.class);
            assertThat(weights.toFloats()).containsExactly(1, 2, 3);
            assertThat(table.toFloats()).containsExactly(1, 2, 3, 4);
            return weights;
        });
    }
}
