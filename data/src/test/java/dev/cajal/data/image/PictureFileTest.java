package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {
    @TempDir
    private Path folder;

    @Test
    void brightnessIsReadAsStored() throws IOException {
        for (int type : List.of(BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_BYTE_INDEXED)) {
            var picture = new BufferedImage(4, 3, type);
            picture.setRGB(1, 2, 0xffffffff);
            var plane = PictureFile.brightness(written(picture), 400);
            assertThat(plane.height()).isEqualTo(3);
            assertThat(plane.width()).isEqualTo(4);
            assertThat(plane.at(2, 1)).isEqualTo(1f);
            assertThat(plane.at(0, 0)).isZero();
        }
        var grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 51);
        assertThat(PictureFile.brightness(written(grey), 400).at(0, 0)).isEqualTo(0.2f);
    }

    @Test
    void transparentPartsLieOnWhite() throws IOException {
        var picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00000000);
        picture.setRGB(1, 0, 0xff000000);
        assertThat(PictureFile.brightness(written(picture), 400).values()).containsExactly(1, 0);
    }

    @Test
    void largePicturesAreThinnedOutWhileTheyAreRead() throws IOException {
        var plane = PictureFile.brightness(written(new BufferedImage(3000, 1000, BufferedImage.TYPE_BYTE_GRAY)), 400);
        assertThat(plane.width()).isBetween(800, 1600);
        assertThat(plane.height() * 3).isCloseTo(plane.width(), within(3));
    }

    @Test
    void aBombIsRefusedBeforeItIsDecoded() throws IOException {
        Path file = Files.write(folder.resolve("bomb.png"), pngOf(60_000, 60_000));
        assertThatThrownBy(() -> PictureFile.brightness(file, 400))
                .isInstanceOf(DataException.class)
                .hasMessage(file
                        + ": The picture has 60000 x 60000 pixels; at most 200 million are read. Make it smaller first.");
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        assertRefused(folder.resolve("nothing.png"), "file.missing");
        assertRefused(folder, "file.folder");
        assertRefused(Files.write(folder.resolve("a.png"), new byte[0]), "file.empty");
        assertRefused(Files.writeString(folder.resolve("b.png"), "no picture at all"), "picture.format");
        byte[] png = Files.readAllBytes(written(Photo.scan().take(Photo.digit(2), 1)));
        byte[] cut = Arrays.copyOf(png, png.length / 2);
        assertRefused(Files.write(folder.resolve("c.png"), cut), "picture.damaged");
    }

    private static void assertRefused(Path file, String code) {
        assertThatThrownBy(() -> PictureFile.brightness(file, 400))
                .isInstanceOfSatisfying(DataException.class, refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void oddAndBrokenPicturesAreReadOrRefusedWithAReason() throws IOException {
        try (var files = Files.walk(SharedData.path("images-odd"))) {
            var pictures = files.filter(Files::isRegularFile).toList();
            assertThat(pictures).hasSizeGreaterThan(50);
            int read = 0;
            for (Path picture : pictures) {
                try {
                    assertThat(PictureFile.brightness(picture, 400).values()).doesNotContain(Float.NaN);
                    read++;
                } catch (DataException refused) {
                    assertThat(refused).hasMessageStartingWith(picture + ": ").message().hasSizeGreaterThan(20);
                }
            }
            assertThat(read).isGreaterThan(pictures.size() / 2);
        }
    }

    @Test
    void aPhotoIsTurnedAsThePhoneWasHeld() {
        var folder = SharedData.path("images-odd/pillow");
        var upright = PictureFile.brightness(folder.resolve("hopper.jpg"), 400);
        for (int orientation = 2; orientation <= 8; orientation++) {
            var turned = PictureFile.brightness(folder.resolve("hopper_orientation_" + orientation + ".jpg"), 400);
            assertThat(turned.height()).isEqualTo(upright.height());
            double difference = 0;
            for (int i = 0; i < upright.values().length; i++) {
                difference += Math.abs(upright.values()[i] - turned.values()[i]);
            }
            assertThat(difference / upright.values().length).as("orientation %s", orientation).isLessThan(0.06);
        }
    }

    private Path written(BufferedImage picture) throws IOException {
        Path file = Files.createTempFile(folder, "picture", ".png");
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    /// A PNG file of a few kilobytes that says it has that many pixels.
    private static byte[] pngOf(int width, int height) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        out.write(chunk("IHDR",
                ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {1, 0, 0, 0, 0}).array()));
        var pixels = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(pixels)) {
            deflater.write(new byte[1 << 20]);
        }
        out.write(chunk("IDAT", pixels.toByteArray()));
        out.write(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length).putInt(data.length).put(name).put(data)
                .putInt((int) crc.getValue()).array();
    }
}
