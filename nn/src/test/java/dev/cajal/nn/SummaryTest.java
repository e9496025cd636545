package dev.cajal.nn;

import static dev.cajal.nn.activation.Activations.PRELU;
import static dev.cajal.nn.activation.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.Residual;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void aPerceptronWithOneHiddenLayer() {
        Summary summary = Network.sequential(Flatten.of(), Dense.of(512, RELU), Dense.of(10)).summary(28, 28);
        assertThat(summary.layers()).extracting(Summary.Row::path).containsExactly("0", "1", "2");
        assertThat(summary.layers()).extracting(Summary.Row::type).containsExactly("Flatten", "Dense, Relu", "Dense");
        assertThat(summary.layers())
                .flatExtracting(Summary.Row::outputs)
                .containsExactly(Shape.of(784), Shape.of(512), Shape.of(10));
        assertThat(summary.layers()).extracting(Summary.Row::parameters).containsExactly(0L, 401_920L, 5_130L);
        assertThat(summary.total().parameters()).isEqualTo(407_050);
        assertThat(summary.total().weightBytes()).isEqualTo(4 * 407_050);
        // Products and biases; to compare with zero is no arithmetic.
        assertThat(summary.layers().get(1).flops()).isEqualTo(2 * 784 * 512 + 512);
        assertThat(summary.layers().get(2).flops()).isEqualTo(2 * 512 * 10 + 10);
        assertThat(summary.total().flops())
                .isEqualTo(summary.layers().stream().mapToLong(Summary.Row::flops).sum());
    }

    @Test
    void layersWithLayersInside() {
        Summary summary = Network
                .sequential(Dense.of(8), Residual.of(Network.sequential(BatchNorm.of(), Dense.of(8, PRELU))))
                .summary(4);
        assertThat(summary.layers())
                .extracting(Summary.Row::path)
                .containsExactly("0", "1", "1/branch", "1/branch/0", "1/branch/1");
        Summary.Row branch = summary.layers().get(2);
        // Scale and shift; kernel, bias and slopes.
        assertThat(branch.parameters()).isEqualTo(2 * 8 + 8 * 8 + 8 + 8);
        assertThat(branch.weightBytes())
                .as("running mean and variance, too")
                .isEqualTo(4 * (branch.parameters() + 2 * 8));
        assertThat(summary.total().parameters()).isEqualTo(4 * 8 + 8 + branch.parameters());
    }

    @Test
    void aSharedLayerStandsOnceAndCountsTwice() {
        Network<Tensor, Tensor> shared = Shared.of("same", Dense.of(8));
        Summary once = Layer.of(shared).summary(8);
        Summary twice = Network.sequential(Layer.of(shared), Layer.of(shared)).summary(8);
        assertThat(twice.layers()).extracting(Summary.Row::path).containsOnlyOnce("same");
        assertThat(twice.total().parameters()).isEqualTo(once.total().parameters()).isEqualTo(72);
        assertThat(twice.total().flops()).isEqualTo(2 * once.total().flops());
    }

    @Test
    void inputsThatAreNoNumbers() {
        Summary summary = Summary.of(Embedding.of(1000, 16), Tensor.zeros(DType.I32, Shape.of(1, 5)));
        assertThat(summary.total().outputs()).containsExactly(Shape.of(5, 16));
        assertThat(summary.total().parameters()).isEqualTo(16_000);
    }

    @Test
    void aTableForPeople() {
        assertThat(Network.sequential(Flatten.of(), Dense.of(512, RELU), Dense.of(10)).summary(28, 28).toString())
                .isEqualTo("""
                        Layer  Type         Output        Parameters  Weights   Outputs   FLOPs
                        0      Flatten      [batch, 784]           0  0 bytes    3.1 KB       0
                        1      Dense, Relu  [batch, 512]     401,920   1.5 MB    2.0 KB   803 K
                        2      Dense        [batch, 10]        5,130  20.0 KB  40 bytes  10.3 K
                        Total               [batch, 10]      407,050   1.6 MB    5.1 KB   814 K""");
    }
}
