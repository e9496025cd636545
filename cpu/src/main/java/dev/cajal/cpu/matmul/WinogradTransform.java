package dev.cajal.cpu.matmul;

/// The transformations of [Winograd], of as many tiles at a time as there are elements in the arrays. All loops have one index for all arrays, so that the JVM makes vectors of them.
///
/// Points of a tile of 4 x 4 are numbered line by line.
final class WinogradTransform {
    /// Points along a tile.
    static final int SIDE = 4;
    static final int POINTS = SIDE * SIDE;
    /// Taps of a kernel along a side.
    static final int TAPS = 3;

    private WinogradTransform() {}

    /// `B^T d B`: of what is seen, `[lines 0 to 3][columns 0 to 3]`, in place.
    static void input(float[][] points, int count) {
        for (int i = 0; i < SIDE; i++) {
            seen(points[i], points[SIDE + i], points[2 * SIDE + i], points[3 * SIDE + i], count);
        }
        for (int i = 0; i < POINTS; i += SIDE) {
            seen(points[i], points[i + 1], points[i + 2], points[i + 3], count);
        }
    }

    private static void seen(float[] a, float[] b, float[] c, float[] d, int count) {
        for (int i = 0; i < count; i++) {
            float middle = b[i];
            float next = c[i];
            a[i] = a[i] - next;
            b[i] = middle + next;
            c[i] = next - middle;
            d[i] = middle - d[i];
        }
    }

    /// `A^T m A`: of 16 sums the 4 results, which go to points 0, 1, 4 and 5.
    static void output(float[][] points, int count) {
        for (int i = 0; i < SIDE; i++) {
            summed(points[i], points[SIDE + i], points[2 * SIDE + i], points[3 * SIDE + i], count);
        }
        for (int i = 0; i < 2 * SIDE; i += SIDE) {
            summed(points[i], points[i + 1], points[i + 2], points[i + 3], count);
        }
    }

    private static void summed(float[] a, float[] b, float[] c, float[] d, int count) {
        for (int i = 0; i < count; i++) {
            float middle = b[i];
            float next = c[i];
            a[i] = a[i] + middle + next;
            b[i] = middle - next - d[i];
        }
    }

    /// `G g G^T`: of 9 taps, numbered line by line, 16 points.
    ///
    /// @param between room for 12 rows
    static void kernel(float[][] taps, float[][] between, float[][] points, int count) {
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
