package dev.cajal.nn.layer;

import static dev.cajal.nn.EachBackend.onAllBackends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Fixture;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.tensor.Axes;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What random layers do to pictures: the changes are torchvision's, and what is drawn is as it was said.
class AugmentationTest {
    private static final Fixture FIXTURE = Fixture.of(AugmentationTest.class, "augmentation.json");
    private static final Shape ONE = Shape.of(1, 7, 6, 3);
    private static final int MANY = 400;

    private static Tensor picture(String name, Shape shape) {
        return Tensor.of(FIXTURE.doubles(name), shape).div(255);
    }

    private static Tensor picture() {
        return picture("bytes", ONE);
    }

    private static Tensor number(double number) {
        return Tensor.of(new double[] {number}, Shape.of(1));
    }

    private static Tensor factor(double number) {
        return number(number).reshape(1, 1, 1, 1);
    }

    private static void assertEqual(Tensor actual, String name, double tolerance) {
        double[] expected = FIXTURE.doubles(name);
        double[] numbers = actual.toDoubles();
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).as("%s, element %s", name, i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static AffineMap turned(double degrees) {
        return AffineMap.rotation(number(Math.toRadians(degrees)));
    }

    @Test
    void affineMapsAreTorchvisions() {
        onAllBackends(() -> {
            Tensor none = number(0);
            assertEqual(turned(25).apply(picture()), "rotated", 1e-5);
            assertEqual(turned(0).enlarged(number(1.4)).apply(picture()), "enlarged", 1e-5);
            assertEqual(turned(0).moved(number(-2), number(1)).apply(picture()), "moved", 1e-5);
            assertEqual(turned(0).sheared(number(-0.3), none).apply(picture()), "sheared_rows", 1e-5);
            assertEqual(turned(0).sheared(none, number(-0.2)).apply(picture()), "sheared_columns", 1e-5);
            assertEqual(turned(-70).enlarged(number(0.8)).moved(number(1), number(1)).apply(picture()), "all", 1e-5);
        });
    }

    @Test
    void partsAreEnlargedAsTorchvisionDoes() {
        // torchvision cuts first, so that the border of the part is repeated.
        Tensor rows = Tensor.range(7, DType.F64).plus(0.5).times(5 / 7.0).plus(0.5).clip(1, 5);
        Tensor columns = Tensor.range(6, DType.F64).plus(0.5).times(3 / 6.0).plus(1.5).clip(2, 4);
        Shape places = Shape.of(1, 7, 6);
        Tensor sampled = ImageSampling.at(picture(), rows.reshape(1, 7, 1).broadcastTo(places),
                columns.reshape(1, 1, 6).broadcastTo(places));
        assertEqual(sampled, "resized_crop", 1e-5);
    }

    @Test
    void coloursAreTorchvisions() {
        onAllBackends(() -> {
            assertEqual(ImageColours.brightness(picture(), factor(1.6)), "brightness", 1e-5);
            assertEqual(ImageColours.contrast(picture(), factor(1.7)), "contrast", 2e-4);
            assertEqual(ImageColours.saturation(picture(), factor(0.3)), "saturation", 2e-4);
            assertEqual(ImageColours.sharpness(picture(), factor(1.9)), "sharpness", 1e-5);
            assertEqual(ImageColours.posterize(picture(), factor(8)), "posterize", 1e-6);
            assertEqual(ImageColours.solarize(picture(), factor(0.6)), "solarize", 1e-6);
            assertEqual(ImageColours.autoContrast(picture().times(0.5).plus(0.2)), "auto_contrast", 1e-5);
            assertEqual(Equalization.of(picture()), "equalize", 1e-6);
            assertEqual(Equalization.of(picture("few", ONE)), "equalize_few", 1e-6);
            assertEqual(Equalization.of(picture("large", Shape.of(1, 30, 30, 3))), "equalize_large", 1e-6);
        });
    }

    private static Tensor trained(Layer layer, Tensor x, int seed) {
        return layer.apply(layer.init(RandomKey.of(1), x), x, Mode.training(RandomKey.of(seed))).output().evaluate();
    }

    /// Pictures whose pixels are all different, above 0.
    private static Tensor numbered(int height, int width) {
        Tensor one = Tensor.range(height * width, DType.F32).plus(1).reshape(1, height, width, 1);
        return one.broadcastTo(Shape.of(MANY, height, width, 1)).evaluate();
    }

    private static float[] row(Tensor x, int row) {
        return x.get(row).toFloats();
    }

    @Test
    void cropsAreAtAllPlacesEquallyOften() {
        Tensor x = numbered(4, 5);
        Tensor cut = trained(RandomCrop.of(3, 3), x, 7);
        int[] places = new int[20];
        for (int i = 0; i < MANY; i++) {
            float[] pixels = row(cut, i);
            assertThat(pixels[8] - pixels[0]).isEqualTo(12);
            places[(int) pixels[0] - 1]++;
        }
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 5; column++) {
                boolean possible = row < 2 && column < 3;
                assertThat(places[5 * row + column]).isBetween(possible ? 40 : 0, possible ? 100 : 0);
            }
        }
        Tensor middle = RandomCrop.of(2, 3).apply(RandomCrop.of(2, 3).init(RandomKey.of(1), x), x, Mode.inference())
                .output();
        assertThat(row(middle, 0)).containsExactly(7, 8, 9, 12, 13, 14);
        Tensor framed = trained(RandomCrop.of(4, 5).withPadding(4), x, 7);
        Set<Float> first = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            first.add(row(framed, i)[0]);
        }
        assertThat(first).contains(0f, 1f, 20f);
        assertThatThrownBy(() -> trained(RandomCrop.of(6, 5), x, 1)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("6 x 5 pixels", "padding of 0");
    }

    @Test
    void halfOfThePicturesAreTurnedRound() {
        Tensor x = numbered(2, 3);
        Tensor flipped = trained(RandomFlip.of(), x, 7);
        int turned = 0;
        for (int i = 0; i < MANY; i++) {
            float[] pixels = row(flipped, i);
            boolean isTurned = pixels[0] == 3;
            assertThat(pixels).containsExactly(
                    isTurned ? new float[] {3, 2, 1, 6, 5, 4} : new float[] {1, 2, 3, 4, 5, 6});
            turned += isTurned ? 1 : 0;
        }
        assertThat(turned).isBetween(MANY * 2 / 5, MANY * 3 / 5);
    }

    @Test
    void picturesAreMovedToAllPlacesEquallyOften() {
        Tensor moved = trained(RandomTranslation.of(1), numbered(4, 5), 7);
        int[][] places = new int[3][3];
        for (int i = 0; i < MANY; i++) {
            float[] pixels = row(moved, i);
            // Pixel 8, in row 1 and column 2, is never pushed out.
            int at = IntStream.range(0, 20).filter(place -> pixels[place] == 8).findFirst().orElseThrow();
            int down = at / 5 - 1;
            int right = at % 5 - 2;
            for (int place = 0; place < 20; place++) {
                int row = place / 5 - down;
                int column = place % 5 - right;
                boolean isInside = row >= 0 && row < 4 && column >= 0 && column < 5;
                assertThat(pixels[place]).isEqualTo(isInside ? 5 * row + column + 1 : 0);
            }
            places[1 + down][1 + right]++;
        }
        for (int count : Stream.of(places).flatMapToInt(IntStream::of).toArray()) {
            // Six deviations of a binomial distribution.
            assertThat((double) count).isCloseTo(MANY / 9.0, within(6 * Math.sqrt(MANY * 8 / 81.0)));
        }
    }

    @Test
    void erasedRectanglesHaveTheShareThatWasAskedFor() {
        Tensor x = numbered(30, 40);
        Tensor erased = trained(RandomErasing.of(0.5).withShare(0.1, 0.2), x, 3);
        int changed = 0;
        for (int i = 0; i < MANY; i++) {
            float[] pixels = row(erased, i);
            int top = 30;
            int bottom = -1;
            int left = 40;
            int right = -1;
            int zeros = 0;
            for (int at = 0; at < pixels.length; at++) {
                if (pixels[at] == 0) {
                    zeros++;
                    top = Math.min(top, at / 40);
                    bottom = Math.max(bottom, at / 40);
                    left = Math.min(left, at % 40);
                    right = Math.max(right, at % 40);
                } else {
                    assertThat(pixels[at]).isEqualTo(at + 1);
                }
            }
            if (zeros > 0) {
                changed++;
                assertThat(zeros).isEqualTo((bottom - top + 1) * (right - left + 1)).isBetween(100, 265);
            }
        }
        assertThat(changed).isBetween(160, 240);
    }

    @Test
    void partsAreInsideAndNotSmallerThanAskedFor() {
        Tensor x = numbered(10, 10);
        Tensor parts = trained(RandomResizedCrop.of(0.25), x, 3);
        for (int i = 0; i < MANY; i++) {
            float[] pixels = row(parts, i);
            // Neighbours in a row are as far apart as the part is wide; 1 is the whole picture.
            float wide = pixels[45] - pixels[44];
            float tall = (pixels[54] - pixels[44]) / 10;
            assertThat(wide * tall).isBetween(0.24f, 1.001f);
            assertThat(pixels[0]).isGreaterThanOrEqualTo(1);
            assertThat(pixels[99]).isLessThanOrEqualTo(100);
        }
        Tensor whole = trained(RandomResizedCrop.of(1).withStretch(1), x, 3);
        assertThat(row(whole, 5)).containsExactly(row(x, 5), within(1e-4f));
    }

    @Test
    void eachPictureIsTurnedByItself() {
        Tensor x = numbered(9, 9);
        Tensor turned = trained(RandomAffine.rotation(90), x, 5);
        Set<Float> corners = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            float[] pixels = row(turned, i);
            assertThat(pixels[40]).isCloseTo(41, within(1e-3f));
            corners.add(pixels[4]);
        }
        assertThat(corners).hasSizeGreaterThan(MANY / 2);
        Tensor still = trained(RandomAffine.zoom(1, 1), x, 5);
        assertThat(row(still, 1)).containsExactly(row(x, 1), within(1e-4f));
    }

    @ParameterizedTest
    @CsvSource({"1,0,0, 0.33333333, 0,1,0", "1,0,0, 0.16666667, 1,1,0", "1,0,0, -0.16666667, 1,0,1",
        "0,0,1, 0.5, 1,1,0",
        "0.2,0.4,0.6, 0.25, 0.6,0.2,0.6", "0.9,0.3,0.5, -0.2, 0.58,0.3,0.9", "0.15,0.7,0.35, 0.45, 0.7,0.15,0.665",
        "0.3,0.3,0.8, 0.5, 0.8,0.8,0.3", "0.8,0.8,0.1, 0.16666667, 0.1,0.8,0.1", "0.4,0.4,0.4, 0.3, 0.4,0.4,0.4",
        "0,0,0, 0.1, 0,0,0", "0.9,0.3,0.5, 0, 0.9,0.3,0.5"})
    void huesAreTurned(float red, float green, float blue, float turn, float newRed, float newGreen, float newBlue) {
        Tensor x = Tensor.of(new float[] {red, green, blue}, Shape.of(1, 1, 1, 3));
        assertThat(ImageColours.hue(x, Tensor.full(DType.F32, Shape.of(1, 1, 1, 1), turn)).toFloats())
                .containsExactly(new float[] {newRed, newGreen, newBlue}, within(1e-5f));
    }

    @Test
    void hueChangesNeitherValueNorSaturation() {
        Tensor x = RandomKey.of(2).uniform(Shape.of(MANY, 5, 5, 3)).evaluate();
        Tensor turned = trained(new ColorJitter(0, 0, 0).withHue(0.5), x, 4);
        assertThat(unchanged(turned, x)).isLessThan(MANY / 10.0);
        assertThat(turned.max(Axes.of(-1)).minus(x.max(Axes.of(-1))).abs().max().item()).isLessThan(1e-5);
        assertThat(turned.min(Axes.of(-1)).minus(x.min(Axes.of(-1))).abs().max().item()).isLessThan(1e-5);
        // By a 20th of the circle, that is 0.3 of a sixth, in which a channel goes from the smallest to the largest.
        Tensor little = trained(new ColorJitter(0, 0, 0).withHue(0.05), x, 4);
        assertThat(little.minus(x).abs().max().item()).isBetween(0.1, 0.3 + 1e-5);
        Tensor grey = x.slice(-1, 0, 1);
        assertThat(trained(new ColorJitter(0, 0, 0).withHue(0.5), grey, 4).minus(grey).abs().max().item())
                .isLessThan(1e-6);
    }

    @Test
    void coloursStayColours() {
        Tensor x = RandomKey.of(2).uniform(Shape.of(MANY, 5, 5, 3)).evaluate();
        for (Layer layer : List.of(ColorJitter.of(0.8), ColorJitter.of(0.8).withHue(0.3), RandAugment.of(3, 30),
                RandAugment.of())) {
            Tensor changed = trained(layer, x, 4);
            assertThat(changed.min().item()).isGreaterThanOrEqualTo(0);
            assertThat(changed.max().item()).isLessThanOrEqualTo(1 + 1e-6);
            assertThat(unchanged(changed, x)).isLessThan(MANY / 10.0);
        }
        // No strength: what is left are the operations that have none, and an interpolation that changes nothing.
        Tensor weak = trained(RandAugment.of(1, 0), x, 4);
        assertThat(unchanged(weak, x)).isBetween(MANY * 9 / 14.0, MANY * 13 / 14.0);
    }

    /// How many pictures are as they were.
    private static double unchanged(Tensor changed, Tensor x) {
        return changed.minus(x).abs().max(1, 2, 3).lt(1e-6).asType(DType.F32).sum().item();
    }

    @Test
    void predictionLeavesPicturesAsTheyAre() {
        Tensor x = numbered(6, 6);
        for (Layer layer : List.of(RandomResizedCrop.of(0.2), RandomAffine.rotation(20), RandomErasing.of(1),
                ColorJitter.of(1).withHue(0.2), RandAugment.of(), RandomCrop.of(6, 6).withPadding(2))) {
            assertThat(layer.apply(layer.init(RandomKey.of(1), x), x, Mode.inference()).output().sameBits(x)).isTrue();
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        for (Runnable wrong : List.<Runnable>of(
                () -> RandomErasing.of(1.5), () -> RandomErasing.of(1).withShare(0.5, 0.2), () -> ColorJitter.of(-0.1),
                () -> ColorJitter.of(0.1).withHue(0.6),
                () -> RandomResizedCrop.of(0), () -> RandomAffine.rotation(200), () -> RandomAffine.zoom(0, 1),
                () -> RandAugment.of(0, 9), () -> RandAugment.of(2, 31), () -> RandomCrop.of(0, 3))) {
            assertThatThrownBy(wrong::run).isInstanceOf(CajalException.class).hasMessageContaining(" has to be ");
        }
    }
}
