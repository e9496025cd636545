package dev.cajal.data.image;

import java.util.Arrays;

/// Makes pixels of the blocks of a JPEG file, fewer than the 8 x 8 that they were made from: each is the mean of 2 x 2, 4 x 4 or 8 x 8 of those, computed at once.
///
/// The mean of two neighbours of a cosine wave is that wave at half as many places, times `cos(u pi / 16)`; there the frequencies above 4 look like those below, turned over.
final class JpegBlocks {
    private static final int SIDE = 8;
    private static final int MIDDLE = 128;
    private static final int[] PLACES = places();
    /// `sqrt(1/8)`, and half of the cosines of so many sixteenths of pi.
    private static final float ALL = (float) Math.sqrt(1.0 / SIDE);
    private static final float C1 = cosine(1);
    private static final float C2 = cosine(2);
    private static final float C3 = cosine(3);
    private static final float C4 = cosine(4);
    private static final float C5 = cosine(5);
    private static final float C6 = cosine(6);
    private static final float C7 = cosine(7);

    private final int rows;
    private final int columns;
    private final float[] half = new float[SIDE * SIDE];
    private final float[] whole = new float[SIDE * SIDE];

    /// @param rows pixels that a block becomes, one below the other: 1, 2, 4 or 8
    /// @param columns pixels that it becomes, beside each other
    JpegBlocks(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    private static float cosine(int sixteenths) {
        return (float) (StrictMath.cos(sixteenths * Math.PI / (2 * SIDE)) / 2);
    }

    /// The coefficients along diagonals, as they are stored.
    private static int[] places() {
        int[] places = new int[SIDE * SIDE];
        int at = 0;
        for (int diagonal = 0; diagonal < 2 * SIDE - 1; diagonal++) {
            for (int i = Math.max(0, diagonal - SIDE + 1); i <= Math.min(diagonal, SIDE - 1); i++) {
                int row = diagonal % 2 == 0 ? diagonal - i : i;
                places[at++] = row * SIDE + diagonal - row;
            }
        }
        return places;
    }

    /// Where in a block, row by row, the coefficient is that is stored at a position.
    static int place(int position) {
        return PLACES[position];
    }

    /// Writes the pixels of a block.
    ///
    /// @param block coefficients, row by row
    /// @param last position of the last one that is not 0
    /// @param plane where they go
    /// @param from the first pixel
    /// @param stride from row to row
    void write(float[] block, int last, byte[] plane, int from, int stride) {
        if (last == 0 || rows * columns == 1) {
            byte level = level(block[0] / SIDE);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    plane[from + row * stride + column] = level;
                }
            }
            return;
        }
        // Diagonals are filled one after the other, so that beyond the last one there is nothing.
        int used = Math.min(SIDE, PLACES[last] / SIDE + PLACES[last] % SIDE + 1);
        for (int v = 0; v < used; v++) {
            line(block, v * SIDE, 1, half, v * SIDE, columns);
        }
        Arrays.fill(half, used * SIDE, SIDE * SIDE, 0);
        for (int column = 0; column < columns; column++) {
            line(half, column, SIDE, whole, column * SIDE, rows);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                // What the columns gave lies column by column.
                plane[from + row * stride + column] = level(whole[column * SIDE + row]);
            }
        }
    }

    /// The cosine transform of one row or column, from frequencies to pixels.
    ///
    /// @param step from one frequency to the next
    /// @param length how many pixels there are to be, one behind the other
    private static void line(float[] in, int at, int step, float[] out, int to, int length) {
        float mean = ALL * in[at];
        switch (length) {
            case 1 -> out[to] = mean;
            case 2 -> {
                float slope = C4 * (4 * (C1 * C2 * in[at + step] - C3 * C6 * in[at + 3 * step]
                        + C5 * C6 * in[at + 5 * step] - C7 * C2 * in[at + 7 * step]));
                out[to] = mean + slope;
                out[to + 1] = mean - slope;
            }
            case 4 -> four(mean, 2 * (C1 * in[at + step] - C7 * in[at + 7 * step]),
                    2 * (C2 * in[at + 2 * step] - C6 * in[at + 6 * step]),
                    2 * (C3 * in[at + 3 * step] - C5 * in[at + 5 * step]), out, to);
            default -> eight(mean, in, at, step, out, to);
        }
    }

    private static void four(float mean, float a, float b, float c, float[] out, int to) {
        float even = C4 * b;
        float outer = C2 * a + C6 * c;
        float inner = C6 * a - C2 * c;
        out[to] = mean + even + outer;
        out[to + 1] = mean - even + inner;
        out[to + 2] = mean - even - inner;
        out[to + 3] = mean + even - outer;
    }

    /// The even frequencies are those of half the length.
    private static void eight(float mean, float[] in, int at, int step, float[] out, int to) {
        four(mean, in[at + 2 * step], in[at + 4 * step], in[at + 6 * step], out, to);
        float a = in[at + step];
        float b = in[at + 3 * step];
        float c = in[at + 5 * step];
        float d = in[at + 7 * step];
        mirror(out, to, C1 * a + C3 * b + C5 * c + C7 * d, 0);
        mirror(out, to, C3 * a - C7 * b - C1 * c - C5 * d, 1);
        mirror(out, to, C5 * a - C1 * b + C7 * c + C3 * d, 2);
        mirror(out, to, C7 * a - C5 * b + C3 * c - C1 * d, 3);
    }

    private static void mirror(float[] out, int to, float odd, int pixel) {
        float even = out[to + pixel];
        out[to + pixel] = even + odd;
        out[to + SIDE - 1 - pixel] = even - odd;
    }

    private static byte level(float value) {
        // Rounded down after a half is added; what is below 0 is cut off anyway.
        return (byte) Math.clamp((int) (value + MIDDLE + 0.5f), 0, 255);
    }
}
