package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Window;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Convolutions with fewer multiplications give what the definition gives, to rounding, and the same bits in every form.
class WinogradTest {
    private static final List<Integer> ONES = List.of(1, 1);
    private static final List<Integer> SIZE = List.of(3, 3);

    /// Of a result by the definition, in double precision.
    private static double defined(Planes p, float[] x, float[] kernel, int image, int row, int column, int feature) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int y = row + i - p.top();
                int z = column + j - p.left();
                for (int c = 0; c < p.channels() && y >= 0 && y < p.height() && z >= 0 && z < p.width(); c++) {
                    sum += (double) x[((image * p.height() + y) * p.width() + z) * p.channels() + c]
                            * kernel[((3 * i + j) * p.channels() + c) * p.features() + feature];
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"3, 8, 8, 5, 7, 8, 8, 1, 1", "2, 7, 9, 8, 3, 7, 9, 1, 1", "1, 6, 6, 4, 16, 4, 4, 0, 0",
        "2, 5, 4, 3, 4, 7, 6, 2, 2", "5, 4, 4, 40, 33, 4, 4, 1, 1", "1, 1, 1, 2, 2, 1, 1, 1, 1",
        "1, 30, 120, 3, 4, 30, 120, 1, 1", "2, 6, 5, 4, 4, 5, 4, 0, 1", "9, 3, 2, 50, 40, 3, 2, 1, 1"})
    void givesWhatTheDefinitionGives(int images, int height, int width, int channels, int features, int places,
            int placesAcross, int top, int left) {
        var planes = new Planes(images, height, width, channels, features, places, placesAcross, top, left);
        float[] x = Numbers.random(images * height * width * channels, 1);
        float[] kernel = Numbers.random(9 * channels * features, 2);
        int count = images * places * placesAcross * features;
        try (Arena arena = Arena.ofShared();
                WorkerPool one = WorkerPool.withThreads(1);
                WorkerPool three = WorkerPool.withThreads(3)) {
            MemorySegment a = Numbers.copy(arena, x);
            MemorySegment b = Numbers.copy(arena, kernel);
            MemorySegment c = arena.allocate(4L * count, 64);
            float[] first = null;
            for (WorkerPool pool : List.of(one, three)) {
                for (MatmulKernel with : List.of(MatmulKernels.scalar(), MatmulKernels.vector())) {
                    var winograd = new Winograd(pool, planes);
                    c.fill((byte) -1);
                    winograd.multiply(with, a, 0, b, 0, c, 0);
                    float[] written = c.toArray(ValueLayout.JAVA_FLOAT);
                    float[] handed = new float[count];
                    winograd.multiply(a, b, (row, rows, column, columns, tile, rowBytes) -> {
                        for (int i = 0; i < rows; i++) {
                            MemorySegment.copy(tile, ValueLayout.JAVA_FLOAT, i * rowBytes, handed,
                                    (int) (row + i) * features + column, columns);
                        }
                    });
                    first = first == null ? written : first;
                    assertThat(written).isEqualTo(first);
                    assertThat(handed).isEqualTo(first);
                }
            }
            double bound = 9 * channels * 2e-6;
            for (int i = 0; i < count; i++) {
                int place = i / features;
                double expected = defined(planes, x, kernel, place / (places * placesAcross),
                        place / placesAcross % places, place % placesAcross, i % features);
                assertThat((double) first[i]).as("element %s", i).isCloseTo(expected, within(bound));
            }
        }
    }

    /// What is stated: about three times the error of a sum of products.
    @Test
    void theErrorIsAFewTimesThatOfTheDefinition() {
        var planes = new Planes(4, 16, 16, 64, 64, 16, 16, 1, 1);
        float[] x = Numbers.random(4 * 16 * 16 * 64, 3);
        float[] kernel = Numbers.random(9 * 64 * 64, 4);
        var patches = new Patches(4, List.of(16, 16), 64, new Window(SIZE, ONES, ONES, ONES, ONES, ONES),
                List.of(16, 16), 64);
        Product product = Product.of(patches.rows(), 64, patches.columns(), false, false);
        try (Arena arena = Arena.ofShared(); WorkerPool pool = WorkerPool.withThreads(2)) {
            MemorySegment a = Numbers.copy(arena, x);
            MemorySegment b = Numbers.copy(arena, kernel);
            MemorySegment c = arena.allocate(4L * 4 * 16 * 16 * 64, 64);
            new FloatMatmul(pool, Contraction.of(product, patches)).multiply(a, 0, b, 0, c, 0);
            double direct = error(planes, x, kernel, c.toArray(ValueLayout.JAVA_FLOAT));
            new Winograd(pool, planes).multiply(a, 0, b, 0, c, 0);
            double fast = error(planes, x, kernel, c.toArray(ValueLayout.JAVA_FLOAT));
            assertThat(fast).isLessThan(5 * direct).isLessThan(2e-5);
        }
    }

    private static double error(Planes planes, float[] x, float[] kernel, float[] results) {
        double largest = 0;
        for (int i = 0; i < results.length; i += 97) {
            int place = i / planes.features();
            double expected = defined(planes, x, kernel, place / 256, place / 16 % 16, place % 16,
                    i % planes.features());
            largest = Math.max(largest, Math.abs(results[i] - expected));
        }
        return largest;
    }

    @Test
    void isChosenByShape() {
        var window = new Window(SIZE, ONES, ONES, ONES, ONES, ONES);
        assertThat(Planes.areFor(window)).isTrue();
        assertThat(Planes.areFor(new Window(SIZE, List.of(2, 2), ONES, ONES, ONES, ONES))).isFalse();
        assertThat(Planes.areFor(new Window(List.of(5, 5), ONES, ONES, ONES, ONES, ONES))).isFalse();
        assertThat(new Planes(32, 16, 16, 64, 64, 16, 16, 1, 1).areWorthIt()).isTrue();
        assertThat(Arrays.asList(
                new Planes(128, 28, 28, 1, 32, 26, 26, 0, 0).areWorthIt(), // one channel
                new Planes(1, 8, 8, 64, 64, 8, 8, 1, 1).areWorthIt(), // few tiles
                new Planes(512, 1, 1, 64, 64, 1, 1, 1, 1).areWorthIt())) // a tile for one result
                .containsOnly(false);
    }
}
