package dev.cajal.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera was held, by the EXIF tag 0x0112 (CIPA DC-008): what a phone writes instead of turning the pixels.
///
/// A value from 1 (upright) to 8. Files that have no such tag or a damaged one are upright: a wrong orientation is no reason to
/// refuse a picture.
final class Orientation {
    static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;
    private static final int TAG_BYTES = 12;

    private Orientation() {}

    /// The orientation that a JPEG, PNG, WebP or TIFF file says.
    static int of(byte[] file) {
        return ExifBlock.in(file).map(Orientation::ofTiff).orElse(UPRIGHT);
    }

    /// EXIF is a TIFF file: byte order, 42, where the first directory is; there a count and entries of 12 bytes.
    private static int ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (tiff.getShort(2) != 42 || directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = unsigned(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * TAG_BYTES;
            if (entry + TAG_BYTES > tiff.limit()) {
                return UPRIGHT;
            }
            if (unsigned(tiff.getShort(entry)) == TAG) {
                int value = unsigned(tiff.getShort(entry + 8));
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    /// Whether rows are stored as columns.
    static boolean exchangesSides(int orientation) {
        return orientation >= 5;
    }

    /// A picture as it was seen.
    ///
    /// @param orientation from 1 to 8
    static Image upright(Image picture, int orientation) {
        var turned = exchangesSides(orientation) ? picture.transposed() : picture;
        boolean flipRows = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        boolean flipColumns = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        return turned.flipped(flipRows, flipColumns);
    }
}
