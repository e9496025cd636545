package dev.cajal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a heap of 64 MB, in a Java of its own.
@Tag("slow")
class SmallHeapTest {
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    void aMillionSmallBuffers(String collector) throws Exception {
        run(List.of(collector), "small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    void thousandsOfLargeBuffersWithinABudget(String collector) throws Exception {
        run(List.of(collector, "-Dcajal.memory=150m"), "large", "150");
    }

    /// A collection is asked for long before a budget of gigabytes is spent.
    @Test
    void thousandsOfLargeBuffersWithoutABudget() throws Exception {
        run(List.of("-Dcajal.memory=8g"), "large", "2000");
    }

    @Test
    void aLongChainOnTheReferenceBackend() throws Exception {
        run(List.of(), "chain");
    }

    @Test
    void aMillionEagerOperations() throws Exception {
        run(List.of(), "eager");
    }

    private static void run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                root(MemoryPool.class) + System.getProperty("path.separator") + root(SmallHeap.class)));
        command.addAll(options);
        command.add(SmallHeap.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    /// The folder that a class was loaded from; tests are patched into the module, so their code source would be the module's.
    private static Path root(Class<?> type) {
        try {
            Path file = Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
            Path root = file;
            for (int i = 0; i < type.getName().split("\\.").length; i++) {
                root = root.getParent();
            }
            return root;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
