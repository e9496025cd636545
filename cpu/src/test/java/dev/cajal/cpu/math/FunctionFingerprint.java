package dev.cajal.cpu.math;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.Species;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;

/// All functions of many numbers, by vectors where there are some.
public final class FunctionFingerprint {
    private static final int COUNT = 512;

    private FunctionFingerprint() {}

    public static long compute() {
        SplittableRandom random = new SplittableRandom(11);
        float[] x = new float[COUNT];
        float[] y = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = random.nextBoolean() ? (float) random.nextDouble(-30, 30) : Float.intBitsToFloat(random.nextInt());
            y[i] = random.nextBoolean() ? (float) random.nextDouble(-9, 9) : Float.intBitsToFloat(random.nextInt());
        }
        float[][] results = Lanes.available() ? Vectors.results(x, y) : scalars(x, y);
        long hash = 0;
        for (float[] result : results) {
            for (float value : result) {
                hash = 31 * hash + Float.floatToIntBits(value);
            }
        }
        return hash;
    }

    private static float[][] scalars(float[] x, float[] y) {
        float[][] results = new float[16][COUNT];
        for (int i = 0; i < COUNT; i++) {
            results[0][i] = FloatMath.exp(x[i]);
            results[1][i] = FloatMath.expm1(x[i]);
            results[2][i] = FloatMath.log(x[i]);
            results[3][i] = FloatMath.log1p(x[i]);
            results[4][i] = FloatMath.tanh(x[i]);
            results[5][i] = FloatMath.logistic(x[i]);
            results[6][i] = FloatMath.sin(x[i]);
            results[7][i] = FloatMath.cos(x[i]);
            results[8][i] = FloatMath.tan(x[i]);
            results[9][i] = FloatMath.cbrt(x[i]);
            results[10][i] = FloatMath.rsqrt(x[i]);
            results[11][i] = FloatMath.floor(x[i]);
            results[12][i] = FloatMath.round(x[i]);
            results[13][i] = FloatMath.pow(x[i], y[i]);
            results[14][i] = FloatMath.atan2(x[i], y[i]);
            results[15][i] = FloatMath.remainder(x[i], y[i]);
        }
        return results;
    }

    /// Loaded only where the Vector API is present.
    private static final class Vectors {
        static float[][] results(float[] x, float[] y) {
            float[][] results = new float[16][COUNT];
            for (int i = 0; i < COUNT; i += Species.FLOAT.length()) {
                FloatVector a = FloatVector.fromArray(Species.FLOAT, x, i);
                FloatVector b = FloatVector.fromArray(Species.FLOAT, y, i);
                VectorMath.exp(a).intoArray(results[0], i);
                VectorMath.expm1(a).intoArray(results[1], i);
                VectorMath.log(a).intoArray(results[2], i);
                VectorMath.log1p(a).intoArray(results[3], i);
                VectorMath.tanh(a).intoArray(results[4], i);
                VectorMath.logistic(a).intoArray(results[5], i);
                VectorMath.sin(a).intoArray(results[6], i);
                VectorMath.cos(a).intoArray(results[7], i);
                VectorMath.tan(a).intoArray(results[8], i);
                VectorMath.cbrt(a).intoArray(results[9], i);
                VectorMath.rsqrt(a).intoArray(results[10], i);
                VectorMath.floor(a).intoArray(results[11], i);
                VectorMath.round(a).intoArray(results[12], i);
                VectorMath.pow(a, b).intoArray(results[13], i);
                VectorMath.atan2(a, b).intoArray(results[14], i);
                VectorMath.remainder(a, b).intoArray(results[15], i);
            }
            return results;
        }
    }
}
