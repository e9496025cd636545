package dev.cajal.data.image;

import dev.cajal.data.DataException;
import java.util.Arrays;

/// A picture as bytes: rows from the top, pixels from the left, channels last.
public final class Image {
    private final int height;
    private final int width;
    private final int channels;
    private final byte[] pixels;

    private Image(int height, int width, int channels, byte[] pixels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.pixels = pixels;
    }

    /// A picture from its pixels, which are copied.
    ///
    /// @throws DataException if there are more or fewer bytes than pixels
    public static Image of(int height, int width, int channels, byte[] pixels) {
        if (pixels.length != height * width * channels) {
            throw new DataException(
                    "image.size",
                    null,
                    "A picture of %s x %s pixels with %s channel(s) needs %s bytes, but got %s.",
                    height,
                    width,
                    channels,
                    height * width * channels,
                    pixels.length);
        }
        return new Image(height, width, channels, pixels.clone());
    }

    /// Rows.
    public int height() {
        return height;
    }

    /// Pixels of a row.
    public int width() {
        return width;
    }

    /// 1 for grey, 3 for colour.
    public int channels() {
        return channels;
    }

    /// A pixel's value, 0 to 255.
    public int get(int row, int column, int channel) {
        return pixels[(row * width + column) * channels + channel] & 0xff;
    }

    /// All bytes, copied.
    public byte[] toBytes() {
        return pixels.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image image
                && height == image.height
                && width == image.width
                && channels == image.channels
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }

    /// The picture in letters, dark to light, if it is small; for looking at it in a terminal or debugger.
    @Override
    public String toString() {
        if (width > 64 || height > 64 || channels != 1) {
            return "Image " + height + " x " + width + " x " + channels;
        }
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                out.append(" .:-=+*#%@".charAt(get(row, column, 0) * 9 / 255));
            }
            out.append('\n');
        }
        return out.toString();
    }
}
