package dev.cajal.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.cpu.math.MathFunctions.Binary;
import dev.cajal.cpu.math.MathFunctions.Unary;
import java.util.List;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vector form gives the bits of the scalar form, at every width and for every kind of number.
class VectorMathTest {
    private static final List<VectorSpecies<Float>> SPECIES = List.of(FloatVector.SPECIES_512, FloatVector.SPECIES_256,
            FloatVector.SPECIES_128, FloatVector.SPECIES_64);
    private static final float[] SPECIAL = {0f, -0f, 1f, -1f, 0.5f, -0.5f, 1.5f, -1.5f, 2f, -2f, 2.5f, 3f, -3f, 10f,
        88.72283f,
        88.72284f, -87.33655f, -103.97208f, -103.97209f, 0.34657359f, -0.34657359f, 65536f, -65536f, 65537f, 8388607.5f,
        8388608f, 16777217f, -16777217f, 1e10f, -1e30f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL,
        Math.nextDown(Float.MIN_NORMAL), Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.NaN, Float.intBitsToFloat(0xffc00001), Float.intBitsToFloat(0x7f800001)};

    static List<Unary> unary() {
        return MathFunctions.unary();
    }

    static List<Binary> binary() {
        return MathFunctions.binary();
    }

    @ParameterizedTest
    @MethodSource
    void unary(Unary function) {
        SplittableRandom random = new SplittableRandom(17);
        float[] x = new float[8192];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : number(random);
        }
        for (VectorSpecies<Float> species : SPECIES) {
            for (int i = 0; i < x.length; i += species.length()) {
                check(function, species, x, i);
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("unary")
    void unaryOfOneInAThousandOfAllFloats(Unary function) {
        VectorSpecies<Float> species = FloatVector.SPECIES_PREFERRED;
        float[] x = new float[species.length()];
        for (long bits = 0; bits < 1L << 32;) {
            for (int i = 0; i < x.length; i++, bits += 1009) {
                x[i] = Float.intBitsToFloat((int) bits);
            }
            check(function, species, x, 0);
        }
    }

    private static void check(Unary function, VectorSpecies<Float> species, float[] x, int offset) {
        FloatVector y = function.vector().apply(FloatVector.fromArray(species, x, offset));
        for (int lane = 0; lane < species.length(); lane++) {
            float expected = function.scalar().apply(x[offset + lane]);
            if (Float.floatToIntBits(y.lane(lane)) != Float.floatToIntBits(expected)) {
                assertThat(y.lane(lane)).as("%s(%s) at %s", function, x[offset + lane], species).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void binary(Binary function) {
        SplittableRandom random = new SplittableRandom(18);
        float[] x = new float[8192];
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            boolean special = i < SPECIAL.length * SPECIAL.length;
            x[i] = special ? SPECIAL[i / SPECIAL.length] : number(random);
            y[i] = special ? SPECIAL[i % SPECIAL.length] : number(random);
        }
        for (VectorSpecies<Float> species : SPECIES) {
            for (int i = 0; i < x.length; i += species.length()) {
                FloatVector z = function.vector().apply(FloatVector.fromArray(species, x, i),
                        FloatVector.fromArray(species, y, i));
                for (int lane = 0; lane < species.length(); lane++) {
                    float expected = function.scalar().apply(x[i + lane], y[i + lane]);
                    assertThat(Float.floatToIntBits(z.lane(lane)))
                            .as("%s(%s, %s) = %s at %s", function, x[i + lane], y[i + lane], expected, species)
                            .isEqualTo(Float.floatToIntBits(expected));
                }
            }
        }
    }

    /// Any bit pattern, or a number of everyday size.
    private static float number(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> (float) random.nextDouble(-100, 100);
            case 1 -> (float) random.nextDouble(-2, 2);
            case 2 -> random.nextInt(-20, 20);
            default -> Float.intBitsToFloat(random.nextInt());
        };
    }
}
