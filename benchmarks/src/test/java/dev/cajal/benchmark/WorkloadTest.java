package dev.cajal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void everyWorkloadHasAPeersSide() throws IOException {
        String peers;
        try (Stream<Path> files = Files.list(Path.of("python/models"))) {
            peers = files.filter(file -> file.toString().endsWith(".py")).map(WorkloadTest::text)
                    .collect(Collectors.joining());
        }
        assertThat(Workload.all()).hasSizeGreaterThan(5)
                // A form of Cajal's alone has the name of its model in front.
                .allSatisfy(workload -> assertThat(peers)
                        .contains('"' + workload.name().replaceFirst("-bare$", "") + '"'));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void namesAreDistinctAndFound() {
        assertThat(Workload.all()).extracting(Workload::name).doesNotHaveDuplicates();
        assertThat(Workload.all()).allSatisfy(
                workload -> assertThat(Workload.named(workload.name())).isSameAs(workload));
        assertThatThrownBy(() -> Workload.named("mlp-sdg")).hasMessageContaining("'mlp-sdg'")
                .hasMessageContaining("mlp-sgd");
    }
}
