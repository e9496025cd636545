package dev.cajal.cpu.machine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// [Traffic] without vectors.
final class ScalarTraffic {
    private ScalarTraffic() {}

    /// @param from in bytes
    static void block(MemorySegment a, MemorySegment b, long from, long to) {
        for (long i = from; i < to; i += Float.BYTES) {
            a.set(ValueLayout.JAVA_FLOAT, i,
                    a.get(ValueLayout.JAVA_FLOAT, i) * 0.5f + b.get(ValueLayout.JAVA_FLOAT, i));
        }
    }
}
