package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.DataFile;
import dev.cajal.nn.checkpoint.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Reads a picture in any format that ImageIO and its plug-ins know: PNG, JPEG, GIF (of several pictures the first), BMP, TIFF, WebP.
///
/// A file that is damaged or cut off is refused, also where its reader would go on with grey in place of what is missing.
final class PictureFile {
    private static final long LARGEST_FILE = 256L << 20;
    static final long MOST_PIXELS = 200_000_000;
    /// How much larger than it is needed a picture stays that is made smaller while it is decoded: then nobody sees that it was.
    private static final int SPARE = 2;
    /// What readers of JPEG say of a file that ends too early, before they go on.
    private static final List<String> CUT_OFF = List.of("Truncated", "premature end", "Premature end");

    private final Place place;
    private final byte[] bytes;
    private final List<String> warnings = new ArrayList<>();

    private PictureFile(Place place, byte[] bytes) {
        this.place = place;
        this.bytes = bytes;
    }

    /// A picture, upright.
    ///
    /// @throws DataException if it cannot be read, or is larger than any camera makes it
    static Image read(Path file) {
        return read(file, 0);
    }

    /// A picture, upright, scaled to cover so many rows and columns, and of that the middle. A large JPEG file is made smaller while it is decoded.
    ///
    /// @throws DataException if it cannot be read, or is larger than any camera makes it
    static Image covering(Path file, int rows, int columns) {
        byte[] bytes = new DataFile(file).bytes(LARGEST_FILE);
        int orientation = Orientation.of(bytes);
        boolean exchanged = Orientation.exchangesSides(orientation);
        return ReducedJpeg.read(bytes, SPARE * (exchanged ? columns : rows), SPARE * (exchanged ? rows : columns))
                .map(reduced -> Orientation.upright(reduced, orientation))
                .orElseGet(() -> new PictureFile(Place.of(file), bytes).decode(0))
                .covering(rows, columns);
    }

    /// The brightness of a picture, from 0 for black to 1 for white, upright.
    ///
    /// @param longerSide of the result at most twice this: a larger picture is thinned out while it is read
    /// @throws DataException if it cannot be read, or is larger than any camera makes it
    static Plane brightness(Path file, int longerSide) {
        Image image = read(file, longerSide).asGrey();
        var plane = new Plane(image.height(), image.width());
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                plane.values()[y * plane.width() + x] = image.get(y, x, 0) / 255f;
            }
        }
        return plane;
    }

    /// @param longerSide 0 for the whole picture
    private static Image read(Path file, int longerSide) {
        return new PictureFile(Place.of(file), new DataFile(file).bytes(LARGEST_FILE)).decode(longerSide);
    }

    private Image decode(int longerSide) {
        List<ImageReader> readers = readers();
        if (readers.isEmpty()) {
            throw new DataException(
                    "picture.format", place, null,
                    "This is no picture in a format that can be read (PNG, JPEG, GIF, BMP, TIFF, WebP). Save it as PNG or JPEG.");
        }
        Exception last = null;
        for (ImageReader reader : readers) {
            try (var in = stream()) {
                reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
                reader.setInput(in, true, true);
                return decode(reader, longerSide);
            } catch (DataException said) {
                throw said;
            } catch (IOException | RuntimeException cause) {
                // ImageIO's readers throw all kinds of unchecked exceptions at damaged files.
                last = cause;
            } finally {
                reader.dispose();
            }
        }
        throw damaged(last, String.valueOf(last == null ? null : last.getMessage()));
    }

    private MemoryCacheImageInputStream stream() {
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
    }

    /// All that may be able to read it, the likeliest first: what one of them does not understand another may.
    private List<ImageReader> readers() {
        List<ImageReader> readers = new ArrayList<>();
        try (var in = stream()) {
            ImageIO.getImageReaders(in).forEachRemaining(readers::add);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return readers;
    }

    private DataException damaged(@Nullable Exception cause, Object reason) {
        return new DataException(
                "picture.damaged", place, cause,
                "The picture is damaged, or of a kind that cannot be read (%s). Open it in another program and save it as PNG.",
                reason);
    }

    private Image decode(ImageReader reader, int longerSide) throws IOException {
        // Known before anything is decoded: a file of some bytes can claim to hold billions of pixels.
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new DataException(
                    "picture.too-many-pixels", place, null,
                    "The picture has %s x %s pixels; at most %s million are read. Make it smaller first.",
                    width, height, MOST_PIXELS / 1_000_000);
        }
        PngStructure.problem(bytes).ifPresent(problem -> {
            throw damaged(null, problem);
        });
        var parameters = reader.getDefaultReadParam();
        if (longerSide > 0) {
            int thinning = Math.max(1, Math.max(width, height) / (2 * longerSide));
            parameters.setSourceSubsampling(thinning, thinning, 0, 0);
        }
        ImageTypeSpecifier stored = reader.getRawImageType(0);
        if (stored != null && stored.getNumBands() == 3 && !stored.getColorModel().getColorSpace().isCS_sRGB()) {
            // Else the reader would apply the file's colour profile.
            parameters.setDestinationType(stored);
        }
        BufferedImage decoded = reader.read(0, parameters);
        for (String warning : warnings) {
            if (CUT_OFF.stream().anyMatch(warning::contains)) {
                throw damaged(null, warning);
            }
        }
        return Orientation.upright(Pixels.of(decoded), Orientation.of(bytes));
    }

    static void write(Image image, Path file) {
        boolean grey = image.channels() == 1;
        var drawn = new BufferedImage(image.width(), image.height(),
                grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        int[] numbers = new int[image.height() * image.width() * image.channels()];
        byte[] bytes = image.toBytes();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = bytes[i] & 0xff;
        }
        drawn.getRaster().setPixels(0, 0, image.width(), image.height(), numbers);
        AtomicFile.write(file, out -> ImageIO.write(drawn, "png", out));
    }
}
