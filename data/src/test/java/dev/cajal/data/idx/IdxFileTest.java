package dev.cajal.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.type.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    private static final int BYTES = 8;

    @TempDir
    private Path folder;

    @Test
    void elementsComeBackPlainAndCompressed() throws IOException {
        byte[] bytes = idx(BYTES, new int[] {2, 3}, 6);
        for (byte[] content : new byte[][] {bytes, gzip(bytes)}) {
            var file = IdxFile.read(written(content));
            assertThat(file.shape()).isEqualTo(Shape.of(2, 3));
            assertThat(file.elements()).containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void otherFilesAreNotTaken() throws IOException {
        refused("idx.magic", "0x504b0304", new byte[] {'P', 'K', 3, 4, 5, 6});
        refused("idx.magic", "is not an IDX file", idx(BYTES, new int[0], 0));
        refused("idx.magic", "is not an IDX file", idx(BYTES, new int[] {1, 1, 1, 1, 1}, 1));
        refused("idx.type", "type 0x0d", idx(13, new int[] {2}, 8));
    }

    @Test
    void aFileThatWasCutOffIsNotTaken() throws IOException {
        byte[] bytes = idx(BYTES, new int[] {100, 28, 28}, 78400);
        refused("idx.truncated", "should have 78400 bytes of elements", Arrays.copyOf(bytes, bytes.length - 1));
        refused("file.empty", "is empty", new byte[0]);
        for (int length : new int[] {1, 3, 4, 7, 15}) {
            refused("idx.cut-off", "cut off", Arrays.copyOf(bytes, length));
        }
        byte[] compressed = gzip(bytes);
        for (int length = 2; length < compressed.length; length += 7) {
            refused("idx.cut-off", "cut off", Arrays.copyOf(compressed, length));
        }
    }

    @Test
    void aDamagedFileIsNotTaken() throws IOException {
        byte[] compressed = gzip(idx(BYTES, new int[] {100, 28, 28}, 78400));
        var random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = compressed.clone();
            int at = 10 + random.nextInt(damaged.length - 14);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> IdxFile.read(written(damaged)))
                    .as("a bit of byte %s", at)
                    .isInstanceOf(DataException.class);
        }
    }

    @Test
    void bytesThatAreTooManyAreNotIgnored() throws IOException {
        refused("idx.trailing", "more bytes than its dimensions [2] need", idx(BYTES, new int[] {2}, 3));
    }

    @Test
    void sizesThatCannotBeAreRefusedAtOnce() throws IOException {
        refused("idx.size", "damaged", idx(BYTES, new int[] {Integer.MAX_VALUE, 1000}, 10));
        refused("idx.size", "dimension of -1", idx(BYTES, new int[] {-1}, 10));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("t10k-images-idx3-ubyte");
        assertThatThrownBy(() -> IdxFile.read(file)).hasMessageStartingWith(file + ": There is no such file.");
    }

    private void refused(String code, String message, byte[] content) throws IOException {
        Path file = written(content);
        assertThatThrownBy(() -> IdxFile.read(file))
                .isInstanceOfSatisfying(DataException.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private Path written(byte[] content) throws IOException {
        return Files.write(folder.resolve("file-idx"), content);
    }

    private static byte[] idx(int type, int[] dims, int elements) {
        var buffer = ByteBuffer.allocate(4 + 4 * dims.length + elements);
        buffer.putInt(type << 8 | dims.length);
        for (int dim : dims) {
            buffer.putInt(dim);
        }
        for (int i = 0; i < elements; i++) {
            buffer.put((byte) i);
        }
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
