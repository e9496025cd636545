package dev.cajal.data.image;

import java.util.Arrays;
import java.util.List;

/// Pictures side by side on a white sheet.
public final class PictureSheet {
    private static final int GAP = 2;
    private static final int COLOURS = 3;
    /// Small pictures are enlarged to about so many pixels.
    private static final int LEGIBLE = 64;

    private PictureSheet() {}

    /// A sheet of pictures of one size, row by row, enlarged if they are small.
    ///
    /// @param pictures at least one
    /// @param columns pictures of a row
    public static Image of(List<Image> pictures, int columns) {
        Image first = pictures.getFirst();
        int zoom = Math.max(1, LEGIBLE / Math.max(first.height(), first.width()));
        int cellWidth = zoom * first.width() + GAP;
        int cellHeight = zoom * first.height() + GAP;
        int width = Math.min(columns, pictures.size()) * cellWidth + GAP;
        int height = Math.ceilDiv(pictures.size(), columns) * cellHeight + GAP;
        byte[] sheet = new byte[height * width * COLOURS];
        Arrays.fill(sheet, (byte) 0xff);
        for (int i = 0; i < pictures.size(); i++) {
            int left = i % columns * cellWidth + GAP;
            int top = i / columns * cellHeight + GAP;
            Image picture = pictures.get(i).asColour();
            for (int y = 0; y < zoom * picture.height(); y++) {
                for (int x = 0; x < zoom * picture.width(); x++) {
                    for (int channel = 0; channel < COLOURS; channel++) {
                        sheet[((top + y) * width + left + x) * COLOURS + channel] = (byte) picture.get(y / zoom,
                                x / zoom, channel);
                    }
                }
            }
        }
        return Image.of(height, width, COLOURS, sheet);
    }
}
