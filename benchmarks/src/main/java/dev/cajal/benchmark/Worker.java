package dev.cajal.benchmark;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Runs one workload in a process of its own, a round at a time, whenever the driver says so.
///
/// First come some steps, then a line of JSON that says how long each took, and the numbers to compare. Each line `round SECONDS STEPS` on standard input makes
/// steps for that time, at least so many, and is answered by a line of JSON with their quantiles, and the seconds that the JVM compiled meanwhile. The end of the input ends the process. The
/// peers' workers, in `benchmarks/python`, do the same.
final class Worker {
    /// The steps after which a workload's number is compared with the peers'.
    static final List<Integer> CHECKED_STEPS = List.of(1, 10, 20);

    /// The JVM's own compiler: while it works, steps are to become faster.
    private static final CompilationMXBean COMPILATION = ManagementFactory.getCompilationMXBean();

    private final Workload.Run run;
    private final long spawned;
    private final PrintStream out;

    private Worker(Workload.Run run, long spawned, PrintStream out) {
        this.run = run;
        this.spawned = spawned;
        this.out = out;
    }

    /// @param arguments the workload's name, the file with its inputs, when the process was started (milliseconds since 1970), how
    /// many steps to begin with
    public static void main(String... arguments) throws IOException {
        // Standard output is for the driver alone.
        try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                Reader in = new InputStreamReader(System.in, StandardCharsets.UTF_8)) {
            work(arguments, in, out);
        }
    }

    static void work(String[] arguments, Reader in, PrintStream out) throws IOException {
        Workload.Run run = Workload.named(arguments[0]).start(Inputs.read(Path.of(arguments[1])));
        Worker worker = new Worker(run, Long.parseLong(arguments[2]), out);
        worker.takeFirstSteps(Integer.parseInt(arguments[3]));
        worker.serve(new BufferedReader(in));
    }

    private void takeFirstSteps(int steps) {
        List<String> trace = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            long duration = step();
            trace.add(String.format(Locale.ROOT, "[%.4f,%.9f]", sinceSpawn(), duration / 1e9));
            if (CHECKED_STEPS.contains(step)) {
                checks.add(String.format(Locale.ROOT, "%.9e", run.check()));
            }
        }
        OptionalLong planned = run.plannedBytes();
        say("{\"event\":\"ready\",\"checks\":[%s],\"trace\":%s,\"planned\":%s,\"version\":\"Java %s\"}",
                String.join(",", checks), trace, planned.isPresent() ? planned.getAsLong() : "null", Runtime.version());
    }

    private void serve(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            long compiled = COMPILATION.getTotalCompilationTime();
            Steps steps = round(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
            List<String> quantiles = new ArrayList<>();
            for (double quantile : steps.quantiles()) {
                quantiles.add(String.format(Locale.ROOT, "%.9f", quantile));
            }
            say("{\"event\":\"round\",\"count\":%d,\"compiling\":%.3f,\"quantiles\":[%s]}", steps.count(),
                    (COMPILATION.getTotalCompilationTime() - compiled) / 1e3, String.join(",", quantiles));
        }
    }

    private Steps round(double seconds, int minimum) {
        Steps steps = new Steps();
        long start = System.nanoTime();
        while (steps.count() < minimum || System.nanoTime() - start < seconds * 1e9) {
            steps.add(step());
        }
        return steps;
    }

    private long step() {
        long start = System.nanoTime();
        run.step();
        return System.nanoTime() - start;
    }

    private double sinceSpawn() {
        return (System.currentTimeMillis() - spawned) / 1e3;
    }

    private void say(String json, Object... values) {
        out.println(String.format(Locale.ROOT, json, values));
    }
}
