package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How products are cut into tasks.
class SplitTest {
    @ParameterizedTest
    @CsvSource({"784, 512, 128, 2", "512, 512, 128, 2", "768, 2048, 64, 4", "1024, 1024, 32, 3"})
    void theGradientByTheWeightsIsDividedAsTheLayerDividesThem(int inputs, int units, int batch, int threads) {
        for (MatmulKernel kernel : new MatmulKernel[] {MatmulKernels.scalar(), MatmulKernels.vector()}) {
            Split layer = Split.of(kernel, threads, Product.of(batch, units, inputs, false, false));
            Split gradient = Split.of(kernel, threads, Product.of(inputs, units, batch, true, false));
            assertThat(gradient.columns()).isEqualTo(layer.columns());
            assertThat(gradient.count()).isEqualTo(layer.count());
            for (int task = 0; task < layer.count(); task++) {
                assertThat(gradient.column(task)).isEqualTo(layer.column(task));
                assertThat(gradient.columnEnd(task)).isEqualTo(layer.columnEnd(task));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"784, 512, 128, false, false", "512, 784, 128, true, false", "128, 512, 512, false, true",
        "100000, 32, 288, false, false", "7, 5, 3, false, false", "2000, 10, 512, true, false"})
    void tasksCoverEachElementOnce(int m, int n, int k, boolean transposeA, boolean transposeB) {
        for (int threads = 1; threads <= 5; threads++) {
            Split split = Split.of(MatmulKernels.scalar(), threads, Product.of(m, n, k, transposeA, transposeB));
            long covered = IntStream.range(0, split.count())
                    .mapToLong(task -> (long) (split.rowEnd(task) - split.row(task))
                            * (split.columnEnd(task) - split.column(task)))
                    .sum();
            assertThat(covered).isEqualTo((long) m * n);
            for (int task = 0; task < split.count(); task++) {
                assertThat(split.rowEnd(task)).isGreaterThan(split.row(task)).isLessThanOrEqualTo(m);
                assertThat(split.columnEnd(task)).isGreaterThan(split.column(task)).isLessThanOrEqualTo(n);
            }
        }
    }
}
