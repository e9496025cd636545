package dev.cajal.cpu.machine;

/// Multiply-adds in the form that the JVM's compiler makes vectors of by itself, as the scalar kernels hope that it does: over a heap array, several
/// for each element that is loaded.
final class ScalarArithmetic {
    private static final int ELEMENTS = 512;
    private static final int OF_AN_ELEMENT = 8;
    /// See [VectorArithmetic].
    private static final float X = 0.75f;
    private static final float Y = 0.25f;

    private final float[] sums = new float[ELEMENTS];

    double run(int size) {
        for (int i = 0; i < size; i++) {
            line(sums);
        }
        return 2.0 * ELEMENTS * OF_AN_ELEMENT * size;
    }

    private static void line(float[] c) {
        for (int j = 0; j < c.length; j++) {
            float half = Math.fma(Math.fma(Math.fma(Math.fma(c[j], X, Y), X, Y), X, Y), X, Y);
            c[j] = Math.fma(Math.fma(Math.fma(Math.fma(half, X, Y), X, Y), X, Y), X, Y);
        }
    }
}
