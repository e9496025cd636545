package dev.cajal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFilesTest {
    @TempDir
    Path cache;

    @BeforeEach
    void onLinux() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").startsWith("Linux") && System.getProperty("os.arch").equals("amd64"),
                "oneDNN comes for Linux on x86-64 only");
    }

    private static NativeFiles.Source jar() {
        return NativeFiles.ofJar().source();
    }

    private long filesBelow() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void theLibraryIsUnpackedOnceAndNothingElseStays() throws IOException {
        Path library = new NativeFiles(cache, jar()).library();
        assertThat(library).hasFileName("libdnnl.so.3").hasSize(92_850_136);
        assertThat(library.resolveSibling("libgomp.so.1")).isRegularFile();
        assertThat(filesBelow()).isEqualTo(2);
        // It is not looked for again.
        assertThat(new NativeFiles(cache, _ -> Optional.empty()).library()).isEqualTo(library);
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        Path gomp = new NativeFiles(cache, jar()).library().resolveSibling("libgomp.so.1");
        byte[] right = Files.readAllBytes(gomp);
        byte[] wrong = right.clone();
        wrong[1000] ^= 1;
        Files.write(gomp, wrong);
        new NativeFiles(cache, jar()).library();
        assertThat(gomp).hasBinaryContent(right);
        Files.writeString(gomp, "cut off");
        new NativeFiles(cache, jar()).library();
        assertThat(gomp).hasBinaryContent(right);
    }

    @Test
    void withoutTheJarItIsNamed() throws IOException {
        assertThatThrownBy(() -> new NativeFiles(cache, _ -> Optional.empty()).library())
                .isInstanceOf(NativeException.class)
                .hasMessageContaining("org.bytedeco:dnnl:3.13-1.5.14:linux-x86_64");
        assertThat(filesBelow()).isZero();
    }

    @Test
    void anotherVersionIsRefusedAndNotKept() throws IOException {
        NativeFiles.Source other = _ -> Optional
                .of(new ByteArrayInputStream("other".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> new NativeFiles(cache, other).library()).isInstanceOf(NativeException.class)
                .hasMessageContaining("is not that of version 3.13-1.5.14");
        assertThat(filesBelow()).isZero();
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "");
        assertThatThrownBy(() -> new NativeFiles(file, jar()).library()).isInstanceOf(NativeException.class)
                .hasMessageContaining("could not be unpacked into " + file);
    }

    @Test
    void otherSystemsAreRefused() {
        assertThatThrownBy(() -> NativeFiles.requireSystem("Windows 11", "amd64"))
                .hasMessageContaining("this is Windows 11 on amd64");
        assertThatThrownBy(() -> NativeFiles.requireSystem("Linux", "aarch64"))
                .hasMessageContaining("this is Linux on aarch64");
    }

    @Test
    void aFileOfOnesOwn() throws IOException {
        System.setProperty(NativeFiles.PROPERTY, cache.resolve("nothing.so").toString());
        try {
            assertThatThrownBy(() -> new NativeFiles(cache, jar()).library())
                    .hasMessageContaining("nothing.so that -Dcajal.onednn.library names does not exist");
            Path own = Files.writeString(cache.resolve("own.so"), "not a library");
            System.setProperty(NativeFiles.PROPERTY, own.toString());
            assertThat(new NativeFiles(cache, jar()).library()).isEqualTo(own);
            assertThatThrownBy(() -> Native.load(own)).isInstanceOf(NativeException.class)
                    .hasMessageContaining(own + " cannot be loaded");
        } finally {
            System.clearProperty(NativeFiles.PROPERTY);
        }
    }
}
