package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole trainings have the same bits in JVMs of all kinds: on processors with vectors of 512, 256 and 128 bits and without fused multiply-adds, with
/// vectors off, without the Vector API, on one thread and on several.
@Tag("slow")
class SameTrainingTest {
    private static final String STEPS = "4";
    private static final String AT_ONCE = "-Dcajal.warmup=off";

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "transformer"})
    void inAnyJvm(String training) throws Exception {
        String expected = fingerprint(training);
        // What the processor has is said to the JVM; what is left out it does not have, or does not know the option.
        for (int avx : new int[] {3, 2, 1, 0}) {
            assertThat(fingerprint(training, OwnJvm.VECTORS, AT_ONCE, "-XX:UseAVX=" + avx)).as("AVX %s", avx)
                    .isEqualTo(expected);
        }
        assertThat(fingerprint(training, OwnJvm.VECTORS, AT_ONCE, "-Dcajal.vector=256", "-Dcajal.threads=3"))
                .as("256 of 512 bits, three threads").isEqualTo(expected);
        assertThat(fingerprint(training, OwnJvm.VECTORS, AT_ONCE, "-Dcajal.vector=128", "-Dcajal.threads=1"))
                .as("128 of 512 bits, one thread").isEqualTo(expected);
        assertThat(fingerprint(training, OwnJvm.VECTORS, "-Dcajal.vector=off", "-XX:UseAVX=0"))
                .as("vectors off").isEqualTo(expected);
        assertThat(fingerprint(training, OwnJvm.VECTORS)).as("scalar forms first").isEqualTo(expected);
    }

    private static String fingerprint(String training, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions"));
        all.addAll(List.of(options));
        return OwnJvm.run(FingerprintProgram.class, all, training, STEPS).strip();
    }
}
