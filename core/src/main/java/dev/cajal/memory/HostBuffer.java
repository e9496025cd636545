package dev.cajal.memory;

import dev.cajal.backend.Buffer;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// Elements of a tensor in the computer's own memory, outside of Java's heap: dense, row-major, native byte order, 64-byte aligned.
///
/// The memory goes back to the [pool][MemoryPool#shared] when the buffer has become unreachable. **Holding the [segment][#segment] does not keep
/// the buffer reachable**: whoever works on the segment ends with
/// `Reference.reachabilityFence(buffer)`, in a `finally` where an exception is possible.
public final class HostBuffer implements Buffer {
    private final TensorType type;
    private final MemorySegment segment;
    private final MemoryPool.Lease lease;

    private HostBuffer(TensorType type, MemoryPool.Lease lease) {
        this.type = type;
        this.segment = lease.segment();
        this.lease = lease;
    }

    /// A buffer whose elements may be anything: memory is not zeroed.
    ///
    /// @throws dev.cajal.type.CajalException if the memory budget does not suffice (code `memory.exhausted`)
    public static HostBuffer allocate(TensorType type) {
        MemoryPool.Lease lease = MemoryPool.shared().lease(type.byteSize());
        HostBuffer buffer = new HostBuffer(type, lease);
        lease.closeWith(buffer);
        return buffer;
    }

    /// A buffer of zeros.
    public static HostBuffer allocateZeroed(TensorType type) {
        HostBuffer buffer = allocate(type);
        buffer.segment.fill((byte) 0);
        return buffer;
    }

    /// A buffer with a copy of elements: dense, row-major, native byte order.
    ///
    /// @param elements at least `type.byteSize()` bytes
    public static HostBuffer copyOf(TensorType type, MemorySegment elements) {
        HostBuffer buffer = allocate(type);
        MemorySegment.copy(elements, 0, buffer.segment, 0, type.byteSize());
        return buffer;
    }

    /// The buffer itself if it is one of this kind, else a copy.
    public static HostBuffer of(Buffer buffer) {
        if (buffer instanceof HostBuffer host) {
            return host;
        }
        HostBuffer copy = allocate(buffer.type());
        buffer.read(copy.segment);
        return copy;
    }

    /// Gives the memory back at once, instead of when the garbage collector has seen that nobody can reach the buffer: for whoever owns it alone, such as an
    /// executable to which it was donated. Nobody may touch the elements afterwards; somebody else's lie there soon.
    public void release() {
        lease.close();
    }

    @Override
    public TensorType type() {
        return type;
    }

    /// The elements, `type().byteSize()` bytes. See the note on reachability above.
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void read(MemorySegment target) {
        try {
            MemorySegment.copy(segment, 0, target, 0, segment.byteSize());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /// The type; never the elements.
    @Override
    public String toString() {
        return "HostBuffer " + type;
    }
}
