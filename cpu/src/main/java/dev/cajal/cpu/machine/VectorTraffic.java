package dev.cajal.cpu.machine;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [Traffic] by vectors.
final class VectorTraffic {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int BYTES = S.vectorByteSize();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private VectorTraffic() {}

    /// @param from in bytes; a whole number of vectors lies between it and `to`
    static void block(MemorySegment a, MemorySegment b, long from, long to) {
        FloatVector half = FloatVector.broadcast(S, 0.5f);
        for (long i = from; i < to; i += BYTES) {
            FloatVector.fromMemorySegment(S, a, i, NATIVE)
                    .fma(half, FloatVector.fromMemorySegment(S, b, i, NATIVE))
                    .intoMemorySegment(a, i, NATIVE);
        }
    }
}
