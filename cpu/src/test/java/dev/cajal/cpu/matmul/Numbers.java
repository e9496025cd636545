package dev.cajal.cpu.matmul;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/// Numbers for tests of products.
final class Numbers {
    private Numbers() {}

    /// Some between -1 and 1.
    static float[] random(int count, long seed) {
        var random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    /// The same outside the heap.
    static MemorySegment copy(Arena arena, float[] numbers) {
        MemorySegment segment = arena.allocate(4L * numbers.length, 64);
        MemorySegment.copy(numbers, 0, segment, ValueLayout.JAVA_FLOAT, 0, numbers.length);
        return segment;
    }
}
