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

    /// Steps of the warm-up are put together until they take this long, in nanoseconds.
    private static final long TRACE_RESOLUTION = 10_000_000;

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
            Workload.Run run = Workload.named(arguments[0]).start(Inputs.read(Path.of(arguments[1])));
            Worker worker = new Worker(run, Long.parseLong(arguments[2]), out);
            worker.warmUp(Double.parseDouble(arguments[3]));
            worker.serve(new BufferedReader(in));
        }
    }

    private void warmUp(double seconds) {
        List<String> trace = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        long first = System.nanoTime();
        double ended = 0;
        long group = 0;
        int grouped = 0;
        for (int step = 1; step <= WARM_UP_STEPS || System.nanoTime() - first < seconds * 1e9; step++) {
            group += step();
            grouped++;
            if (step == 1) {
                ended = sinceSpawn();
            }
            if (step == 1 || group >= TRACE_RESOLUTION) {
                trace.add(String.format(Locale.ROOT, "[%.4f,%.9f]", sinceSpawn(), group / 1e9 / grouped));
                group = 0;
                grouped = 0;
            }
            if (CHECKED_STEPS.contains(step)) {
                checks.add(String.format(Locale.ROOT, "%.9e", run.check()));
            }
        }
        say("{\"event\":\"ready\",\"first\":%.4f,\"checks\":[%s],\"trace\":[%s],\"version\":\"Java %s\"}", ended,
                String.join(",", checks), String.join(",", trace), Runtime.version());
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
