package dev.cajal.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Network;
import dev.cajal.nn.Variables;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.transform.Transform;
import dev.cajal.type.CajalException;
import dev.cajal.type.Shape;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DropoutTest {
    private static final Variables NONE = new Variables(new LinkedHashMap<>(), new LinkedHashMap<>());
    private static final Tensor ONES = Tensor.ones(200, 100);

    private static Tensor train(Layer layer, Tensor x, long seed) {
        return layer.apply(NONE, x, Mode.training(RandomKey.of(seed))).output();
    }

    @Test
    void predictionIsLeftAlone() {
        assertThat(Dropout.of(0.5).apply(NONE, ONES, Mode.inference()).output()).isSameAs(ONES);
        assertThat(train(Dropout.of(0), ONES, 1)).isSameAs(ONES);
    }

    @Test
    void dropsTheShareAndScalesTheRest() {
        for (double rate : new double[] {0.1, 0.5, 0.8}) {
            float[] y = train(Dropout.of(rate), ONES, 1).toFloats();
            int dropped = 0;
            for (float number : y) {
                assertThat(number).isIn(0f, (float) (1 / (1 - rate)));
                dropped += number == 0 ? 1 : 0;
            }
            // Five standard deviations of a binomial distribution.
            double tolerance = 5 * Math.sqrt(rate * (1 - rate) / y.length);
            assertThat((double) dropped / y.length).isCloseTo(rate, within(tolerance));
        }
    }

    @Test
    void theSameKeyDropsTheSame() {
        Layer dropout = Dropout.of(0.5);
        assertThat(train(dropout, ONES, 1).sameBits(train(dropout, ONES, 1))).isTrue();
        assertThat(train(dropout, ONES, 1).sameBits(train(dropout, ONES, 2))).isFalse();
    }

    @Test
    void twoLayersDropDifferently() {
        var twice = Network.sequential(Dropout.of(0.5), Dropout.of(0.5));
        // A quarter is left if they are independent, half if they dropped the same.
        assertThat(train(twice, ONES, 1).ne(0).mean().item()).isCloseTo(0.25, within(0.02));
    }

    @Test
    void theGradientIsThatOfTheKept() {
        Tensor x = RandomKey.of(5).normal(ONES.shape());
        Tensor gradient = Transform.grad((Tensor z) -> train(Dropout.of(0.25), z, 1).sum()).apply(x);
        assertThat(gradient.sameBits(train(Dropout.of(0.25), ONES, 1))).isTrue();
    }

    @Test
    void droppedNumbersDoNotCountWhateverTheyAre() {
        Tensor y = train(Dropout.of(0.5), Tensor.fullLike(ONES, Double.POSITIVE_INFINITY), 1);
        assertThat(y.isNaN().any().item()).isEqualTo(0);
    }

    private static Stream<Arguments> wholes() {
        // Of 300 examples of 4 x 5 with 2 channels: how many share their fate, and the axes along which they do.
        return Stream.of(
                Arguments.of(new SpatialDropout(0.4), new int[] {1, 2}, 600),
                Arguments.of(new DropPath(0.4), new int[] {1, 2, 3}, 300));
    }

    /// Channels of an example or whole examples, but never a part.
    @ParameterizedTest
    @MethodSource("wholes")
    void whatBelongsTogetherIsDroppedTogether(Layer layer, int[] together, int wholes) {
        double rate = 0.4;
        Tensor x = RandomKey.of(5).uniform(Shape.of(300, 4, 5, 2)).plus(1);
        Tensor y = train(layer, x, 3);
        Tensor kept = y.ne(0);
        Tensor any = kept.any(together);
        assertThat(any.sameBits(kept.all(together))).isTrue();
        assertThat(any.shape().size()).isEqualTo(wholes);
        // What stays is scaled, so that the expectation is the number itself.
        assertThat(y.sameBits(kept.choose(x.times(1 / (1 - rate)), 0))).isTrue();
        double deviation = Math.sqrt(rate * (1 - rate) / wholes);
        assertThat(any.mean().item()).isCloseTo(1 - rate, within(4 * deviation));
        assertThat(y.mean().item() / x.mean().item()).isCloseTo(1, within(5 * deviation / (1 - rate)));
        // Examples and channels have fates of their own.
        for (int axis = 0; axis < any.shape().rank(); axis++) {
            assertThat(any.any(axis).sameBits(any.all(axis))).isFalse();
        }
        assertThat(y.sameBits(train(layer, x, 3))).isTrue();
        assertThat(y.sameBits(train(layer, x, 4))).isFalse();
        assertThat(layer.apply(NONE, x, Mode.inference()).output()).isSameAs(x);
        Tensor ones = Tensor.fullLike(x, 1);
        assertThat(Transform.grad((Tensor z) -> train(layer, z, 3).sum()).apply(ones)
                .sameBits(train(layer, ones, 3))).isTrue();
    }

    @Test
    void theRateIsAShare() {
        for (double rate : new double[] {-0.1, 1, 50, Double.NaN}) {
            assertThatThrownBy(() -> Dropout.of(rate))
                    .isInstanceOf(CajalException.class)
                    .hasMessage(
                            "The rate of Dropout, the share that is dropped, has to be at least 0 and below 1, but is "
                                    + rate + ".");
        }
    }
}
