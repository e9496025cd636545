package dev.cajal.data.image;

import dev.cajal.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

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

    /// A picture from pixels that nobody changes afterwards.
    static Image ofOwned(int height, int width, int channels, byte[] pixels) {
        return new Image(height, width, channels, pixels);
    }

    /// Reads a picture from a PNG, JPEG, GIF (the first of several), BMP, TIFF or WebP file: grey ones with one channel, all others with three; upright, if the
    /// file says how the camera was held (EXIF); on white, where it is transparent; as it is stored, whatever colour profile the file names. CMYK becomes RGB, and of 16 bits the upper
    /// 8 are taken.
    ///
    /// @throws DataException if the file is missing, damaged, cut off, no picture, or larger than 200 million pixels or than there is memory for: all pictures that are decoded at a time may take half
    /// of Java's heap, and wait for each other
    public static Image read(Path file) {
        return PictureFile.read(file);
    }

    /// Writes the picture to a PNG file, atomically.
    ///
    /// @throws dev.cajal.type.CajalException if that fails; a file that was there before is still there
    public void write(Path file) {
        PictureFile.write(this, file);
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

    /// All bytes, not copied; nobody may change them.
    byte[] pixels() {
        return pixels;
    }

    /// All bytes, copied.
    public byte[] toBytes() {
        return pixels.clone();
    }

    /// The luma of ITU-R BT.601, one channel.
    public Image asGrey() {
        if (channels == 1) {
            return this;
        }
        byte[] grey = new byte[height * width];
        for (int i = 0; i < grey.length; i++) {
            int at = 3 * i;
            grey[i] = (byte) Math.round(0.299f * (pixels[at] & 0xff) + 0.587f * (pixels[at + 1] & 0xff)
                    + 0.114f * (pixels[at + 2] & 0xff));
        }
        return new Image(height, width, 1, grey);
    }

    /// Three channels; of a grey picture all the same.
    public Image asColour() {
        if (channels == 3) {
            return this;
        }
        byte[] colour = new byte[3 * pixels.length];
        for (int i = 0; i < colour.length; i++) {
            colour[i] = pixels[i / 3];
        }
        return new Image(height, width, 3, colour);
    }

    /// The picture with other numbers of rows and columns: averaged where it shrinks, interpolated where it grows (bilinear with antialiasing). Its
    /// proportions change with them; see [#covering].
    public Image resized(int rows, int columns) {
        return rows == height && columns == width
                ? this
                : new Resampling(height, rows, 0, rows).both(new Resampling(width, columns, 0, columns), this);
    }

    /// The picture in its own proportions, as small as it can be to cover so many rows and columns, and of that the middle.
    public Image covering(int rows, int columns) {
        if (rows == height && columns == width) {
            return this;
        }
        double scale = Math.max((double) rows / height, (double) columns / width);
        int scaledRows = Math.max(rows, (int) Math.round(height * scale));
        int scaledColumns = Math.max(columns, (int) Math.round(width * scale));
        return new Resampling(height, scaledRows, (scaledRows - rows) / 2, rows)
                .both(new Resampling(width, scaledColumns, (scaledColumns - columns) / 2, columns), this);
    }

    /// A part of the picture.
    ///
    /// @throws IndexOutOfBoundsException if it is not inside
    public Image cropped(int top, int left, int rows, int columns) {
        Objects.checkFromIndexSize(top, rows, height);
        Objects.checkFromIndexSize(left, columns, width);
        byte[] part = new byte[rows * columns * channels];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(pixels, ((top + row) * width + left) * channels, part, row * columns * channels,
                    columns * channels);
        }
        return new Image(rows, columns, channels, part);
    }

    /// Rows and columns exchanged.
    public Image transposed() {
        byte[] result = new byte[pixels.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                System.arraycopy(pixels, (row * width + column) * channels, result, (column * height + row) * channels,
                        channels);
            }
        }
        return new Image(width, height, channels, result);
    }

    /// The order of rows, of columns, or of both reversed.
    public Image flipped(boolean rows, boolean columns) {
        if (!rows && !columns) {
            return this;
        }
        byte[] result = new byte[pixels.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int from = (rows ? height - 1 - row : row) * width + (columns ? width - 1 - column : column);
                System.arraycopy(pixels, from * channels, result, (row * width + column) * channels, channels);
            }
        }
        return new Image(height, width, channels, result);
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
