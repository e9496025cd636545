package dev.cajal.cpu.loop;

import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Moves elements between memory and registers.
final class Access {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private Access() {}

    /// Reads `n` elements from `from` on, `stride` elements apart.
    static void load(MemorySegment memory, DType dtype, long from, long stride, Registers r, int t, int n) {
        load(memory, 0, dtype, from, stride, r, t, n);
    }

    /// As [#load(MemorySegment, DType, long, long, Registers, int, int)].
    ///
    /// @param base the byte of the first element
    static void load(MemorySegment memory, long base, DType dtype, long from, long stride, Registers r, int t, int n) {
        switch (dtype) {
            case F32 -> {
                float[] y = r.floats[t];
                if (stride == 1) {
                    MemorySegment.copy(memory, FLOAT, base + from * 4, y, 0, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        y[i] = memory.get(FLOAT, base + (from + i * stride) * 4);
                    }
                }
            }
            case F64 -> {
                double[] y = r.doubles[t];
                for (int i = 0; i < n; i++) {
                    y[i] = memory.get(DOUBLE, base + (from + i * stride) * 8);
                }
            }
            case I32 -> {
                int[] y = r.ints[t];
                if (stride == 1) {
                    MemorySegment.copy(memory, INT, base + from * 4, y, 0, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        y[i] = memory.get(INT, base + (from + i * stride) * 4);
                    }
                }
            }
            case I64 -> {
                long[] y = r.longs[t];
                for (int i = 0; i < n; i++) {
                    y[i] = memory.get(LONG, base + (from + i * stride) * 8);
                }
            }
            case BF16 -> {
                float[] y = r.floats[t];
                for (int i = 0; i < n; i++) {
                    y[i] = Float.intBitsToFloat(memory.get(SHORT, base + (from + i * stride) * 2) << 16);
                }
            }
            case U8, BOOL -> {
                int[] y = r.ints[t];
                byte[] bytes = r.bytes;
                if (stride == 1) {
                    MemorySegment.copy(memory, BYTE, base + from, bytes, 0, n);
                } else {
                    for (int i = 0; i < n; i++) {
                        bytes[i] = memory.get(BYTE, base + from + i * stride);
                    }
                }
                for (int i = 0; i < n; i++) {
                    y[i] = bytes[i] & 0xff;
                }
            }
        }
    }

    /// The same element `n` times.
    ///
    /// @param base the byte of the first element
    static void repeat(MemorySegment memory, long base, DType dtype, long at, Registers r, int t, int n) {
        load(memory, base, dtype, at, 1, r, t, 1);
        spread(dtype, r, t, n);
    }

    /// The first element of a register in all others.
    static void spread(DType dtype, Registers r, int t, int n) {
        switch (Registers.Kind.of(dtype)) {
            case FLOAT -> Arrays.fill(r.floats[t], 0, n, r.floats[t][0]);
            case DOUBLE -> Arrays.fill(r.doubles[t], 0, n, r.doubles[t][0]);
            case INT -> Arrays.fill(r.ints[t], 0, n, r.ints[t][0]);
            case LONG -> Arrays.fill(r.longs[t], 0, n, r.longs[t][0]);
        }
    }

    /// Writes `n` elements to `to` and the places after it.
    static void store(MemorySegment memory, DType dtype, long to, Registers r, int a, int n) {
        store(memory, 0, dtype, to, r, a, n);
    }

    /// As [#store(MemorySegment, DType, long, Registers, int, int)].
    ///
    /// @param base the byte of the first element
    static void store(MemorySegment memory, long base, DType dtype, long to, Registers r, int a, int n) {
        switch (dtype) {
            case F32 -> MemorySegment.copy(r.floats[a], 0, memory, FLOAT, base + to * 4, n);
            case F64 -> MemorySegment.copy(r.doubles[a], 0, memory, DOUBLE, base + to * 8, n);
            case I32 -> MemorySegment.copy(r.ints[a], 0, memory, INT, base + to * 4, n);
            case I64 -> MemorySegment.copy(r.longs[a], 0, memory, LONG, base + to * 8, n);
            case BF16 -> {
                for (int i = 0; i < n; i++) {
                    r.shorts[i] = (short) (Float.floatToRawIntBits(r.floats[a][i]) >>> 16);
                }
                MemorySegment.copy(r.shorts, 0, memory, SHORT, base + to * 2, n);
            }
            case U8, BOOL -> {
                for (int i = 0; i < n; i++) {
                    r.bytes[i] = (byte) r.ints[a][i];
                }
                MemorySegment.copy(r.bytes, 0, memory, BYTE, base + to, n);
            }
        }
    }
}
