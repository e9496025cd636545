package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.DataFile;
import dev.cajal.nn.checkpoint.AtomicFile;
import dev.cajal.type.Phrase;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Reads a picture in any format that ImageIO and its plug-ins know: PNG, JPEG, GIF (of several pictures the first), BMP, TIFF, WebP.
///
/// A file that is damaged or cut off is refused, also where its reader would go on with grey in place of what is missing.
final class PictureFile {
    private static final long LARGEST_FILE = 256L << 20;
    static final long MOST_PIXELS = 200_000_000;
    /// What has no more pixels takes some megabytes, which are not counted.
    private static final long SMALL = 1 << 20;
    /// What readers of JPEG say of a file that ends too early, before they go on.
    private static final List<String> CUT_OFF = List.of("Truncated", "premature end", "Premature end");

    private final Place place;
    private final byte[] bytes;
    private final PictureMemory memory;
    private final List<String> warnings = new ArrayList<>();

    PictureFile(Path file, PictureMemory memory) {
        this.place = Place.of(file);
        this.bytes = new DataFile(file).bytes(LARGEST_FILE);
        this.memory = memory;
    }

    /// A picture, upright.
    ///
    /// @throws DataException if it cannot be read, or is larger than any camera makes it or than there is memory for
    static Image read(Path file) {
        return inMemory(file, () -> new PictureFile(file, PictureMemory.OF_HEAP).decode(Thinning.none()));
    }

    /// A picture, upright, scaled to cover so many rows and columns, and of that the middle. A large JPEG file is made smaller while it is decoded, and any other of more than fifty million
    /// pixels is thinned out.
    ///
    /// @throws DataException if it cannot be read, or is larger than any camera makes it or than there is memory for
    static Image covering(Path file, int rows, int columns) {
        return inMemory(file, () -> new PictureFile(file, PictureMemory.OF_HEAP).covering(rows, columns));
    }

    /// The brightness of a picture, from 0 for black to 1 for white, upright.
    ///
    /// @param longerSide of the result at most twice this: a larger picture is thinned out while it is read
    /// @throws DataException if it cannot be read, or is larger than any camera makes it or than there is memory for
    static Plane brightness(Path file, int longerSide) {
        Image image = inMemory(file,
                () -> new PictureFile(file, PictureMemory.OF_HEAP).decode(Thinning.to(longerSide))).asGrey();
        var plane = new Plane(image.height(), image.width());
        for (int y = 0; y < plane.height(); y++) {
            for (int x = 0; x < plane.width(); x++) {
                plane.values()[y * plane.width() + x] = image.get(y, x, 0) / 255f;
            }
        }
        return plane;
    }

    /// The size and the channels that a picture has when it is read, of which nothing is decoded.
    ///
    /// @throws DataException if it cannot be read
    static ImageInputs size(Path file) {
        return new PictureFile(file, PictureMemory.OF_HEAP).size();
    }

    /// Whatever else fills the memory, the picture that finds none is named.
    private static <T> T inMemory(Path file, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OutOfMemoryError exhausted) {
            throw new DataException(
                    "picture.no-memory", Place.of(file), exhausted,
                    "There is no memory left to read this picture. Give Java more than %s MB, with -Xmx in JDK_JAVA_OPTIONS, or make the picture smaller first.",
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    Image covering(int rows, int columns) {
        int orientation = Orientation.of(bytes);
        boolean exchanged = Orientation.exchangesSides(orientation);
        int storedRows = exchanged ? columns : rows;
        int storedColumns = exchanged ? rows : columns;
        return ReducedJpeg.read(bytes, Thinning.SPARE * storedRows, Thinning.SPARE * storedColumns)
                .map(reduced -> Orientation.upright(reduced, orientation))
                .orElseGet(() -> decode(Thinning.covering(storedRows, storedColumns)))
                .covering(rows, columns);
    }

    /// What is done with a reader that may understand the file.
    @FunctionalInterface
    private interface Reading<T> {
        T with(ImageReader reader) throws IOException;
    }

    private Image decode(Thinning thinning) {
        return reading(reader -> decode(reader, thinning));
    }

    private ImageInputs size() {
        PictureHeader header = reading(this::header);
        boolean exchanged = Orientation.exchangesSides(Orientation.of(bytes));
        return new ImageInputs(exchanged ? header.width() : header.height(),
                exchanged ? header.height() : header.width(), header.channels());
    }

    private <T> T reading(Reading<T> reading) {
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
                return reading.with(reader);
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

    /// Finds out before anything is decoded whether that is worth trying: a file of some bytes can claim to hold billions of pixels.
    private void check(ImageReader reader) throws IOException {
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
        if ((long) width * height > PictureHeader.most(reader, bytes)) {
            throw damaged(null, Phrase.words("fewer bytes than so many pixels take"));
        }
    }

    private PictureHeader header(ImageReader reader) throws IOException {
        check(reader);
        return PictureHeader.of(reader, bytes);
    }

    private Image decode(ImageReader reader, Thinning thinning) throws IOException {
        check(reader);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        int factor = thinning.of(width, height);
        int orientation = Orientation.of(bytes);
        if ((long) width * height <= SMALL) {
            return decode(reader, factor, orientation);
        }
        long needed = PictureHeader.of(reader, bytes).bytes(factor, orientation != Orientation.UPRIGHT);
        if (!memory.suffices(needed)) {
            throw new DataException(
                    "picture.memory", place, null,
                    "The picture has %s x %s pixels, and to decode it takes %s MB of memory; there are %s MB for that. Make it smaller first, or give Java more memory, with -Xmx in JDK_JAVA_OPTIONS.",
                    width, height, needed >> 20, memory.megabytes());
        }
        return memory.take(needed, () -> decode(reader, factor, orientation));
    }

    private Image decode(ImageReader reader, int thinning, int orientation) throws IOException {
        var parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(thinning, thinning, 0, 0);
        PictureHeader.ownType(reader).ifPresent(parameters::setDestinationType);
        BufferedImage decoded = reader.read(0, parameters);
        for (String warning : warnings) {
            if (CUT_OFF.stream().anyMatch(warning::contains)) {
                throw damaged(null, warning);
            }
        }
        return Orientation.upright(Pixels.of(decoded), orientation);
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
