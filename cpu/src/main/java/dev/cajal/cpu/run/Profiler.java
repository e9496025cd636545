package dev.cajal.cpu.run;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.Profile;
import dev.cajal.memory.HostBuffer;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<Integer, HostBuffer> copies = new HashMap<>();
        donated.forEach(i -> copies.put(i, HostBuffer.allocate(arguments.get(i).type())));
        long[] clock = new long[steps + 1];
        long end = System.nanoTime() + warmUp.toNanos();
        while (System.nanoTime() < end) {
            executable.run(fresh(arguments, copies), clock);
        }
        long[] whole = new long[runs];
        long[][] parts = new long[steps][runs];
        List<Buffer> results = List.of();
        for (int run = 0; run < runs; run++) {
            results = executable.run(fresh(arguments, copies), clock);
            whole[run] = clock[steps] - clock[0];
            for (int step = 0; step < steps; step++) {
                parts[step][run] = clock[step + 1] - clock[step];
            }
        }
        return new Profile(runs, median(whole), Arrays.stream(parts).map(Profiler::median).toList(), results);
    }

    /// The arguments, with copies in place of those that a run overwrites.
    private static List<Buffer> fresh(List<Buffer> arguments, Map<Integer, HostBuffer> copies) {
        List<Buffer> all = new ArrayList<>(arguments);
        copies.forEach((i, copy) -> {
            try {
                arguments.get(i).read(copy.segment());
            } finally {
                Reference.reachabilityFence(copy);
            }
            all.set(i, copy);
        });
        return all;
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
