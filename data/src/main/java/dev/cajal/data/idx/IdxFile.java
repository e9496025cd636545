package dev.cajal.data.idx;

import dev.cajal.data.DataException;
import dev.cajal.data.file.DataFile;
import dev.cajal.type.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The contents of a file in the IDX format of [MNIST](http://yann.lecun.com/exdb/mnist): two zero bytes, the type (8 for unsigned
/// bytes), the number of dimensions, each dimension as a big-endian 32-bit number, the elements. May be compressed with gzip.
///
/// @param shape the dimensions
/// @param elements in row-major order
public record IdxFile(Shape shape, byte[] elements) {
    private static final int UNSIGNED_BYTES = 8;
    private static final long LARGEST = Integer.MAX_VALUE - 16;

    /// Reads a file.
    ///
    /// @throws DataException if it is missing, not in the format, cut off, or has bytes too many
    public static IdxFile read(Path path) {
        var file = new DataFile(path);
        try (DataInputStream in = new DataInputStream(open(file))) {
            return read(file, in);
        } catch (EOFException cut) {
            throw file.error("idx.cut-off", cut, "The file ends too early: it was cut off. Copy or download it again.");
        } catch (ZipException corrupt) {
            throw file.error("idx.corrupt", corrupt, "The file is damaged (%s). Copy or download it again.",
                    String.valueOf(corrupt.getMessage()));
        } catch (IOException cause) {
            throw file.failure(cause);
        }
    }

    private static InputStream open(DataFile file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file.open(), 1 << 16);
        try {
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return compressed ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException cause) {
            in.close();
            throw cause;
        }
    }

    private static IdxFile read(DataFile file, DataInputStream in) throws IOException {
        int magic = in.readInt();
        int type = magic >> 8 & 0xff;
        int rank = magic & 0xff;
        if (magic >>> 16 != 0 || rank < 1 || rank > 4) {
            throw file.error("idx.magic", null,
                    "The file is not an IDX file: it begins with 0x%08x, where 0x00000801 (labels) or 0x00000803 (pictures) is expected.",
                    magic);
        }
        if (type != UNSIGNED_BYTES) {
            throw file.error("idx.type", null,
                    "The file holds elements of type 0x%02x; only unsigned bytes (0x08) are read.", type);
        }
        int[] dims = new int[rank];
        long size = 1;
        for (int i = 0; i < rank; i++) {
            dims[i] = in.readInt();
            size = dims[i] < 0 ? LARGEST + 1 : size * dims[i];
            if (size > LARGEST) {
                throw file.error("idx.size", null,
                        "The file says that it has a dimension of %s: it is damaged. Copy or download it again.",
                        dims[i]);
            }
        }
        byte[] elements = in.readNBytes((int) size);
        if (elements.length < size) {
            throw file.error("idx.truncated", null,
                    "The file should have %s bytes of elements (%s), but has %s: it was cut off. Copy or download it again.",
                    size,
                    Shape.of(dims),
                    elements.length);
        }
        if (in.read() >= 0) {
            throw file.error("idx.trailing", null,
                    "The file has more bytes than its dimensions %s need: it is damaged. Copy or download it again.",
                    Shape.of(dims));
        }
        return new IdxFile(Shape.of(dims), elements);
    }
}
