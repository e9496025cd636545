package dev.cajal.backend;

import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;

/// Elements of a tensor where a backend keeps them. Its memory is freed when nobody refers to it any more; there is nothing to close.
public interface Buffer {
    /// Element type and shape.
    TensorType type();

    /// Copies the elements out, densely in row-major order, native byte order.
    ///
    /// @param target at least `type().byteSize()` bytes
    void read(MemorySegment target);
}
