package dev.cajal.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Where a file of a picture has its EXIF data (CIPA DC-008), which is a small TIFF file: a JPEG file in a segment, a PNG file in a chunk `eXIf`, a WebP file in a chunk `EXIF`; a TIFF file is one itself.
final class ExifBlock {
    private static final int START_OF_IMAGE = 0xffd8;
    private static final int START_OF_SCAN = 0xffda;
    private static final int APPLICATION_1 = 0xffe1;
    /// `Exif`, behind which come two zero bytes.
    private static final int EXIF = 0x45786966;
    private static final int EXIF_HEADER_BYTES = 6;
    private static final int LEAST_BYTES = 8;
    private static final int LITTLE = 0x49492a00;
    private static final int BIG = 0x4d4d002a;
    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int PNG_EXIF = 0x65584966;
    private static final int PNG_END = 0x49454e44;
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int WEBP_EXIF = 0x45584946;

    private ExifBlock() {}

    /// The EXIF data of a file, from its first byte order mark on; empty if there is none, or it is damaged.
    static Optional<ByteBuffer> in(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < 2 * LEAST_BYTES) {
            return Optional.empty();
        }
        Optional<ByteBuffer> found = switch (bytes.getInt(0)) {
            case LITTLE, BIG -> Optional.of(bytes);
            case RIFF -> bytes.getInt(8) == WEBP ? inWebp(bytes) : Optional.empty();
            default -> bytes.getLong(0) == PNG ? inPng(bytes) : inJpeg(bytes);
        };
        return found.map(ExifBlock::withoutHeader).filter(block -> block.remaining() >= LEAST_BYTES);
    }

    private static ByteBuffer withoutHeader(ByteBuffer block) {
        boolean has = block.remaining() > EXIF_HEADER_BYTES && block.getInt(0) == EXIF;
        return has ? block.slice(EXIF_HEADER_BYTES, block.remaining() - EXIF_HEADER_BYTES) : block;
    }

    private static Optional<ByteBuffer> inJpeg(ByteBuffer bytes) {
        if (unsigned(bytes.getShort()) != START_OF_IMAGE) {
            return Optional.empty();
        }
        while (bytes.remaining() >= 4) {
            int marker = unsigned(bytes.getShort());
            int length = unsigned(bytes.getShort(bytes.position()));
            if (marker == START_OF_SCAN || length < 2 || length > bytes.remaining()) {
                return Optional.empty();
            }
            if (marker == APPLICATION_1 && length > 2 + EXIF_HEADER_BYTES
                    && bytes.getInt(bytes.position() + 2) == EXIF) {
                return Optional.of(bytes.slice(bytes.position() + 2, length - 2));
            }
            bytes.position(bytes.position() + length);
        }
        return Optional.empty();
    }

    /// Chunks of length, type, data and check sum.
    private static Optional<ByteBuffer> inPng(ByteBuffer bytes) {
        bytes.position(Long.BYTES);
        while (bytes.remaining() >= 3 * Integer.BYTES) {
            long length = Integer.toUnsignedLong(bytes.getInt());
            int type = bytes.getInt();
            if (type == PNG_END || length + Integer.BYTES > bytes.remaining()) {
                return Optional.empty();
            }
            if (type == PNG_EXIF) {
                return Optional.of(bytes.slice(bytes.position(), (int) length));
            }
            bytes.position(bytes.position() + (int) length + Integer.BYTES);
        }
        return Optional.empty();
    }

    /// Chunks of type, length and data, which are filled up to an even length.
    private static Optional<ByteBuffer> inWebp(ByteBuffer bytes) {
        bytes.position(3 * Integer.BYTES);
        while (bytes.remaining() >= 2 * Integer.BYTES) {
            int type = bytes.getInt();
            long length = Integer.toUnsignedLong(bytes.order(ByteOrder.LITTLE_ENDIAN).getInt());
            bytes.order(ByteOrder.BIG_ENDIAN);
            if (length > bytes.remaining()) {
                return Optional.empty();
            }
            if (type == WEBP_EXIF) {
                return Optional.of(bytes.slice(bytes.position(), (int) length));
            }
            bytes.position((int) Math.min(bytes.limit(), bytes.position() + length + length % 2));
        }
        return Optional.empty();
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }
}
