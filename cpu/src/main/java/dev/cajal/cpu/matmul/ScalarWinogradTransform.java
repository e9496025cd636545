package dev.cajal.cpu.matmul;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The definition of the transformations, element by element.
final class ScalarWinogradTransform implements WinogradTransform {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    @Override
    public void input(MemorySegment lines, long line, int tiles, int channels, MemorySegment out, long out0,
            long point) {
        input(lines, line, tiles, channels, 0, out, out0, point);
    }

    /// The channels from one on.
    static void input(MemorySegment lines, long line, int tiles, int channels, int first, MemorySegment out, long out0,
            long point) {
        float[] seen = new float[POINTS];
        for (int tile = 0; tile < tiles; tile++) {
            for (int channel = first; channel < channels; channel++) {
                for (int i = 0; i < POINTS; i++) {
                    long place = 2L * tile + i % SIDE;
                    seen[i] = lines.get(FLOAT, i / SIDE * line + 4 * (place * channels + channel));
                }
                for (int i = 0; i < SIDE; i++) {
                    seen(seen, i, SIDE);
                }
                for (int i = 0; i < POINTS; i += SIDE) {
                    seen(seen, i, 1);
                }
                for (int i = 0; i < POINTS; i++) {
                    out.set(FLOAT, out0 + i * point + 4 * ((long) tile * channels + channel), seen[i]);
                }
            }
        }
    }

    /// `B^T` times four numbers, in place.
    private static void seen(float[] points, int first, int step) {
        float middle = points[first + step];
        float next = points[first + 2 * step];
        points[first] -= next;
        points[first + step] = middle + next;
        points[first + 2 * step] = next - middle;
        points[first + 3 * step] = middle - points[first + 3 * step];
    }

    @Override
    public void output(MemorySegment sums, long sums0, long point, int features, int count, int places,
            MemorySegment out, long out0, long line) {
        output(sums, sums0, point, features, 0, count, places, out, out0, line);
    }

    /// The features from one on.
    static void output(MemorySegment sums, long sums0, long point, int features, int first, int count, int places,
            MemorySegment out, long out0, long line) {
        float[] summed = new float[POINTS];
        for (int tile = 0; 2 * tile < places; tile++) {
            for (int feature = first; feature < features; feature++) {
                for (int i = 0; i < POINTS; i++) {
                    summed[i] = sums.get(FLOAT, sums0 + i * point + 4 * ((long) tile * features + feature));
                }
                for (int i = 0; i < SIDE; i++) {
                    summed(summed, i, SIDE);
                }
                for (int i = 0; i < count; i++) {
                    summed(summed, i * SIDE, 1);
                    for (int place = 2 * tile; place < Math.min(places, 2 * tile + 2); place++) {
                        out.set(FLOAT, out0 + i * line + 4 * ((long) place * features + feature),
                                summed[i * SIDE + place % 2]);
                    }
                }
            }
        }
    }

    /// `A^T` times four numbers; the two results take the first places.
    private static void summed(float[] points, int first, int step) {
        float middle = points[first + step];
        float next = points[first + 2 * step];
        points[first] = points[first] + middle + next;
        points[first + step] = middle - next - points[first + 3 * step];
    }
}
