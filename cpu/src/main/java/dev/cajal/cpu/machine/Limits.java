package dev.cajal.cpu.machine;

import dev.cajal.backend.MachineLimits;
import dev.cajal.cpu.Lanes;
import dev.cajal.memory.MemoryPool;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Measures a machine's [limits][MachineLimits].
public final class Limits {
    private static final int ROUNDS = 40;
    private static final int ROUNDS_OF_ONE = 20;
    private static final int ROUNDS_OF_A_FORM = 10;
    /// Bytes of each of the two arrays, and of each thread's part of one: more than the caches of most processors. A last-level cache of hundreds of
    /// megabytes still holds them, as it holds the tensors of most trainings.
    private static final long LEAST_ARRAY = 64L << 20;
    private static final long ARRAY_OF_A_THREAD = 8L << 20;
    /// Where memory is scarce, an array takes at most this part of what tensors may.
    private static final int PART_OF_BUDGET = 8;
    /// A thread's part begins at a multiple of this.
    private static final long UNIT = 64 << 10;

    /// Whether the loop over memory is warm.
    private static final AtomicBoolean WARM = new AtomicBoolean();

    private Limits() {}

    /// Measures them. Takes one to two seconds.
    public static MachineLimits measure(int threads) {
        Supplier<Work> arithmetic = Fastest.FORM;
        double one = Gauge.perSecond(works(arithmetic, 1), ROUNDS_OF_ONE);
        double all = threads == 1 ? one : Gauge.perSecond(works(arithmetic, threads), ROUNDS);
        return new MachineLimits(threads, all, one, bandwidth(threads));
    }

    private static List<Work> works(Supplier<Work> form, int threads) {
        return Stream.generate(form).limit(threads).toList();
    }

    /// The form of arithmetic that is the fastest here, found out once: later it is warm, and does not become any faster.
    private static final class Fastest {
        static final Supplier<Work> FORM = find();

        private static Supplier<Work> find() {
            List<Supplier<Work>> forms = Lanes.available()
                    ? List.of(() -> new VectorArithmetic()::twelve, () -> new VectorArithmetic()::sixteen)
                    : List.of(() -> new ScalarArithmetic()::run);
            return forms.stream().map(Measured::of).max(Comparator.comparingDouble(Measured::rate)).orElseThrow()
                    .form();
        }
    }

    /// @param rate of one thread, warm
    private record Measured(Supplier<Work> form, double rate) {
        static Measured of(Supplier<Work> form) {
            Gauge.warm(form.get());
            return new Measured(form, Gauge.perSecond(works(form, 1), ROUNDS_OF_A_FORM));
        }
    }

    private static double bandwidth(int threads) {
        MemoryPool pool = MemoryPool.shared();
        long wanted = Math.max(LEAST_ARRAY, threads * ARRAY_OF_A_THREAD);
        long part = Math.max(UNIT,
                Math.min(wanted, pool.statistics().budget() / PART_OF_BUDGET) / threads / UNIT * UNIT);
        try (MemoryPool.Lease a = pool.lease(threads * part); MemoryPool.Lease b = pool.lease(threads * part)) {
            List<Traffic> works = IntStream.range(0, threads)
                    .mapToObj(i -> traffic(a.segment(), b.segment(), i * part, part))
                    .toList();
            if (!WARM.getAndSet(true)) {
                Gauge.warm(works.getFirst());
            }
            return Gauge.perSecond(works, ROUNDS);
        }
    }

    private static Traffic traffic(MemorySegment a, MemorySegment b, long from, long bytes) {
        return new Traffic(a.asSlice(from, bytes), b.asSlice(from, bytes));
    }
}
