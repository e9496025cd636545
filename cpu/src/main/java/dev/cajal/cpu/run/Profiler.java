package dev.cajal.cpu.run;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.Profile;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.memory.HostBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Measures the steps of an executable.
final class Profiler {
    private final CpuExecutable executable;
    private final int steps;
    private final Set<Integer> donated;

    Profiler(CpuExecutable executable, int steps, Set<Integer> donated) {
        this.executable = executable;
        this.steps = steps;
        this.donated = donated;
    }

    /// See [dev.cajal.backend.Executable#profile].
    Profile profile(List<Buffer> arguments, Duration warmUp, int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("a profile needs at least one run, not " + runs);
        }
        long[] clock = new long[steps + 1];
        long end = System.nanoTime() + warmUp.toNanos();
        while (System.nanoTime() < end) {
            release(executable.run(fresh(arguments), clock));
        }
        long[] whole = new long[runs];
        long[][] parts = new long[steps][runs];
        List<Buffer> results = List.of();
        for (int run = 0; run < runs; run++) {
            release(results);
            List<Buffer> copies = fresh(arguments);
            // Threads have parked while one copied, and in a program they would not have.
            WorkerPool.shared().run(WorkerPool.shared().threads(), _ -> {});
            results = executable.run(copies, clock);
            whole[run] = clock[steps] - clock[0];
            for (int step = 0; step < steps; step++) {
                parts[step][run] = clock[step + 1] - clock[step];
            }
        }
        return new Profile(runs, median(whole), Arrays.stream(parts).map(Profiler::median).toList(), results);
    }

    /// The arguments, with copies in place of those that a run overwrites or frees.
    private List<Buffer> fresh(List<Buffer> arguments) {
        List<Buffer> all = new ArrayList<>(arguments);
        for (int i : donated) {
            Buffer argument = arguments.get(i);
            HostBuffer copy = HostBuffer.allocate(argument.type());
            argument.read(copy.segment());
            all.set(i, copy);
        }
        return all;
    }

    /// Frees what only the profiler has seen, so that all runs work in the same memory.
    private static void release(List<Buffer> results) {
        for (Buffer result : results) {
            if (result instanceof HostBuffer own) {
                own.release();
            }
        }
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
