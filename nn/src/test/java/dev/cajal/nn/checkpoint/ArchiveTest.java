package dev.cajal.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
        Map<String, Archive.Part> parts = new LinkedHashMap<>();
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
            // The list of parts at the end is not read: the parts say themselves what they are.
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
}
