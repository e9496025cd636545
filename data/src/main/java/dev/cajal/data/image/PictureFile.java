package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.DataFile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads the brightness of a picture in any format that Java's ImageIO knows: PNG, JPEG, GIF, BMP, TIFF.
final class PictureFile {
    private static final long LARGEST_FILE = 256L << 20;
    private static final long MOST_PIXELS = 200_000_000;

    private final Place place;
    private final byte[] bytes;

    private PictureFile(Place place, byte[] bytes) {
        this.place = place;
        this.bytes = bytes;
    }

    /// The brightness of a picture, from 0 for black to 1 for white, upright; a picture that is partly transparent lies on white.
    ///
    /// @param longerSide of the result at most twice this: a larger picture is thinned out while it is read
    /// @throws DataException if it cannot be read, or is larger than any camera makes it
    static Plane read(Path file, int longerSide) {
        return new PictureFile(Place.of(file), new DataFile(file).bytes(LARGEST_FILE)).decode(longerSide);
    }

    private Plane decode(int longerSide) {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException(
                        "picture.format", place, null,
                        "This is no picture in a format that can be read (PNG, JPEG, GIF, BMP, TIFF). Save it as PNG or JPEG.");
            }
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return decode(reader, longerSide);
            } finally {
                reader.dispose();
            }
        } catch (DataException said) {
            throw said;
        } catch (IOException | RuntimeException cause) {
            // ImageIO's readers throw all kinds of unchecked exceptions at damaged files.
            throw new DataException(
                    "picture.damaged", place, cause,
                    "The picture is damaged, or of a kind that cannot be read (%s). Open it in another program and save it as PNG.",
                    String.valueOf(cause.getMessage()));
        }
    }

    private Plane decode(ImageReader reader, int longerSide) throws IOException {
        // Known before anything is decoded: a file of some bytes can claim to hold billions of pixels.
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new DataException(
                    "picture.too-many-pixels", place, null,
                    "The picture has %s x %s pixels; at most %s million are read. Make it smaller first.",
                    width, height, MOST_PIXELS / 1_000_000);
        }
        var parameters = reader.getDefaultReadParam();
        int thinning = Math.max(1, Math.max(width, height) / (2 * longerSide));
        parameters.setSourceSubsampling(thinning, thinning, 0, 0);
        return Orientation.upright(brightness(reader.read(0, parameters)), Orientation.of(bytes));
    }

    private static Plane brightness(BufferedImage image) {
        var plane = new Plane(image.getHeight(), image.getWidth());
        boolean grey = image.getRaster().getNumBands() == 1 && !(image.getColorModel() instanceof IndexColorModel);
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                plane.values()[y * plane.width() + x] = grey ? sample(image, y, x) : luma(image.getRGB(x, y));
            }
        }
        return plane;
    }

    /// As stored: through the colour model of a grey picture it would come out brighter.
    private static float sample(BufferedImage image, int y, int x) {
        int bits = image.getColorModel().getComponentSize(0);
        return (float) (image.getRaster().getSample(x, y, 0) / ((1L << bits) - 1.0));
    }

    /// The luma of ITU-R BT.601 on white.
    private static float luma(int argb) {
        float luma = (0.299f * (argb >> 16 & 0xff) + 0.587f * (argb >> 8 & 0xff) + 0.114f * (argb & 0xff)) / 255;
        float opacity = (argb >>> 24) / 255f;
        return 1 - opacity + opacity * luma;
    }
}
