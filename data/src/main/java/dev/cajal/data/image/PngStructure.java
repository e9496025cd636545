package dev.cajal.data.image;

import dev.cajal.type.Phrase;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What is wrong with a PNG file before its pixels are looked at (*Portable Network Graphics*, third edition, sections 5 and 11): chunks that are cut
/// off, or methods that nobody has defined. The JDK's reader sees neither.
final class PngStructure {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int SIGNATURE_BYTES = 8;
    /// Length, type and check sum.
    private static final int CHUNK_BYTES = 12;
    private static final int HEADER = 0x49484452;
    private static final int END = 0x49454e44;
    /// In a header, where the methods of compression and of filters are, both 0.
    private static final int METHODS = 10;

    private PngStructure() {}

    /// The problem of a file; empty if there is none, or if it is no PNG.
    static Optional<Phrase> problem(byte[] file) {
        var bytes = ByteBuffer.wrap(file);
        if (file.length < SIGNATURE_BYTES || bytes.getLong() != SIGNATURE) {
            return Optional.empty();
        }
        while (bytes.remaining() >= CHUNK_BYTES) {
            long length = Integer.toUnsignedLong(bytes.getInt());
            int type = bytes.getInt();
            if (length + Integer.BYTES > bytes.remaining()) {
                return Optional.of(Phrase.words("the file ends inside of a chunk"));
            }
            if (type == HEADER && length > METHODS && bytes.getShort(bytes.position() + METHODS) != 0) {
                return Optional.of(Phrase.words("unknown method of compression"));
            }
            if (type == END) {
                return Optional.empty();
            }
            bytes.position(bytes.position() + (int) length + Integer.BYTES);
        }
        return Optional.of(Phrase.words("the file has no end"));
    }
}
