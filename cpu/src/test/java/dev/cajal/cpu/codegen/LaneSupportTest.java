package dev.cajal.cpu.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.reduce.ReductionOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/// Virtual lanes are folded in the order of [ReductionOrder], each of them once.
class LaneSupportTest {
    private static final int LANES = ReductionOrder.LANES;
    private static final int FROM = 3;

    private static float byHalves(float[] lanes, DoubleBinaryOperator operator) {
        float[] left = Arrays.copyOfRange(lanes, FROM, FROM + LANES);
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                left[i] = (float) operator.applyAsDouble(left[i], left[i + half]);
            }
        }
        return left[0];
    }

    @Test
    void sumsAndProductsOfFloatsAreFoldedByHalves() {
        var random = new SplittableRandom(1);
        for (int run = 0; run < 1000; run++) {
            float[] lanes = new float[FROM + LANES];
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = (float) random.nextDouble(-2, 2);
            }
            assertThat(LaneSupport.foldSum(lanes.clone(), FROM)).isEqualTo(byHalves(lanes, (a, b) -> a + b));
            assertThat(LaneSupport.foldProduct(lanes.clone(), FROM)).isEqualTo(byHalves(lanes, (a, b) -> a * b));
        }
    }

    @Test
    void theGreatestAndTheLeastLaneMayBeAny() {
        for (int lane = 0; lane < LANES; lane++) {
            int[] lanes = new int[FROM + LANES];
            lanes[FROM + lane] = 7;
            assertThat(LaneSupport.foldMax(lanes, FROM)).isEqualTo(7);
            lanes[FROM + lane] = -7;
            assertThat(LaneSupport.foldMin(lanes, FROM)).isEqualTo(-7);
        }
    }
}
