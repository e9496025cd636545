package dev.cajal.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.checkpoint.RecordCodec;
import dev.cajal.nn.initializer.VarianceScaling.Distribution;
import dev.cajal.nn.initializer.VarianceScaling.Fan;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.DepthwiseConv2d;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializersTest {
    private static final RandomKey KEY = RandomKey.of(2024);
    private static final Shape LARGE = Shape.of(300, 500);

    static Stream<Initializer> all() {
        return Stream.of(
                Initializers.zeros(),
                Initializers.ones(),
                Initializers.constant(-3),
                Initializers.uniform(2, 5),
                Initializers.normal(0.5),
                new Normal(4, 2),
                Initializers.truncatedNormal(3),
                new TruncatedNormal(-1, 2),
                Initializers.glorotNormal(),
                Initializers.glorotUniform(),
                Initializers.heNormal(),
                Initializers.heUniform(),
                Initializers.leCunNormal(),
                Initializers.leCunUniform(),
                new VarianceScaling(3, Fan.OUT, Distribution.NORMAL),
                Initializers.orthogonal(2),
                Initializers.identity());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameKeyMakesTheSame(Initializer initializer) {
        Shape shape = Shape.of(20, 30);
        Tensor first = initializer.create(KEY, shape);
        assertThat(first.type().dtype()).isEqualTo(DType.F32);
        assertThat(first.shape()).isEqualTo(shape);
        assertThat(first.sameBits(initializer.create(RandomKey.of(2024), shape))).isTrue();
        boolean isRandom = first.variance().item() > 0 && !(initializer instanceof IdentityMatrix);
        assertThat(first.sameBits(initializer.create(RandomKey.of(2025), shape))).isEqualTo(!isRandom);
    }

    @ParameterizedTest
    @MethodSource("all")
    void emptyParametersCanBeMade(Initializer initializer) {
        for (Shape shape : List.of(Shape.of(0, 3), Shape.of(3, 0), Shape.of(0, 0))) {
            assertThat(initializer.create(KEY, shape).toFloats()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void configurationsAreRecords(Initializer initializer) {
        RecordCodec codec = new RecordCodec(Initializers.types());
        assertThat(codec.read(codec.write(initializer), Initializer.class)).isEqualTo(initializer);
    }

    @Test
    void everyTypeIsTested() {
        Set<Class<?>> seen = new HashSet<>(Set.of(Fan.class, Distribution.class));
        all().forEach(initializer -> seen.add(initializer.getClass()));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Initializers.types());
    }

    static Stream<Arguments> moments() {
        double glorot = 2.0 / 800;
        return Stream.of(
                Arguments.of(Initializers.zeros(), 0, 0, 0, 0),
                Arguments.of(Initializers.ones(), 1, 0, 1, 1),
                Arguments.of(Initializers.constant(-3), -3, 0, -3, -3),
                Arguments.of(Initializers.uniform(2, 5), 3.5, 9.0 / 12, 2, 5),
                Arguments.of(Initializers.normal(0.5), 0, 0.25, -4, 4),
                Arguments.of(new Normal(4, 2), 4, 4, -16, 24),
                // The variance of a standard normal distribution cut at two deviations is 0.7737.
                Arguments.of(Initializers.truncatedNormal(3), 0, 9 * 0.77374, -6, 6),
                Arguments.of(new TruncatedNormal(-1, 2), -1, 4 * 0.77374, -5, 3),
                Arguments.of(Initializers.glorotUniform(), 0, glorot, -Math.sqrt(3 * glorot), Math.sqrt(3 * glorot)),
                Arguments.of(Initializers.glorotNormal(), 0, glorot, -2.28 * Math.sqrt(glorot),
                        2.28 * Math.sqrt(glorot)),
                Arguments.of(Initializers.heNormal(), 0, 2.0 / 300, -2.28 * Math.sqrt(2.0 / 300),
                        2.28 * Math.sqrt(2.0 / 300)),
                Arguments.of(Initializers.heUniform(), 0, 2.0 / 300, -Math.sqrt(6.0 / 300), Math.sqrt(6.0 / 300)),
                Arguments.of(Initializers.leCunNormal(), 0, 1.0 / 300, -2.28 * Math.sqrt(1.0 / 300),
                        2.28 * Math.sqrt(1.0 / 300)),
                Arguments.of(Initializers.leCunUniform(), 0, 1.0 / 300, -0.1, 0.1),
                Arguments.of(new VarianceScaling(3, Fan.OUT, Distribution.NORMAL), 0, 3.0 / 500, -0.5, 0.5),
                // Row vectors of length 2 in 500 dimensions.
                Arguments.of(Initializers.orthogonal(2), 0, 4.0 / 500, -0.6, 0.6));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void meanAndVarianceAreAsDocumented(
            Initializer initializer, double mean, double variance, double low, double high) {
        double[] elements = initializer.create(KEY, LARGE).toDoubles();
        double sum = 0;
        double squares = 0;
        for (double element : elements) {
            sum += element;
            squares += (element - mean) * (element - mean);
        }
        assertThat(Arrays.stream(elements).min().orElseThrow()).isGreaterThanOrEqualTo(low - 1e-6);
        assertThat(Arrays.stream(elements).max().orElseThrow()).isLessThanOrEqualTo(high + 1e-6);
        // Five standard errors; that of the variance of a normal distribution is variance * sqrt(2 / n).
        double tolerance = 5 * Math.sqrt(variance / elements.length);
        assertThat(sum / elements.length).isCloseTo(mean, within(tolerance + 1e-12));
        assertThat(squares / elements.length)
                .isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / elements.length) + 1e-12));
    }

    @Test
    void uniformNumbersFillTheirRange() {
        double[] elements = Initializers.uniform(2, 5).create(KEY, LARGE).toDoubles();
        int[] bins = new int[30];
        for (double element : elements) {
            bins[(int) ((element - 2) * 10)]++;
        }
        double expected = elements.length / 30.0;
        for (int count : bins) {
            assertThat((double) count).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void normalNumbersHaveTheirTails() {
        double[] elements = Initializers.normal(1).create(KEY, LARGE).toDoubles();
        double[] shares = {0.6826895, 0.9544997, 0.9973002};
        for (int i = 0; i < shares.length; i++) {
            int inside = 0;
            for (double element : elements) {
                inside += Math.abs(element) < i + 1 ? 1 : 0;
            }
            double deviation = Math.sqrt(shares[i] * (1 - shares[i]) / elements.length);
            assertThat((double) inside / elements.length).isCloseTo(shares[i], within(5 * deviation));
        }
    }

    @Test
    void fansOfConvolutionsCountPositions() {
        Shape shape = Shape.of(5, 4, 50, 100);
        double in = 5 * 4 * 50;
        double out = 5 * 4 * 100;
        for (var expected : List.of(
                Arguments.of(Fan.IN, in), Arguments.of(Fan.OUT, out), Arguments.of(Fan.AVERAGE, (in + out) / 2))) {
            var initializer = new VarianceScaling(1, (Fan) expected.get()[0], Distribution.UNIFORM);
            double variance = 1 / (double) expected.get()[1];
            assertThat(initializer.create(KEY, shape).variance().item()).isCloseTo(variance, within(0.02 * variance));
        }
    }

    /// An input of a group reaches its filters only, of which there are as many fewer as there are groups.
    @Test
    void fansOfGroupsAreThoseOfOneGroup() {
        Shape shape = Shape.of(5, 4, 10, 500);
        double in = 5 * 4 * 10;
        double out = 5 * 4 * 500 / 25.0;
        for (var expected : List.of(
                Arguments.of(Fan.IN, in), Arguments.of(Fan.OUT, out), Arguments.of(Fan.AVERAGE, (in + out) / 2))) {
            var initializer = new VarianceScaling(1, (Fan) expected.get()[0], Distribution.UNIFORM);
            double variance = 1 / (double) expected.get()[1];
            assertThat(initializer.create(KEY, shape, 25).variance().item())
                    .isCloseTo(variance, within(0.02 * variance));
            assertThat(initializer.create(KEY, shape, 1).sameBits(initializer.create(KEY, shape))).isTrue();
        }
        Initializer normal = Initializers.normal(1);
        assertThat(normal.create(KEY, shape, 25).sameBits(normal.create(KEY, shape))).isTrue();
    }

    /// The uniform distribution of variance `2 / (in + out)`.
    @Test
    void convolutionsTellTheirGroups() {
        assertThat(limit(Conv2d.of(60, 3), 40)).isCloseTo(Math.sqrt(6.0 / (9 * 40 + 9 * 60)), within(1e-3));
        assertThat(limit(Conv2d.of(60, 3).withGroups(20), 40)).isCloseTo(Math.sqrt(6.0 / (9 * 2 + 9 * 3)),
                within(1e-2));
        assertThat(limit(DepthwiseConv2d.of(3).withMultiplier(2), 40)).isCloseTo(Math.sqrt(6.0 / (9 + 9 * 2)),
                within(1e-2));
    }

    private static double limit(Layer layer, int channels) {
        Tensor kernel = layer.init(KEY, Tensor.zeros(1, 3, 3, channels)).parameters().get("kernel");
        return kernel.abs().max().item();
    }

    @Test
    void vectorsHaveNoFan() {
        assertThatThrownBy(() -> Initializers.heNormal().create(KEY, Shape.of(8)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("needs a kernel's shape, [in, out] or [spatial..., in, out], but got [8]");
    }

    @Test
    void orthogonalVectorsAreOrthogonal() {
        for (Shape shape : List.of(
                Shape.of(6, 6), Shape.of(40, 7), Shape.of(7, 40), Shape.of(1, 5), Shape.of(5, 1),
                Shape.of(3, 3, 2, 8))) {
            Tensor made = Initializers.orthogonal(3).create(KEY, shape);
            assertThat(made.shape()).isEqualTo(shape);
            Tensor matrix = made.reshape(-1, shape.dim(-1)).asType(DType.F64);
            boolean isTall = matrix.dim(0) >= matrix.dim(1);
            Tensor products = isTall ? matrix.transpose().matmul(matrix) : matrix.matmul(matrix.transpose());
            Tensor expected = Tensor.eye(Math.min(matrix.dim(0), matrix.dim(1))).times(9);
            assertThat(products.minus(expected).abs().max().item()).isLessThan(2e-6);
        }
        assertThatThrownBy(() -> Initializers.orthogonal().create(KEY, Shape.of(3)))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void orthogonalMatricesPreferNoDirection() {
        // Without the choice of signs the first row's first number would always be negative.
        double sum = 0;
        int positive = 0;
        for (int seed = 0; seed < 100; seed++) {
            double corner = Initializers.orthogonal().create(RandomKey.of(seed), Shape.of(3, 3)).get(0, 0).item();
            sum += corner * corner;
            positive += corner > 0 ? 1 : 0;
        }
        assertThat(positive).isBetween(30, 70);
        // The mean square of one of three coordinates on the sphere.
        assertThat(sum / 100).isCloseTo(1.0 / 3, within(0.12));
    }

    @Test
    void theIdentityHandsOn() {
        assertThat(Initializers.identity().create(KEY, Shape.of(2, 3)).toFloats()).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(new IdentityMatrix(0.5).create(KEY, Shape.of(3, 2)).toFloats())
                .containsExactly(0.5f, 0, 0, 0.5f, 0, 0);
        assertThatThrownBy(() -> Initializers.identity().create(KEY, Shape.of(2, 2, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2 dimensions");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> Initializers.uniform(1, 0)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Initializers.uniform(0, Double.NaN)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Initializers.normal(-1)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Initializers.truncatedNormal(Double.NaN)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Initializers.orthogonal(0)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> new VarianceScaling(0, Fan.IN, Distribution.NORMAL))
                .isInstanceOf(CajalException.class)
                .hasMessage("The scale of a variance is above 0, but got 0.0.");
    }
}
