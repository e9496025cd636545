package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.DoublePrecision;
import dev.cajal.cpu.Lanes;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Convolutions that are large enough for the ways that small ones do not take, with a bias and a ramp behind them, and their gradients by images, kernel and bias.
///
/// The largest error was 8e-7 of the largest number. Winograd's way may have five times the error of the definition (decision 19), which is far below what is allowed here.
class CompiledConvolutionTest {
    enum Way {
        WINOGRAD, LINES, PACKED
    }

    private static Way way(Shape images, int features, Window window, List<Integer> places) {
        var planes = new Planes(images.dim(0), images.dim(1), images.dim(2), images.dim(3), features, places.get(0),
                places.get(1), window.paddingLow().get(0), window.paddingLow().get(1));
        if (Planes.areFor(window) && planes.areWorthIt()) {
            return Way.WINOGRAD;
        }
        var patches = new Patches(images.dim(0), List.of(images.dim(1), images.dim(2)), images.dim(3), window, places,
                images.dim(3));
        var product = Product.of(patches.rows(), features, patches.columns(), false, false);
        return LineProduct.isFor(product, patches) ? Way.LINES : Way.PACKED;
    }

    @ParameterizedTest
    @CsvSource({
        "WINOGRAD, 4, 16, 16, 64, 64, 3, 1", "WINOGRAD, 3, 15, 13, 32, 70, 3, 1", "WINOGRAD, 20, 8, 8, 80, 33, 3, 1",
        "LINES, 2, 28, 28, 32, 32, 3, 1", "LINES, 3, 20, 22, 12, 40, 5, 1", "LINES, 2, 24, 30, 7, 64, 2, 1",
        "PACKED, 4, 28, 28, 16, 32, 3, 2", "PACKED, 3, 23, 29, 24, 48, 5, 3", "PACKED, 8, 6, 5, 24, 64, 3, 1"})
    void valuesAndGradientsAreThoseOfDoublePrecision(Way way, int count, int height, int width, int channels,
            int features, int size, int stride) {
        Shape images = Shape.of(count, height, width, channels);
        List<Integer> padding = List.of(size / 2, size / 2);
        Window window = Window.of(List.of(size, size)).withStrides(List.of(stride, stride)).withPadding(padding,
                padding);
        List<Integer> places = List.of(
                (height + 2 * (size / 2) - size) / stride + 1, (width + 2 * (size / 2) - size) / stride + 1);
        if (Lanes.available()) {
            assertThat(way(images, features, window, places)).isEqualTo(way);
        }
        DoublePrecision.check(3e-6,
                List.of(images, Shape.of(size, size, channels, features), Shape.of(features)),
                in -> in.get(0).convolve(in.get(1), window, 1).plus(in.get(2)).maximum(0));
    }
}
