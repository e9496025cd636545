package dev.cajal.cpu.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Both forms of the transformations have the same bits, and write nothing but results.
class WinogradTransformTest {
    private static final long BEFORE = 64;

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "3, 5, 2, 5", "2, 16, 1, 4", "7, 33, 2, 13", "4, 64, 1, 7", "5, 48, 2, 10"})
    void bothFormsHaveTheSameBits(int tiles, int numbers, int lines, int places) {
        long line = 8L * (tiles + 1) * numbers;
        long point = 4L * tiles * numbers + 128;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seen = Numbers.copy(arena, Numbers.random((int) line, 1));
            float[][] points = new float[2][];
            float[][] results = new float[2][];
            WinogradTransform[] forms = {new ScalarWinogradTransform(), new VectorWinogradTransform()};
            for (int i = 0; i < forms.length; i++) {
                MemorySegment out = empty(arena, BEFORE + 16 * point);
                forms[i].input(seen, line, tiles, numbers, out, BEFORE, point);
                points[i] = out.toArray(ValueLayout.JAVA_FLOAT);
                MemorySegment summed = empty(arena, BEFORE + 2 * line);
                forms[i].output(out, BEFORE, point, numbers, lines, places, summed, BEFORE, line);
                results[i] = summed.toArray(ValueLayout.JAVA_FLOAT);
            }
            assertThat(points[1]).isEqualTo(points[0]);
            assertThat(results[1]).isEqualTo(results[0]);
            assertThat(written(points[0])).isEqualTo(16 * tiles * numbers);
            assertThat(written(results[0])).isEqualTo(lines * places * numbers);
        }
    }

    private static MemorySegment empty(Arena arena, long bytes) {
        MemorySegment segment = arena.allocate(bytes, 64);
        for (long i = 0; i < bytes / 4; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
        }
        return segment;
    }

    private static int written(float[] numbers) {
        int count = 0;
        for (float number : numbers) {
            count += Float.isNaN(number) ? 0 : 1;
        }
        return count;
    }
}
