package dev.cajal.cpu.whole;

import dev.cajal.ir.Op.Scatter.Combiner;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Lines that combine elements with those that are there.
final class Combine {
    private Combine() {}

    /// A line for a combiner; empty if there is none for the type.
    ///
    /// Narrow types are left out: their sums have to be wider than their elements.
    static Optional<Line> of(Combiner combiner, DType dtype) {
        if (combiner == Combiner.REPLACE) {
            return Optional.of(Line.copy(dtype));
        }
        return switch (dtype) {
            case F32 -> Optional.of(combiner == Combiner.ADD ? Combine::addFloats : floats(combiner));
            case F64 -> Optional.of(doubles(combiner));
            case I32 -> Optional.of(ints(combiner));
            case I64 -> Optional.of(longs(combiner));
            case BF16, U8, BOOL -> Optional.empty();
        };
    }

    /// The gradient of an embedding: worth a loop that the compiler makes vectors of.
    private static void addFloats(
            MemorySegment from, long f, long fromStep, MemorySegment to, long t, long toStep, int n) {
        if (fromStep == Float.BYTES && toStep == Float.BYTES) {
            for (int i = 0; i < n; i++) {
                long at = t + 4L * i;
                to.set(Line.FLOAT, at, to.get(Line.FLOAT, at) + from.get(Line.FLOAT, f + 4L * i));
            }
        } else {
            for (int i = 0; i < n; i++) {
                long at = t + i * toStep;
                to.set(Line.FLOAT, at, to.get(Line.FLOAT, at) + from.get(Line.FLOAT, f + i * fromStep));
            }
        }
    }

    private static Line floats(Combiner combiner) {
        return (from, f, fromStep, to, t, toStep, n) -> {
            for (int i = 0; i < n; i++) {
                float there = to.get(Line.FLOAT, t + i * toStep);
                float update = from.get(Line.FLOAT, f + i * fromStep);
                to.set(Line.FLOAT, t + i * toStep, switch (combiner) {
                    case REPLACE -> update;
                    case ADD -> there + update;
                    case MULTIPLY -> there * update;
                    case MAXIMUM -> Math.max(there, update);
                    case MINIMUM -> Math.min(there, update);
                });
            }
        };
    }

    private static Line doubles(Combiner combiner) {
        return (from, f, fromStep, to, t, toStep, n) -> {
            for (int i = 0; i < n; i++) {
                double there = to.get(Line.DOUBLE, t + i * toStep);
                double update = from.get(Line.DOUBLE, f + i * fromStep);
                to.set(Line.DOUBLE, t + i * toStep, switch (combiner) {
                    case REPLACE -> update;
                    case ADD -> there + update;
                    case MULTIPLY -> there * update;
                    case MAXIMUM -> Math.max(there, update);
                    case MINIMUM -> Math.min(there, update);
                });
            }
        };
    }

    private static Line ints(Combiner combiner) {
        return (from, f, fromStep, to, t, toStep, n) -> {
            for (int i = 0; i < n; i++) {
                int there = to.get(Line.INT, t + i * toStep);
                int update = from.get(Line.INT, f + i * fromStep);
                to.set(Line.INT, t + i * toStep, switch (combiner) {
                    case REPLACE -> update;
                    case ADD -> there + update;
                    case MULTIPLY -> there * update;
                    case MAXIMUM -> Math.max(there, update);
                    case MINIMUM -> Math.min(there, update);
                });
            }
        };
    }

    private static Line longs(Combiner combiner) {
        return (from, f, fromStep, to, t, toStep, n) -> {
            for (int i = 0; i < n; i++) {
                long there = to.get(Line.LONG, t + i * toStep);
                long update = from.get(Line.LONG, f + i * fromStep);
                to.set(Line.LONG, t + i * toStep, switch (combiner) {
                    case REPLACE -> update;
                    case ADD -> there + update;
                    case MULTIPLY -> there * update;
                    case MAXIMUM -> Math.max(there, update);
                    case MINIMUM -> Math.min(there, update);
                });
            }
        };
    }
}
