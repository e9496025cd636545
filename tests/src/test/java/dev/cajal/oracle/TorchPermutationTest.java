package dev.cajal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TorchPermutationTest {
    /// By PyTorch 2.13: `torch.manual_seed(seed); torch.randperm(count)`.
    @Test
    void ordersAreThoseOfPyTorch() {
        assertThat(TorchPermutation.of(10, 5)).containsExactly(1, 4, 9, 6, 3, 5, 0, 2, 8, 7);
        int[] names = TorchPermutation.of(32_033, 3407);
        assertThat(Arrays.copyOf(names, 8)).containsExactly(18545, 10853, 360, 10522, 2312, 27407, 8528, 20971);
        assertThat(Arrays.copyOfRange(names, 32_030, 32_033)).containsExactly(30618, 16636, 29400);
    }
}
