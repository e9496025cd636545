package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Window;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A product of patches has the bits of sums along taps and channels, whether patches are read where they are, packed, or written out, and however they are divided.
class PatchProductTest {
    /// Rows of a kernel and columns, rows of padding and columns, and how far it moves.
    private record Geometry(int images, int height, int width, int channels, int features, int sizeY, int sizeX,
            int top, int left, int stride) {
        int places(int length, int size, int padding) {
            return (length + 2 * padding - size) / stride + 1;
        }

        int down() {
            return places(height, sizeY, top);
        }

        int across() {
            return places(width, sizeX, left);
        }

        Patches patches() {
            Window window = new Window(List.of(sizeY, sizeX), List.of(stride, stride), List.of(top, left),
                    List.of(top, left), List.of(1, 1), List.of(1, 1));
            return new Patches(images, List.of(height, width), channels, window, List.of(down(), across()), channels);
        }

        float input(float[] x, int image, int y, int z, int channel) {
            return y < 0 || y >= height || z < 0 || z >= width
                    ? 0
                    : x[((image * height + y) * width + z) * channels + channel];
        }

        float result(float[] x, float[] kernel, int image, int row, int column, int feature) {
            float sum = 0;
            for (int i = 0; i < sizeY; i++) {
                for (int j = 0; j < sizeX; j++) {
                    for (int c = 0; c < channels; c++) {
                        float seen = input(x, image, row * stride + i - top, column * stride + j - left, c);
                        sum = Math.fma(seen, kernel[((i * sizeX + j) * channels + c) * features + feature], sum);
                    }
                }
            }
            return sum;
        }

        float[] results(float[] x, float[] kernel) {
            float[] all = new float[images * down() * across() * features];
            int at = 0;
            for (int image = 0; image < images; image++) {
                for (int row = 0; row < down(); row++) {
                    for (int column = 0; column < across(); column++) {
                        for (int feature = 0; feature < features; feature++) {
                            all[at++] = result(x, kernel, image, row, column, feature);
                        }
                    }
                }
            }
            return all;
        }
    }

    /// Of a gradient by the kernel: sums along all places.
    private static float[] gradients(Geometry g, float[] x, float[] slopes) {
        float[] all = new float[g.sizeY() * g.sizeX() * g.channels() * g.features()];
        for (int at = 0; at < all.length; at++) {
            int feature = at % g.features();
            int channel = at / g.features() % g.channels();
            int tap = at / g.features() / g.channels();
            float sum = 0;
            for (int place = 0; place < g.images() * g.down() * g.across(); place++) {
                int row = place / g.across() % g.down() * g.stride() + tap / g.sizeX() - g.top();
                int column = place % g.across() * g.stride() + tap % g.sizeX() - g.left();
                float seen = g.input(x, place / (g.down() * g.across()), row, column, channel);
                sum = Math.fma(seen, slopes[place * g.features() + feature], sum);
            }
            all[at] = sum;
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        // Read where they are: lines of a tile and of some, several images, edges of panels, more steps than a block has.
        "6, 28, 28, 8, 40, 3, 3, 1, 1, 1", "9, 14, 15, 5, 64, 3, 3, 1, 1, 1", "3, 20, 30, 40, 33, 3, 5, 0, 2, 1",
        "2, 13, 60, 120, 48, 3, 3, 1, 1, 1", "40, 12, 12, 3, 17, 2, 2, 0, 0, 1", "2, 40, 300, 30, 32, 3, 3, 1, 1, 1",
        "300, 1, 24, 16, 32, 1, 3, 0, 1, 1", "2, 30, 36, 16, 96, 5, 5, 4, 4, 1", "1, 70, 70, 16, 32, 7, 1, 3, 0, 1",
        // Packed: lines that are too short, and windows that move by two.
        "60, 7, 5, 16, 64, 3, 3, 1, 1, 1", "12, 28, 28, 12, 64, 3, 3, 1, 1, 2",
        // Too few operations to share anything.
        "1, 5, 6, 3, 4, 3, 3, 1, 1, 1"})
    void hasTheBitsOfItsSums(int images, int height, int width, int channels, int features, int sizeY, int sizeX,
            int top, int left, int stride) {
        var geometry = new Geometry(images, height, width, channels, features, sizeY, sizeX, top, left, stride);
        float[] x = Numbers.random(images * height * width * channels, 1);
        float[] kernel = Numbers.random(sizeY * sizeX * channels * features, 2);
        float[] expected = geometry.results(x, kernel);
        Patches patches = geometry.patches();
        check(Contraction.of(Product.of(patches.rows(), features, patches.columns(), false, false), patches), x, kernel,
                expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Read where they are: lines together, images of few lines, edges of panels, lines that are longer than a band.
        "3, 28, 28, 8, 40, 3, 3, 1, 1, 1", "5, 14, 14, 12, 33, 3, 3, 1, 1, 1", "9, 5, 30, 4, 16, 3, 3, 1, 1, 1",
        "2, 3, 700, 4, 32, 3, 3, 1, 1, 1", "40, 1, 24, 16, 32, 1, 3, 0, 1, 1", "2, 20, 22, 12, 48, 5, 5, 0, 0, 1",
        "2, 4, 150, 96, 32, 3, 3, 1, 1, 1",
        // Packed: lines that are too short, windows that move by two. Written out: channels that do not fill stripes.
        "9, 7, 5, 16, 64, 3, 3, 1, 1, 1", "3, 28, 28, 12, 64, 3, 3, 1, 1, 2", "3, 28, 28, 5, 8, 3, 3, 1, 1, 1"})
    void gradientsHaveTheBitsOfTheirSums(int images, int height, int width, int channels, int features, int sizeY,
            int sizeX, int top, int left, int stride) {
        var geometry = new Geometry(images, height, width, channels, features, sizeY, sizeX, top, left, stride);
        float[] x = Numbers.random(images * height * width * channels, 3);
        Patches patches = geometry.patches();
        float[] slopes = Numbers.random(patches.rows() * features, 4);
        Product product = Product.of(patches.columns(), features, patches.rows(), true, false);
        check(Contraction.of(product, patches), x, slopes, gradients(geometry, x, slopes));
    }

    private static void check(Contraction contraction, float[] x, float[] right, float[] expected) {
        int features = contraction.product().n();
        try (Arena arena = Arena.ofShared();
                WorkerPool one = WorkerPool.withThreads(1);
                WorkerPool three = WorkerPool.withThreads(3)) {
            MemorySegment a = Numbers.copy(arena, x);
            MemorySegment b = Numbers.copy(arena, right);
            MemorySegment c = arena.allocate(4L * expected.length, 64);
            for (WorkerPool pool : List.of(one, three)) {
                var matmul = new FloatMatmul(pool, contraction);
                for (MatmulKernel with : List.of(MatmulKernels.vector(), MatmulKernels.scalar())) {
                    c.fill((byte) -1);
                    matmul.multiply(with, a, 0, b, 0, c, 0);
                    assertThat(c.toArray(ValueLayout.JAVA_FLOAT)).isEqualTo(expected);
                    float[] handed = new float[expected.length];
                    matmul.multiply(with, a, b, (row, rows, column, columns, tile, rowBytes) -> {
                        for (int i = 0; i < rows; i++) {
                            MemorySegment.copy(tile, ValueLayout.JAVA_FLOAT, i * rowBytes, handed,
                                    Math.toIntExact((row + i) * features + column), columns);
                        }
                    });
                    assertThat(handed).isEqualTo(expected);
                }
            }
        }
    }
}
