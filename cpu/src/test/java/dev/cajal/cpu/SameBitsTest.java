package dev.cajal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.type.CajalException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same bits in JVMs of all kinds: without the Vector API, at every width, interpreted, compiled by either compiler, on one
/// thread and on several.
@Tag("slow")
class SameBitsTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    private static final String AT_ONCE = "-Dcajal.warmup=off";

    @Test
    void inAnyJvm() throws Exception {
        long expected = Fingerprint.compute();
        assertThat(fingerprint(0)).as("no Vector API").isEqualTo(expected);
        assertThat(fingerprint(0, VECTORS, "-Dcajal.vector=off", "-Xint")).as("scalar, interpreted")
                .isEqualTo(expected);
        for (int bits : new int[] {512, 256, 128}) {
            String width = "-Dcajal.vector=" + bits;
            assertThat(fingerprint(bits, VECTORS, width, AT_ONCE)).as("%s bits", bits).isEqualTo(expected);
        }
        assertThat(fingerprint(256, VECTORS, "-Dcajal.vector=256", AT_ONCE, "-Xint")).as("interpreted")
                .isEqualTo(expected);
        assertThat(fingerprint(512, VECTORS, "-Dcajal.vector=512", AT_ONCE, "-XX:TieredStopAtLevel=1"))
                .as("first compiler")
                .isEqualTo(expected);
        assertThat(fingerprint(256, VECTORS, "-Dcajal.vector=256", AT_ONCE, "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:UseAVX=2",
                "-Dcajal.threads=4")).as("AVX2, four threads").isEqualTo(expected);
    }

    private static long fingerprint(int bits, String... options)
            throws IOException, InterruptedException, URISyntaxException {
        Path classes = folder(Lanes.class);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        String path = classes + File.pathSeparator + classes.resolveSibling("test-classes") + File.pathSeparator
                + folder(CajalException.class);
        command.addAll(List.of("-cp", path, Fingerprint.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as("exit status of %s", command).isZero();
        String[] words = output.split(" ");
        assertThat(words[0]).as("vector width").isEqualTo(Integer.toString(bits));
        return Long.parseLong(words[1]);
    }

    private static Path folder(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
