package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `docs/performance.md` promises of a compiled step that is warm: the run of its plan allocates nothing, on no thread, neither on the heap nor
/// outside; around it there are the handles of arguments and results, whose bytes do not depend on the sizes of tensors.
@Tag("slow")
class AllocationTest {
    private static final String WARM_UP_SECONDS = "90";
    /// Bytes for each tensor that a step takes or gives: [dev.cajal.tensor.Tensor], node, buffer, and its places in lists and maps.
    private static final long HANDLE = 500;
    private static final long CALL = 1500;

    @ParameterizedTest
    @CsvSource({"mlp, on", "transformer, on", "mlp, off"})
    void aWarmStepAllocatesHandlesOnly(String training, String vectors) throws Exception {
        // Small buffers for allocation, so that the recorder sees one event for a few kilobytes; vector forms from the first call on.
        String output = OwnJvm.run(AllocationProgram.class,
                List.of(OwnJvm.VECTORS, "-XX:TLABSize=2k", "-XX:MinTLABSize=2k", "-XX:-ResizeTLAB",
                        "-Dcajal.warmup=off",
                        vectors.equals("on") ? "-Dcajal.vector=" : "-Dcajal.vector=off"),
                training, WARM_UP_SECONDS);
        assertThat(lines(output, "place ")).as("places where a plan allocates").isEmpty();
        assertThat(number(output, "workers ")).as("bytes on the pool's threads").isZero();
        assertThat(number(output, "reserved ")).as("bytes outside of the heap").isZero();
        assertThat(number(output, "step ")).as("bytes for a step")
                .isLessThanOrEqualTo(CALL + HANDLE * number(output, "results "));
    }

    private static long number(String output, String key) {
        return Long.parseLong(lines(output, key).getFirst());
    }

    private static List<String> lines(String output, String key) {
        return Stream.of(output.split("\n")).filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .toList();
    }
}
