package dev.cajal.cpu.run;

import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A second place for the values that a loop carries: each trip reads one place and writes the other.
final class Carries {
    private static final int ALIGNMENT = 64;

    private final long[] bytes;
    private final TensorType type;

    /// Second places.
    ///
    /// @param buffer what they lie in, which has to stay reachable
    record Second(HostBuffer buffer, MemorySegment[] places) {}

    Carries(List<TensorType> types) {
        this.bytes = types.stream().mapToLong(TensorType::byteSize).toArray();
        long lines = 0;
        for (long length : bytes) {
            lines += Math.ceilDiv(length, ALIGNMENT);
        }
        this.type = TensorType.of(DType.U8, Math.toIntExact(lines), ALIGNMENT);
    }

    int count() {
        return bytes.length;
    }

    long temporaryBytes() {
        return type.byteSize();
    }

    /// Second places for one frame.
    Second allocate() {
        HostBuffer buffer = HostBuffer.allocate(type);
        MemorySegment[] places = new MemorySegment[bytes.length];
        long at = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = buffer.segment().asSlice(at, bytes[i]);
            at += Math.ceilDiv(bytes[i], ALIGNMENT) * ALIGNMENT;
        }
        return new Second(buffer, places);
    }

    /// Copies all values.
    void copy(MemorySegment[] from, MemorySegment[] to) {
        for (int i = 0; i < bytes.length; i++) {
            MemorySegment.copy(from[i], 0, to[i], 0, bytes[i]);
        }
    }
}
