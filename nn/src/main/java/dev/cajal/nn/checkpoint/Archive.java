package dev.cajal.nn.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Several named parts in one [file][AtomicFile]: a ZIP whose parts are stored uncompressed, with the check sum of each, so that any unzip tool
/// can open it.
public final class Archive {
    /// The longest array that each Java machine can make.
    private static final int LARGEST_PART = Integer.MAX_VALUE - 8;

    /// The same in each file, so that the same parts make the same file. The first month that a ZIP can name in each time zone.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Archive() {}

    /// Writes an archive. Each part is asked for its bytes twice, since a stored one begins with its length and check sum.
    ///
    /// @throws CheckpointException if that fails; the file that was there before is still there
    public static void write(Path file, Map<String, AtomicFile.Content> parts) {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (var part : parts.entrySet()) {
                zip.putNextEntry(entry(file, part.getKey(), part.getValue()));
                part.getValue().write(zip);
                zip.closeEntry();
            }
            zip.finish();
            zip.flush();
        });
    }

    private static ZipEntry entry(Path file, String name, AtomicFile.Content part) throws IOException {
        Measure measure = new Measure();
        part.write(measure);
        if (measure.size > LARGEST_PART) {
            throw new CheckpointException(
                    "checkpoint.too-large",
                    null,
                    "%s would have %s bytes in its part %s, more than can be read again (%s). Nothing was written. "
                            + "Make the network smaller, or save parts of it in files of their own.",
                    file,
                    measure.size,
                    name,
                    LARGEST_PART);
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(measure.size);
        entry.setCrc(measure.sum.getValue());
        entry.setTimeLocal(NO_TIME);
        return entry;
    }

    /// Counts bytes and sums them up, and keeps none.
    private static final class Measure extends OutputStream {
        private final CRC32 sum = new CRC32();
        private long size;

        @Override
        public void write(int one) {
            sum.update(one);
            size++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sum.update(bytes, offset, length);
            size += length;
        }
    }

    /// Reads all parts and checks their sums.
    ///
    /// @throws CheckpointException if there is no such file, it is not whole, its parts are compressed, or there is too little memory
    public static SequencedMap<String, byte[]> read(Path file) {
        if (!Files.exists(file)) {
            throw new CheckpointException("checkpoint.missing", null, "There is no file %s.", file);
        }
        SequencedMap<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long left = Files.size(file);
            for (ZipEntry entry : Collections.list(zip.entries())) {
                requireStored(file, entry, left);
                left -= entry.getSize();
                if (parts.put(entry.getName(), bytes(file, zip, entry)) != null) {
                    throw new ZipException("it has two parts " + entry.getName());
                }
            }
            if (parts.isEmpty()) {
                throw new ZipException("it has no parts");
            }
            return parts;
        } catch (ZipException | EOFException | IllegalArgumentException cause) {
            // The last is what ZipFile says of names that are not text.
            throw new CheckpointException(
                    "checkpoint.damaged",
                    cause,
                    "%s is damaged, or is not a file of Cajal's: %s. Take an older copy, or train again.",
                    file,
                    String.valueOf(cause.getMessage()));
        } catch (IOException cause) {
            throw new CheckpointException(
                    "checkpoint.unreadable", cause, "%s cannot be read: %s", file, AtomicFile.reason(cause));
        }
    }

    /// Stored parts together cannot be larger than the file, so a small file never asks for much memory.
    private static void requireStored(Path file, ZipEntry entry, long room) throws ZipException {
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new CheckpointException(
                    "checkpoint.compressed",
                    null,
                    "The part %s of %s is compressed, but parts have to be stored as they are. Pack them again without compression: zip -0.",
                    entry.getName(),
                    file);
        }
        long size = entry.getSize();
        if (size < 0 || size > room || size > LARGEST_PART || entry.getCompressedSize() != size) {
            throw new ZipException(
                    "its part %s should have %s bytes, for which it has no room".formatted(entry.getName(), size));
        }
    }

    private static byte[] bytes(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        byte[] bytes;
        try {
            bytes = new byte[(int) entry.getSize()];
        } catch (OutOfMemoryError cause) {
            throw new CheckpointException(
                    "checkpoint.memory",
                    cause,
                    "The part %s of %s has %s bytes, more than there is memory for. Give the program more: java -Xmx.",
                    entry.getName(),
                    file,
                    entry.getSize());
        }
        CRC32 sum = new CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
            sum.update(bytes, 0, in.readNBytes(bytes, 0, bytes.length));
        }
        if (sum.getValue() != entry.getCrc()) {
            throw new ZipException("its part %s is not what was written".formatted(entry.getName()));
        }
        return bytes;
    }
}
