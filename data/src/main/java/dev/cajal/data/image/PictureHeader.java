package dev.cajal.data.image;

import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/// What is known of a picture before its pixels are decoded.
///
/// @param width as stored, before it is turned upright; likewise `height`
/// @param type of the pixels as they are decoded
/// @param byLines whether the reader keeps some lines only of what is not wanted
record PictureHeader(int width, int height, ImageTypeSpecifier type, boolean byLines) {
    private static final Set<String> BY_LINES = Set.of("png", "gif");
    private static final int COLOURS = 3;

    /// @param file all bytes of it
    static PictureHeader of(ImageReader reader, byte[] file) throws IOException {
        Optional<ImageTypeSpecifier> own = ownType(reader);
        return new PictureHeader(reader.getWidth(0), reader.getHeight(0),
                own.isPresent() ? own.get() : reader.getImageTypes(0).next(),
                BY_LINES.contains(reader.getFormatName().toLowerCase(Locale.ROOT)) || isPlainJpeg(file));
    }

    /// The type that a reader has to be told to decode to, else it would apply the file's colour profile.
    static Optional<ImageTypeSpecifier> ownType(ImageReader reader) throws IOException {
        return Optional.ofNullable(reader.getRawImageType(0))
                .filter(stored -> stored.getNumBands() == COLOURS
                        && !stored.getColorModel().getColorSpace().isCS_sRGB());
    }

    /// How many pixels a file of this kind can hold at most, so that nothing is done for one that only says that it has them. A code of GIF stands for up to 4096; a block of 64 takes a bit of a JPEG file at least.
    static long most(ImageReader reader, byte[] file) throws IOException {
        return switch (reader.getFormatName().toLowerCase(Locale.ROOT)) {
            case "gif" -> 4096L * file.length;
            case "jpeg", "jpg" -> 64L * Byte.SIZE * file.length;
            default -> Long.MAX_VALUE;
        };
    }

    /// Whether it is a JPEG file with one scan: of others the coefficients of all scans are kept.
    private static boolean isPlainJpeg(byte[] file) {
        try {
            JpegHeader.of(file);
            return true;
        } catch (IOException unusual) {
            return false;
        }
    }

    long pixels() {
        return (long) width * height;
    }

    /// The channels that the picture has when it is read.
    int channels() {
        return Pixels.channels(type.getColorModel());
    }

    /// About how many bytes decoding takes.
    ///
    /// @param thinning of how many pixels of a row, and of how many rows, one is wanted
    /// @param turned whether it is to be turned upright
    long bytes(int thinning, boolean turned) {
        long columns = Math.ceilDiv(width, thinning);
        long wanted = columns * Math.ceilDiv(height, thinning);
        SampleModel samples = type.getSampleModel();
        long size = (long) samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType())
                / Byte.SIZE;
        // What is decoded, the picture as bytes, a second time where it is turned, and a row while it is scaled.
        long kept = wanted * (size + channels() * (turned ? 2 : 1)) + columns * channels() * Float.BYTES;
        return byLines ? kept : kept + pixels() * COLOURS * (size > COLOURS ? 2 : 1);
    }
}
