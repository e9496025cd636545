package dev.cajal.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    Path folder;

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private Path written() {
        Path file = folder.resolve("new/model.cajal");
        Map<String, AtomicFile.Content> parts = new LinkedHashMap<>();
        parts.put("b.json", out -> out.write("{}".getBytes()));
        parts.put("a.bin", out -> out.write(bytes(100_000, 1)));
        Archive.write(file, parts);
        return file;
    }

    @Test
    void partsComeBackInTheirOrder() {
        Map<String, byte[]> parts = Archive.read(written());
        assertThat(parts.keySet()).containsExactly("b.json", "a.bin");
        assertThat(parts.get("a.bin")).isEqualTo(bytes(100_000, 1));
    }

    @Test
    void aThreadThatIsInterruptedStillWritesAndIsInterruptedAfterwards() {
        Thread.currentThread().interrupt();
        Path file = written();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Archive.read(file).get("a.bin")).isEqualTo(bytes(100_000, 1));
    }

    @Test
    void anInterruptWhileWritingLosesNothing() {
        Path file = folder.resolve("model.cajal");
        Archive.write(file, Map.of("a.bin", out -> {
            out.write(bytes(100_000, 1));
            if (!Files.exists(folder.resolve("once"))) {
                Files.createFile(folder.resolve("once"));
                Thread.currentThread().interrupt();
            }
            out.write(bytes(100_000, 2));
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Archive.read(file).get("a.bin")).hasSize(200_000);
    }

    @Test
    void theSamePartsMakeTheSameFile() throws IOException {
        byte[] first = Files.readAllBytes(written());
        assertThat(Files.readAllBytes(written())).isEqualTo(first);
    }

    @Test
    void aFlippedByteIsNoticedWhereverAPartHasIt() throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(200, 100_000)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, broken);
            assertThatThrownBy(() -> Archive.read(file))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("is damaged");
        }
    }

    @Test
    void aFileThatWasCutOffIsNoticed() throws IOException {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 10, 40, 1000, 99_000}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Archive.read(file)).as("%s bytes", length).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void aFailureLeavesTheOldFileAndNoRubbish() throws IOException {
        Path file = written();
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Archive.write(file, Map.of("x", out -> {
            out.write(1);
            throw new IOException("No space left on device");
        })))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("what was there before is still there");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Archive.read(folder.resolve("nothing.cajal"))).hasMessageContaining("nothing.cajal");
    }

    @Test
    void manyWritersOfOneFileLeaveAWholeOne() throws Exception {
        Path file = folder.resolve("model.cajal");
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int seed = i;
                writers.add(pool.submit(() -> Archive.write(file, Map.of("a", out -> out.write(bytes(50_000, seed))))));
            }
            for (Future<?> writer : writers) {
                writer.get();
                assertThat(Archive.read(file).get("a")).hasSize(50_000);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void othersMayReadTheFileAsTheyMayReadThePersonsOtherFiles() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path other = Files.writeString(folder.resolve("other"), "");
        assertThat(Files.getPosixFilePermissions(written())).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void compressedPartsAreRefusedBeforeTheyCanFillTheMemory() throws IOException {
        Path file = folder.resolve("bomb.cajal");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.bin"));
            zip.write(new byte[1_000_000]);
        }
        assertThatThrownBy(() -> Archive.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("bomb.cajal is compressed")
                .hasMessageContaining("zip -0");
    }

    @Test
    void anUnzipToolReadsIt() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(written()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("b.json");
            assertThat(zip.readAllBytes()).asString().isEqualTo("{}");
        }
    }
}
