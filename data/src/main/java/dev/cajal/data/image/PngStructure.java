package dev.cajal.data.image;

import dev.cajal.type.Phrase;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What is wrong with a PNG file before its pixels are looked at (*Portable Network Graphics*, third edition, sections 5 and 11): chunks that are cut
/// off, methods that nobody has defined, or more pixels than its bytes can hold. The JDK's reader sees neither.
final class PngStructure {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int SIGNATURE_BYTES = 8;
    /// Length, type and check sum.
    private static final int CHUNK_BYTES = 12;
    private static final int HEADER = 0x49484452;
    private static final int END = 0x49454e44;
    /// In a header, where the methods of compression and of filters are, both 0.
    private static final int METHODS = 10;
    private static final int PIXELS = 0x49444154;
    /// Deflate makes at most so many bytes of one (258 of two bits).
    private static final long MOST_OF_A_BYTE = 1032;
    /// In a header, behind width and height: the bits of a sample, and the kind of colours.
    private static final int BITS = 8;
    private static final int COLOURS = 9;

    private PngStructure() {}

    /// The problem of a file; empty if there is none, or if it is no PNG.
    static Optional<Phrase> problem(byte[] file) {
        var bytes = ByteBuffer.wrap(file);
        if (file.length < SIGNATURE_BYTES || bytes.getLong() != SIGNATURE) {
            return Optional.empty();
        }
        long unpacked = 0;
        long packed = 0;
        while (bytes.remaining() >= CHUNK_BYTES) {
            long length = Integer.toUnsignedLong(bytes.getInt());
            int type = bytes.getInt();
            if (length + Integer.BYTES > bytes.remaining()) {
                return Optional.of(Phrase.words("the file ends inside of a chunk"));
            }
            if (type == HEADER && length > METHODS && bytes.getShort(bytes.position() + METHODS) != 0) {
                return Optional.of(Phrase.words("unknown method of compression"));
            }
            unpacked = type == HEADER && length > METHODS ? unpacked(bytes) : unpacked;
            packed += type == PIXELS ? length : 0;
            if (type == END) {
                return unpacked > MOST_OF_A_BYTE * packed
                        ? Optional.of(Phrase.words("fewer bytes than so many pixels take"))
                        : Optional.empty();
            }
            bytes.position(bytes.position() + (int) length + Integer.BYTES);
        }
        return Optional.of(Phrase.words("the file has no end"));
    }

    /// The bytes of all pixels at least, by the header that comes next.
    private static long unpacked(ByteBuffer bytes) {
        int at = bytes.position();
        long width = Integer.toUnsignedLong(bytes.getInt(at));
        long height = Integer.toUnsignedLong(bytes.getInt(at + Integer.BYTES));
        int samples = switch (bytes.get(at + COLOURS)) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        return height * (width * samples * bytes.get(at + BITS) / Byte.SIZE);
    }
}
