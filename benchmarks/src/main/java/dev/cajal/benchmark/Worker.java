package dev.cajal.benchmark;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Runs one workload in a process of its own, a round at a time, whenever the driver says so.
///
/// First come the steps of the warm-up, then a line of JSON that says so. Each line `round SECONDS STEPS` on standard input makes
/// steps for that time, at least so many, and is answered by a line of JSON with their quantiles. The end of the input ends the process. The
/// peers' workers, in `benchmarks/python`, do the same.
final class Worker {
    /// The steps after which a workload's number is compared with the peers'.
    static final List<Integer> CHECKED_STEPS = List.of(1, 10, 20);

    private static final int WARM_UP_STEPS = 20;

    /// How many times the wanted seconds the warm-up may take.
    private static final int LONGEST_WARM_UP = 6;

    private final Workload.Run run;
    private final long spawned;
    private final PrintStream out;

    private Worker(Workload.Run run, long spawned, PrintStream out) {
        this.run = run;
        this.spawned = spawned;
        this.out = out;
    }

    /// @param arguments the workload's name, the file with its inputs, when the process was started (milliseconds since 1970), seconds of
    /// warm-up
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
        worker.warmUp(Double.parseDouble(arguments[3]));
        worker.serve(new BufferedReader(in));
    }

    /// Takes steps for so many seconds, and longer as long as they still become faster.
    private void warmUp(double seconds) {
        Trace trace = new Trace();
        List<String> checks = new ArrayList<>();
        long start = System.nanoTime();
        double limit = seconds;
        double first = 0;
        for (int step = 1; step <= WARM_UP_STEPS || System.nanoTime() - start < limit * 1e9; step++) {
            long duration = step();
            double when = sinceSpawn();
            trace.add(when, duration / 1e9);
            if (step == 1) {
                first = when;
            }
            if (CHECKED_STEPS.contains(step)) {
                checks.add(String.format(Locale.ROOT, "%.9e", run.check()));
            }
            boolean isOver = System.nanoTime() - start >= limit * 1e9;
            if (isOver && limit < LONGEST_WARM_UP * seconds && !trace.isSettled()) {
                limit *= 1.5;
            }
        }
        say("{\"event\":\"ready\",\"first\":%.4f,\"checks\":[%s],\"trace\":%s,\"version\":\"Java %s\"}", first,
                String.join(",", checks), trace.json(), Runtime.version());
    }

    private void serve(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Steps steps = round(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
            List<String> quantiles = new ArrayList<>();
            for (double quantile : steps.quantiles()) {
                quantiles.add(String.format(Locale.ROOT, "%.9f", quantile));
            }
            say("{\"event\":\"round\",\"count\":%d,\"quantiles\":[%s]}", steps.count(), String.join(",", quantiles));
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
