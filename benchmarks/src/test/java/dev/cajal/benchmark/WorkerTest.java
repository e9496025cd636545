package dev.cajal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.checkpoint.SafeTensors;
import dev.cajal.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
    private static final Pattern QUANTILES = Pattern
            .compile("\\{\"event\":\"round\",\"count\":(\\d+),\"compiling\":[0-9.]+,\"quantiles\":\\[(.*)]}");

    @TempDir
    Path folder;

    @Test
    void aWorkerTakesItsFirstStepsAndThenAnswersEachRound() throws IOException {
        Tensor x = Tensor.of(new float[][] {{0, 0, 0, 0}});
        Path file = folder.resolve("inputs");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(Map.of("x", x), out);
        }
        List<String> lines = answers(file, "round 0 7\nround 0.01 1\n");

        assertThat(lines).hasSize(3);
        // Each of four equal numbers has probability 1/4, after 1, 10 and 20 steps.
        assertThat(lines.getFirst()).contains("\"event\":\"ready\"",
                "\"checks\":[2.500000000e-01,2.500000000e-01,2.500000000e-01]", "\"planned\":null");
        assertThat(count(lines.get(1))).isEqualTo(7);
        assertThat(count(lines.get(2))).isPositive();
    }

    private static int count(String line) {
        var found = QUANTILES.matcher(line);
        assertThat(found.matches()).as(line).isTrue();
        assertThat(found.group(2).split(",")).hasSize(101);
        return Integer.parseInt(found.group(1));
    }

    private static List<String> answers(Path file, String orders) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Worker.work(new String[] {"softmax", file.toString(), "0", "20"}, new StringReader(orders), out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void quantilesAreThoseOfTheSortedTimes() {
        Steps steps = new Steps();
        for (long i = 2000; i >= 0; i--) {
            steps.add(i * 1_000_000);
        }
        assertThat(steps.count()).isEqualTo(2001);
        assertThat(steps.quantiles()[0]).isZero();
        assertThat(steps.quantiles()[50]).isCloseTo(1.0, within(1e-9));
        assertThat(steps.quantiles()[100]).isCloseTo(2.0, within(1e-9));
    }
}
