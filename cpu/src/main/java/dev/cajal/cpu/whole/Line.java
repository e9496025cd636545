package dev.cajal.cpu.whole;

import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What is done with `n` elements that lie in equal steps in two tensors. Positions and steps are in bytes.
@FunctionalInterface
interface Line {
    ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    /// A copy of fewer bytes than that is not worth calling the library for.
    int SHORT_COPY = 32;

    void run(MemorySegment from, long f, long fromStep, MemorySegment to, long t, long toStep, int n);

    /// Copies elements of a type.
    static Line copy(DType dtype) {
        int size = dtype.byteSize();
        Line steps = switch (size) {
            case 1 -> (from, f, fromStep, to, t, toStep, n) -> {
                for (int i = 0; i < n; i++) {
                    to.set(BYTE, t + i * toStep, from.get(BYTE, f + i * fromStep));
                }
            };
            case 2 -> (from, f, fromStep, to, t, toStep, n) -> {
                for (int i = 0; i < n; i++) {
                    to.set(SHORT, t + i * toStep, from.get(SHORT, f + i * fromStep));
                }
            };
            case 4 -> (from, f, fromStep, to, t, toStep, n) -> {
                for (int i = 0; i < n; i++) {
                    to.set(INT, t + i * toStep, from.get(INT, f + i * fromStep));
                }
            };
            default -> (from, f, fromStep, to, t, toStep, n) -> {
                for (int i = 0; i < n; i++) {
                    to.set(LONG, t + i * toStep, from.get(LONG, f + i * fromStep));
                }
            };
        };
        return (from, f, fromStep, to, t, toStep, n) -> {
            if (fromStep == size && toStep == size && n * size >= SHORT_COPY) {
                MemorySegment.copy(from, f, to, t, (long) n * size);
            } else {
                steps.run(from, f, fromStep, to, t, toStep, n);
            }
        };
    }
}
