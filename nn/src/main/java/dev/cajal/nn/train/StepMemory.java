package dev.cajal.nn.train;

import dev.cajal.backend.PlanSummary;
import dev.cajal.type.Bytes;
import dev.cajal.type.CajalException;
import java.util.function.IntFunction;

/// Whether a step of training fits into memory, asked before the first one.
final class StepMemory {
    private final long available;
    private final long stateBytes;
    private final IntFunction<PlanSummary> plans;

    /// @param available bytes that tensors may take
    /// @param stateBytes bytes of what a step gets donated and gives back in the same memory
    /// @param plans what a step with a batch of so many examples costs
    StepMemory(long available, long stateBytes, IntFunction<PlanSummary> plans) {
        this.available = available;
        this.stateBytes = stateBytes;
        this.plans = plans;
    }

    /// Refuses a batch that does not fit.
    ///
    /// @param parts that each batch is computed in
    /// @throws CajalException with the largest batch that does
    void require(int batch, int parts) {
        long needed = needed(batch);
        if (needed <= available) {
            return;
        }
        long single = needed(parts);
        if (single > available) {
            throw new CajalException(
                    "memory.network",
                    "One step of training needs %s of memory even with the smallest batch, but tensors may take %s. Take a smaller network, or "
                            + "allow more memory with -Dcajal.memory=%s.",
                    Bytes.format(single),
                    Bytes.format(available),
                    asOption(single));
        }
        throw new CajalException(
                "memory.batch",
                "One step of training with a batch of %s needs %s of memory, but tensors may take %s. Take a batch of at most %s, or compute each "
                        + "batch in parts (gradient accumulation), or allow more memory with -Dcajal.memory=%s.",
                batch,
                Bytes.format(needed),
                Bytes.format(available),
                largest(parts, batch),
                asOption(needed));
    }

    private long needed(int batch) {
        return plans.apply(batch).peakBytes() - stateBytes;
    }

    /// The largest batch that fits, a power of two times the number of parts.
    private int largest(int fits, int tooMany) {
        int largest = fits;
        while (2L * largest < tooMany && needed(2 * largest) <= available) {
            largest *= 2;
        }
        return largest;
    }

    /// `3g`, rounded up.
    private static String asOption(long bytes) {
        return bytes < 1 << 30 ? Math.ceilDiv(bytes, 1 << 20) + "m" : Math.ceilDiv(bytes, 1 << 30) + "g";
    }
}
