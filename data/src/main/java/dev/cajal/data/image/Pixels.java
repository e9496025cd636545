package dev.cajal.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/// Takes the pixels of a decoded picture as bytes: grey ones with one channel, all others with three. What is transparent lies on white.
///
/// Samples are taken as stored, whatever colour profile the file has, as other libraries for deep learning do: through their colour models greys would come out
/// brighter. Of 16 bits the upper 8 are taken.
final class Pixels {
    private static final int OPAQUE = 255;

    private Pixels() {}

    /// The picture.
    static Image of(BufferedImage picture) {
        ColorModel model = picture.getColorModel();
        if (isPlain(model, ColorSpace.TYPE_GRAY)) {
            return ofSamples(picture, 1);
        }
        if (isPlain(model, ColorSpace.TYPE_RGB)) {
            return ofSamples(picture, 3);
        }
        return ofColours(picture);
    }

    /// The channels of pictures with such colours.
    static int channels(ColorModel model) {
        return isPlain(model, ColorSpace.TYPE_GRAY) ? 1 : 3;
    }

    private static boolean isPlain(ColorModel model, int type) {
        return model instanceof ComponentColorModel && !model.isAlphaPremultiplied()
                && model.getColorSpace().getType() == type;
    }

    private static Image ofSamples(BufferedImage picture, int channels) {
        Raster raster = picture.getRaster();
        boolean eight = picture.getColorModel().getComponentSize(0) == Byte.SIZE && raster.getNumBands() == channels;
        if (eight && raster.getParent() == null && raster.getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getOffset() == 0 && raster.getSampleModel() instanceof PixelInterleavedSampleModel model) {
            return ofBytes(picture, model, bytes.getData());
        }
        int width = picture.getWidth();
        int bands = raster.getNumBands();
        int bits = picture.getColorModel().getComponentSize(0);
        byte[] pixels = new byte[picture.getHeight() * width * channels];
        int[] row = new int[width * bands];
        int to = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int opacity = bands > channels ? eightBits(row[at + channels], bits) : OPAQUE;
                for (int c = 0; c < channels; c++) {
                    pixels[to++] = (byte) onWhite(eightBits(row[at + c], bits), opacity);
                }
            }
        }
        return Image.ofOwned(picture.getHeight(), width, channels, pixels);
    }

    /// The usual case: eight bits for each sample, and nothing else.
    private static Image ofBytes(BufferedImage picture, PixelInterleavedSampleModel model, byte[] samples) {
        int[] offsets = model.getBandOffsets();
        int step = model.getPixelStride();
        byte[] pixels = new byte[picture.getHeight() * picture.getWidth() * offsets.length];
        int to = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            int from = y * model.getScanlineStride();
            for (int x = 0; x < picture.getWidth(); x++) {
                for (int offset : offsets) {
                    pixels[to++] = samples[from + offset];
                }
                from += step;
            }
        }
        return Image.ofOwned(picture.getHeight(), picture.getWidth(), offsets.length, pixels);
    }

    private static int eightBits(int sample, int bits) {
        return bits == Byte.SIZE
                ? sample
                : bits > Byte.SIZE ? sample >>> bits - Byte.SIZE : sample * OPAQUE / ((1 << bits) - 1);
    }

    private static int onWhite(int sample, int opacity) {
        return opacity == OPAQUE ? sample : Math.round(OPAQUE - (OPAQUE - sample) * opacity / (float) OPAQUE);
    }

    /// Palettes and what else there may be.
    private static Image ofColours(BufferedImage picture) {
        int width = picture.getWidth();
        byte[] pixels = new byte[picture.getHeight() * width * 3];
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                int opacity = argb >>> 24;
                pixels[to++] = (byte) onWhite(argb >> 16 & 0xff, opacity);
                pixels[to++] = (byte) onWhite(argb >> 8 & 0xff, opacity);
                pixels[to++] = (byte) onWhite(argb & 0xff, opacity);
            }
        }
        return Image.ofOwned(picture.getHeight(), width, 3, pixels);
    }
}
