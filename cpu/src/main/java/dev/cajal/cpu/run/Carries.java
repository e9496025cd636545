package dev.cajal.cpu.run;

import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// A second place for the values that a loop carries: each trip reads one place and writes the other.
final class Carries {
    private static final int ALIGNMENT = 64;

    private final long[] bytes;
    private final TensorType type;
    private final Queue<HostBuffer> idle = new ConcurrentLinkedQueue<>();

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

    /// Lends the second places to a body.
    void lend(Consumer<MemorySegment[]> body) {
        HostBuffer leased = idle.poll();
        HostBuffer buffer = leased != null ? leased : HostBuffer.allocate(type);
        try {
            MemorySegment[] places = new MemorySegment[bytes.length];
            long at = 0;
            for (int i = 0; i < places.length; i++) {
                places[i] = buffer.segment().asSlice(at, bytes[i]);
                at += Math.ceilDiv(bytes[i], ALIGNMENT) * ALIGNMENT;
            }
            body.accept(places);
        } finally {
            idle.add(buffer);
            Reference.reachabilityFence(buffer);
        }
    }

    /// Copies all values.
    void copy(MemorySegment[] from, MemorySegment[] to) {
        for (int i = 0; i < bytes.length; i++) {
            MemorySegment.copy(from[i], 0, to[i], 0, bytes[i]);
        }
    }
}
