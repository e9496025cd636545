package dev.cajal.cpu.matmul;

/// The transformation of a kernel for [Winograd], of as many weights at a time as there are elements in the arrays. All loops have one index for all arrays, so that the JVM makes vectors of them.
final class WinogradWeights {
    private static final int SIDE = WinogradTransform.SIDE;
    /// Taps of a kernel along a side.
    static final int TAPS = 3;

    private WinogradWeights() {}

    /// `G g G^T`: of 9 taps, numbered line by line, 16 points.
    ///
    /// @param between room for 12 rows
    static void transform(float[][] taps, float[][] between, float[][] points, int count) {
        for (int i = 0; i < TAPS; i++) {
            weighed(taps[i], taps[TAPS + i], taps[2 * TAPS + i], between[i], between[TAPS + i], between[2 * TAPS + i],
                    between[3 * TAPS + i], count);
        }
        for (int i = 0; i < SIDE; i++) {
            weighed(between[TAPS * i], between[TAPS * i + 1], between[TAPS * i + 2], points[SIDE * i],
                    points[SIDE * i + 1], points[SIDE * i + 2], points[SIDE * i + 3], count);
        }
    }

    private static void weighed(float[] a, float[] b, float[] c, float[] first, float[] sum, float[] difference,
            float[] last, int count) {
        for (int i = 0; i < count; i++) {
            float ends = a[i] + c[i];
            first[i] = a[i];
            sum[i] = 0.5f * (ends + b[i]);
            difference[i] = 0.5f * (ends - b[i]);
            last[i] = c[i];
        }
    }
}
