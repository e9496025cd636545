package dev.cajal.data.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Decodes a JPEG file at a half, a quarter or an eighth of its size, which takes a fraction of the time: the means of pixels are made of a block at once. Where colours are stored
/// at half the size, they are not enlarged first.
///
/// It reads what cameras write, and no damaged files: all others are for a reader that knows more, and can say what is wrong with them.
final class ReducedJpeg {
    private static final int SIDE = 8;
    private static final int END = 0xd9;
    private static final int RESTARTS = 8;
    private static final int HALF = 1 << 15;
    private static final int MIDDLE = 128;

    private final JpegHeader header;
    private final JpegBits bits;
    /// Pixels of the file to one.
    private final int factor;
    private final int groupsAcross;
    private final int groupsDown;
    /// Pixels of a row, up to the end of the last group.
    private final int stride;
    private final int groupRows;
    private final int groupColumns;

    private ReducedJpeg(byte[] file, JpegHeader header, int factor) {
        this.header = header;
        this.bits = new JpegBits(file, header.scan);
        this.factor = factor;
        int across = header.components.stream().mapToInt(part -> part.across).max().orElseThrow();
        int down = header.components.stream().mapToInt(part -> part.down).max().orElseThrow();
        this.groupsAcross = Math.ceilDiv(header.width, SIDE * across);
        this.groupsDown = Math.ceilDiv(header.height, SIDE * down);
        this.groupRows = SIDE * down / factor;
        this.groupColumns = SIDE * across / factor;
        this.stride = groupsAcross * groupColumns;
    }

    /// A picture that has still at least so many rows and columns.
    ///
    /// @return as stored, not turned upright; empty if it would be less than half as large, or the file is damaged or of another kind
    static Optional<Image> read(byte[] file, int rows, int columns) {
        try {
            JpegHeader header = JpegHeader.of(file);
            int factor = SIDE;
            while (factor > 1 && (header.height / factor < rows || header.width / factor < columns)) {
                factor /= 2;
            }
            return factor == 1 || (long) header.height * header.width > PictureFile.MOST_PIXELS
                    ? Optional.empty()
                    : Optional.of(new ReducedJpeg(file, header, factor).decode());
        } catch (IOException unusual) {
            return Optional.empty();
        }
    }

    private Image decode() throws IOException {
        int count = header.components.size();
        byte[][] planes = new byte[count][Math.multiplyExact(stride, groupsDown * groupRows)];
        JpegBlocks[] blocks = new JpegBlocks[count];
        for (int i = 0; i < count; i++) {
            JpegHeader.Component part = header.components.get(i);
            blocks[i] = new JpegBlocks(groupRows / part.down, groupColumns / part.across);
        }
        int groups = groupsAcross * groupsDown;
        for (int group = 0; group < groups; group++) {
            if (header.restart > 0 && group > 0 && group % header.restart == 0) {
                bits.restart((group / header.restart - 1) % RESTARTS);
                header.components.forEach(JpegHeader.Component::restart);
            }
            int corner = group / groupsAcross * groupRows * stride + group % groupsAcross * groupColumns;
            for (int i = 0; i < count; i++) {
                group(header.components.get(i), blocks[i], planes[i], corner);
            }
        }
        if (bits.marker() != END) {
            throw new IOException("there is more than one scan");
        }
        return image(planes);
    }

    private final float[] block = new float[SIDE * SIDE];

    private void group(JpegHeader.Component part, JpegBlocks blocks, byte[] plane, int corner) throws IOException {
        int rows = groupRows / part.down;
        int columns = groupColumns / part.across;
        for (int row = 0; row < part.down; row++) {
            for (int column = 0; column < part.across; column++) {
                Arrays.fill(block, 0);
                int last = part.read(bits, block);
                blocks.write(block, last, plane, corner + row * rows * stride + column * columns, stride);
            }
        }
    }

    private Image image(byte[][] planes) {
        int rows = Math.ceilDiv(header.height, factor);
        int columns = Math.ceilDiv(header.width, factor);
        byte[] pixels = new byte[rows * columns * planes.length];
        for (int row = 0; row < rows; row++) {
            if (planes.length == 1) {
                System.arraycopy(planes[0], row * stride, pixels, row * columns, columns);
            } else {
                colours(planes, row * stride, pixels, row * columns * 3, columns);
            }
        }
        return Image.ofOwned(rows, columns, planes.length, pixels);
    }

    /// From luma and two differences to red, green and blue (JFIF 1.02), in whole numbers of 2^-16.
    private static void colours(byte[][] planes, int from, byte[] pixels, int to, int count) {
        for (int i = 0; i < count; i++) {
            int luma = planes[0][from + i] & 0xff;
            int blue = (planes[1][from + i] & 0xff) - MIDDLE;
            int red = (planes[2][from + i] & 0xff) - MIDDLE;
            int at = to + 3 * i;
            pixels[at] = level(luma + (91_881 * red + HALF >> 16));
            pixels[at + 1] = level(luma + (-22_554 * blue - 46_802 * red + HALF >> 16));
            pixels[at + 2] = level(luma + (116_130 * blue + HALF >> 16));
        }
    }

    private static byte level(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }
}
