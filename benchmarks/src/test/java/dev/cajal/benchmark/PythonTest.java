package dev.cajal.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests of the driver, which are written in its own language and need nothing but a Python 3.
class PythonTest {
    @TempDir
    Path folder;

    @Test
    void theTestsOfTheDriverSucceed() throws IOException, InterruptedException {
        // Version 3.10 is the oldest that has what the driver uses.
        assumeTrue(exitCode("-c", "import sys; sys.exit(sys.version_info < (3, 10))") == 0,
                "the driver of the benchmarks is not tested: there is no python3 of version 3.10 or newer");
        int code = exitCode("-W", "ignore", "-m", "unittest", "discover", "-s", "python/tests");
        assertThat(code).as(output()).isZero();
        assertThat(output()).containsPattern("Ran \\d\\d+ tests");
    }

    private int exitCode(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("python3");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("PYTHONPATH", Path.of("python").toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return 127;
        }
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the tests of the driver do not end:\n" + output());
        }
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    }
}
