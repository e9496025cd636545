package dev.cajal.tensor;

import dev.cajal.backend.Buffer;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The elements of a buffer, copied out and converted to Java's types as [dev.cajal.ir.Op.Convert] would, without a graph.
final class Elements {
    private final DType dtype;
    private final int count;
    private final MemorySegment segment;

    private Elements(DType dtype, int count, MemorySegment segment) {
        this.dtype = dtype;
        this.count = count;
        this.segment = segment;
    }

    static Elements of(Buffer buffer) {
        DType dtype = buffer.type().dtype();
        int count = Math.toIntExact(buffer.type().size());
        // Arrays of the widest element keep the copy aligned, whatever the type.
        long words = Math.ceilDiv((long) count * dtype.byteSize(), Long.BYTES);
        MemorySegment segment = MemorySegment.ofArray(new long[Math.toIntExact(words)]);
        buffer.read(segment.asSlice(0, (long) count * dtype.byteSize()));
        return new Elements(dtype, count, segment);
    }

    double doubleAt(long i) {
        return switch (dtype) {
            case F32 -> segment.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            case F64 -> segment.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
            case BF16 -> Float.intBitsToFloat(segment.getAtIndex(ValueLayout.JAVA_SHORT, i) << 16);
            case I32, I64, U8, BOOL -> longAt(i);
        };
    }

    long longAt(long i) {
        return switch (dtype) {
            case F32, F64, BF16 -> (long) doubleAt(i);
            case I32 -> segment.getAtIndex(ValueLayout.JAVA_INT, i);
            case I64 -> segment.getAtIndex(ValueLayout.JAVA_LONG, i);
            case U8, BOOL -> segment.get(ValueLayout.JAVA_BYTE, i) & 0xff;
        };
    }

    float[] floats() {
        if (dtype == DType.F32) {
            return segment.asSlice(0, (long) count * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
        }
        float[] elements = new float[count];
        for (int i = 0; i < count; i++) {
            elements[i] = dtype == DType.I64 ? (float) longAt(i) : (float) doubleAt(i);
        }
        return elements;
    }

    double[] doubles() {
        double[] elements = new double[count];
        for (int i = 0; i < count; i++) {
            elements[i] = doubleAt(i);
        }
        return elements;
    }

    int[] ints() {
        int[] elements = new int[count];
        for (int i = 0; i < count; i++) {
            elements[i] = dtype.isFloating() ? (int) doubleAt(i) : (int) longAt(i);
        }
        return elements;
    }

    long[] longs() {
        long[] elements = new long[count];
        for (int i = 0; i < count; i++) {
            elements[i] = longAt(i);
        }
        return elements;
    }

    boolean[] booleans() {
        boolean[] elements = new boolean[count];
        for (int i = 0; i < count; i++) {
            elements[i] = dtype.isFloating() ? doubleAt(i) != 0 : longAt(i) != 0;
        }
        return elements;
    }
}
