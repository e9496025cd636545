package dev.cajal.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every program in the README and in `docs` is run as it stands there, imports included, on the module path.
@Tag("slow")
class ProgramsTest {
    private static final Path ROOT = root();
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @TestFactory
    Stream<DynamicTest> programs() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")),
                Files.walk(ROOT.resolve("docs")))) {
            for (Path page : pages.filter(path -> path.toString().endsWith(".md")).sorted().toList()) {
                Matcher programs = PROGRAM.matcher(Files.readString(page));
                for (int i = 1; programs.find(); i++) {
                    String program = programs.group(1);
                    tests.add(DynamicTest.dynamicTest(page.getFileName() + ", program " + i, () -> run(program)));
                }
            }
        }
        assertThat(tests).as("programs in the documentation").hasSizeGreaterThanOrEqualTo(2);
        return tests.stream();
    }

    private void run(String program) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("Program.java"), program);
        String modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") || Files.exists(Path.of(entry, "module-info.class")))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                java.toString(), "--module-path", modules, "--add-modules", "dev.cajal,dev.cajal.cpu", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
