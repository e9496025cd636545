package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import dev.cajal.data.idx.IdxFile;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitPictureTest {
    private static final Map<String, Photo> PHOTOS = Map.of(
            "scan", Photo.scan(),
            "several megapixels", Photo.scan().withSize(2400, 1800, 0.5),
            "icon", Photo.scan().withSize(64, 64, 0.7),
            "ball pen", Photo.scan().withPen(0.025),
            "pencil", Photo.scan().withColours(0.9, 0.5),
            "blackboard", Photo.scan().withColours(0.15, 0.85).withLight(0.3, Shadow.none(), 4),
            "light from one side", Photo.scan().withLight(0.8, Shadow.none(), 5),
            "shadow", Photo.scan().withLight(0.2, Shadow.straight(), 5),
            "noise", Photo.scan().withLight(0.2, Shadow.none(), 20));

    private static final List<String> FORMATS_MATTER = List.of("scan", "icon", "noise");

    @TempDir
    private Path folder;

    @Tag("slow")
    @Test
    void aDigitLooksTheSameHoweverItWasPhotographed() throws IOException {
        for (int digit : List.of(0, 2, 4, 5)) {
            var reference = frame(digit);
            for (var photo : PHOTOS.entrySet()) {
                for (String format : List.of("png", "jpg", "bmp", "gif")) {
                    if (!format.equals("png") && !FORMATS_MATTER.contains(photo.getKey())) {
                        continue;
                    }
                    Path file = folder.resolve(digit + "." + format);
                    ImageIO.write(photo.getValue().take(Photo.digit(digit), 1), format, file.toFile());
                    assertThat(similarity(DigitPicture.read(file), reference))
                            .as("%s, %s as %s", digit, photo.getKey(), format)
                            .isGreaterThan(0.8);
                }
            }
        }
    }

    /// The digit as Digits would draw it: with a pen of usual width, without a camera.
    private static Image frame(int digit) {
        var photo = Photo.scan().withColours(1, 0).take(Photo.digit(digit), 1);
        float[] ink = new float[photo.getWidth() * photo.getHeight()];
        for (int i = 0; i < ink.length; i++) {
            int level = photo.getRGB(i % photo.getWidth(), i / photo.getWidth()) >> 8 & 0xff;
            ink[i] = 1 - level / 191f;
        }
        return Image.of(28, 28, 1, DigitFrame.normalize(photo.getHeight(), photo.getWidth(), ink));
    }

    /// The cosine of the angle between two pictures.
    private static double similarity(Image a, Image b) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < 784; i++) {
            double va = a.get(i / 28, i % 28, 0);
            double vb = b.get(i / 28, i % 28, 0);
            product += va * vb;
            squaresA += va * va;
            squaresB += vb * vb;
        }
        return product / Math.sqrt(squaresA * squaresB);
    }

    @Test
    void aDigitOfMnistStaysAsItIs() {
        var file = IdxFile.read(SharedData.path("mnist/t10k-images-idx3-ubyte.gz"));
        for (int i = 0; i < 2000; i++) {
            var image = Image.of(28, 28, 1, Arrays.copyOfRange(file.elements(), i * 784, (i + 1) * 784));
            assertThat(DigitPicture.of(image)).isEqualTo(image);
        }
    }

    @Tag("slow")
    @Test
    void aDigitOfMnistThatWasMadeLargerIsFoundAgain() {
        var file = IdxFile.read(SharedData.path("mnist/train-images-idx3-ubyte.gz"));
        int count = 200;
        int refused = 0;
        int alike = 0;
        for (int i = 0; i < count; i++) {
            byte[] large = new byte[280 * 280];
            for (int j = 0; j < large.length; j++) {
                large[j] = file.elements()[i * 784 + j / 280 / 10 * 28 + j % 280 / 10];
            }
            var image = Image.of(28, 28, 1, Arrays.copyOfRange(file.elements(), i * 784, (i + 1) * 784));
            try {
                alike += similarity(DigitPicture.of(Image.of(280, 280, 1, large)), image) > 0.75 ? 1 : 0;
            } catch (DataException blank) {
                refused++;
            }
        }
        // Some reach beyond their frame, some are blots; and the box of the ink may be rounded to another pixel.
        assertThat(refused).isLessThanOrEqualTo(count / 100);
        assertThat(alike).isGreaterThan(count * 95 / 100);
    }

    @Test
    void specksAndThingsAtTheEdgeAreNotWriting() {
        var path = Photo.digit(5);
        var clean = DigitPicture.of(image(Photo.scan().take(path, 1)));
        var dirty = new Path2D.Double(path);
        dirty.moveTo(-40, -60);
        dirty.lineTo(-40, -59);
        dirty.moveTo(-110, 140);
        dirty.lineTo(200, 160);
        assertThat(similarity(DigitPicture.of(image(Photo.scan().take(dirty, 1))), clean)).isGreaterThan(0.97);
    }

    @Test
    void aDigitMayBeCutOutTightly() {
        var photo = Photo.scan().take(Photo.digit(2), 1);
        var reference = DigitPicture.of(image(photo));
        // the digit is 300 high and 180 wide around (270, 400), and the pen 30 wide
        var tight = photo.getSubimage(175, 252, 190, 300);
        assertThat(similarity(DigitPicture.of(image(tight)), reference)).isGreaterThan(0.9);
    }

    @Test
    void emptyPaperIsRefused() {
        for (var photo : PHOTOS.entrySet()) {
            assertThatThrownBy(() -> DigitPicture.of(image(photo.getValue().take(new Path2D.Double(), 2))))
                    .as(photo.getKey())
                    .isInstanceOfSatisfying(
                            DataException.class, refused -> assertThat(refused.code()).isEqualTo("picture.blank"))
                    .hasMessageContaining("thick dark pen");
        }
    }

    @Test
    void aShadowOnEmptyPaperIsNoWriting() {
        for (int i = 0; i < 60; i++) {
            var photo = new Photo(400, 300 + 5 * i, 0.4, 0.1, 0.9, 0.1, 0.01 * i, Shadow.withEdges(1 + i % 2, i),
                    i % 3 * 4);
            assertThatThrownBy(() -> DigitPicture.of(image(photo.take(new Path2D.Double(), 2))))
                    .as("%s edges, seed %s", 1 + i % 2, i)
                    .hasMessageContaining("No digit was found");
        }
    }

    @Test
    void aDigitIsFoundUnderAShadow() {
        var reference = frame(5);
        int alike = 0;
        for (int i = 0; i < 40; i++) {
            var photo = new Photo(400, 500, 0.5, 0.08, 0.9, 0.1, 0.2, Shadow.withEdges(1, i), i % 3 * 4);
            alike += similarity(DigitPicture.of(image(photo.take(Photo.digit(5), 1))), reference) > 0.8 ? 1 : 0;
        }
        assertThat(alike).isGreaterThanOrEqualTo(38);
    }

    @Test
    void aBlotIsNoWriting() {
        var blot = new Path2D.Double();
        blot.moveTo(30, 50);
        blot.lineTo(31, 50);
        assertThatThrownBy(() -> DigitPicture.of(image(Photo.scan().withPen(0.6).take(blot, 1))))
                .hasMessageContaining("No digit was found");
    }

    @Test
    void theErrorNamesTheFile() throws IOException {
        Path file = folder.resolve("empty.png");
        ImageIO.write(Photo.scan().take(new Path2D.Double(), 1), "png", file.toFile());
        assertThatThrownBy(() -> DigitPicture.read(file)).hasMessageStartingWith(file + ": No digit was found");
    }

    private static Image image(BufferedImage picture) {
        byte[] values = new byte[picture.getWidth() * picture.getHeight() * 3];
        for (int i = 0; i < values.length / 3; i++) {
            int rgb = picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
            values[3 * i] = (byte) (rgb >> 16);
            values[3 * i + 1] = (byte) (rgb >> 8);
            values[3 * i + 2] = (byte) rgb;
        }
        return Image.of(picture.getHeight(), picture.getWidth(), 3, values);
    }
}
