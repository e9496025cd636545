package dev.cajal.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.backend.Backends;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
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
}
