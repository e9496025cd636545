package dev.cajal.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The name of the processor. Java does not know it; each system has a place for it.
final class Processor {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final List<String> MAC = List.of("/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string");
    private static final int SECONDS = 2;

    private Processor() {}

    /// The name, or the architecture where no name is to be found.
    static String name() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Optional<String> name = system.contains("linux")
                ? ofLinux()
                : system.contains("mac") ? ofMac() : Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
        return name.map(text -> text.replaceAll("\\s+", " ").strip())
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> System.getProperty("os.arch"));
    }

    private static Optional<String> ofLinux() {
        try (Stream<String> lines = Files.lines(LINUX)) {
            return named(lines);
        } catch (IOException | java.io.UncheckedIOException none) {
            return Optional.empty();
        }
    }

    /// From the lines of `/proc/cpuinfo`. ARM's have no such line.
    static Optional<String> named(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("model name") && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst();
    }

    private static Optional<String> ofMac() {
        try {
            Process process = new ProcessBuilder(MAC).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
