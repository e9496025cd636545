package dev.cajal.stablehlo;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.testing.Accuracy;
import dev.cajal.testing.GraphSample;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// XLA, by way of a Python that has JAX: the one that the system property or environment variable `CAJAL_PYTHON` names, else
/// `python3`.
final class Xla {
    /// Compiling one program of many operations takes less time than compiling many programs.
    private static final int SAMPLES_IN_A_PROGRAM = 64;

    private final Path folder;
    private final List<String> programs = new ArrayList<>();

    private Xla(Path folder) {
        this.folder = folder;
    }

    private static String python() {
        String named = System.getProperty("CAJAL_PYTHON", System.getenv("CAJAL_PYTHON"));
        return named == null ? "python3" : named;
    }

    /// Whether there is JAX.
    static boolean isThere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(python(), "-c", "import jax")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// The results of all samples, in their order, computed in one process.
    static List<List<HostBuffer>> run(List<GraphSample> samples, Path folder)
            throws IOException, InterruptedException {
        Xla xla = new Xla(folder);
        List<List<GraphSample>> groups = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += SAMPLES_IN_A_PROGRAM) {
            groups.add(samples.subList(from, Math.min(samples.size(), from + SAMPLES_IN_A_PROGRAM)));
        }
        for (List<GraphSample> group : groups) {
            xla.write(together(group));
        }
        xla.start();
        List<List<HostBuffer>> results = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<HostBuffer> all = xla.read(together(groups.get(i)).graph(), "p" + i);
            int next = 0;
            for (GraphSample sample : groups.get(i)) {
                int count = sample.graph().results().size();
                results.add(all.subList(next, next + count));
                next += count;
            }
        }
        return results;
    }

    /// Many samples as one.
    private static GraphSample together(List<GraphSample> samples) {
        List<Value> parameters = new ArrayList<>();
        List<Value> results = new ArrayList<>();
        List<HostBuffer> arguments = new ArrayList<>();
        for (GraphSample sample : samples) {
            parameters.addAll(sample.graph().parameters());
            results.addAll(sample.graph().results());
            arguments.addAll(sample.arguments());
        }
        String names = samples.stream().map(GraphSample::name).collect(Collectors.joining("; "));
        return new GraphSample(names, Graph.of(parameters, results), arguments, List.of(), Accuracy.EXACT);
    }

    private void write(GraphSample sample) throws IOException {
        String name = "p" + programs.size();
        Files.writeString(folder.resolve(name + ".mlir"), StableHlo.print(sample.graph()));
        StringBuilder line = new StringBuilder(name);
        for (int i = 0; i < sample.arguments().size(); i++) {
            HostBuffer argument = sample.arguments().get(i);
            line.append('\t').append(argument.type().dtype()).append(':').append(dims(argument.type().shape()));
            byte[] bytes = new byte[Math.toIntExact(argument.type().byteSize())];
            argument.read(MemorySegment.ofArray(bytes));
            Files.write(folder.resolve(name + ".in" + i), bytes);
        }
        programs.add(line.toString());
    }

    private static String dims(Shape shape) {
        return shape.dims().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private void start() throws IOException, InterruptedException {
        Files.write(folder.resolve("programs"), programs);
        Path script = folder.resolve("run_stablehlo.py");
        try (InputStream in = Objects.requireNonNull(Xla.class.getResourceAsStream("run_stablehlo.py"))) {
            Files.copy(in, script);
        }
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(python(), script.toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("exit code " + process.exitValue() + ": " + Files.readString(log));
        }
    }

    private List<HostBuffer> read(Graph graph, String name) throws IOException {
        Path error = folder.resolve(name + ".error");
        if (Files.exists(error)) {
            throw new IllegalStateException(
                    Files.readString(error) + "\n" + Files.readString(folder.resolve(name + ".mlir")));
        }
        List<HostBuffer> results = new ArrayList<>();
        for (int i = 0; i < graph.results().size(); i++) {
            TensorType type = graph.results().get(i).type();
            byte[] bytes = Files.readAllBytes(folder.resolve(name + ".out" + i));
            HostBuffer buffer = HostBuffer.allocate(type);
            MemorySegment.copy(bytes, 0, buffer.segment(), ValueLayout.JAVA_BYTE, 0, bytes.length);
            results.add(buffer);
        }
        return results;
    }
}
