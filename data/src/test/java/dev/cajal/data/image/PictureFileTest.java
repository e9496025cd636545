package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.data.DataException;
import dev.cajal.data.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        Path file = Files.write(folder.resolve("bomb.png"), Png.claiming(60_000, 60_000));
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
    void oddAndBrokenPicturesAreAsBrightAsTheyAreOrRefusedWithAReason() throws IOException {
        try (var files = Files.walk(SharedData.path("images-odd"))) {
            var pictures = files.filter(Files::isRegularFile).toList();
            assertThat(pictures).hasSizeGreaterThan(50);
            int read = 0;
            for (Path picture : pictures) {
                try {
                    var plane = PictureFile.brightness(picture, 600);
                    Image grey = Image.read(picture).asGrey();
                    assertThat(plane.height()).as(picture.toString()).isEqualTo(grey.height());
                    assertThat(plane.width()).as(picture.toString()).isEqualTo(grey.width());
                    assertThat(plane.toBytes()).as(picture.toString()).isEqualTo(grey.toBytes());
                    read++;
                } catch (DataException refused) {
                    assertThat(refused).hasMessageStartingWith(picture + ": ").message().hasSizeGreaterThan(20);
                }
            }
            assertThat(read).isGreaterThan(pictures.size() / 2);
        }
    }

    /// So that nothing has to be decoded to find out what all pictures of a folder are like.
    @Test
    void sizeAndChannelsAreKnownBeforeAPictureIsDecoded() throws IOException {
        try (var files = Files.walk(SharedData.path("images-odd"))) {
            for (Path picture : files.filter(Files::isRegularFile).toList()) {
                Optional<Image> image;
                try {
                    image = Optional.of(Image.read(picture));
                } catch (DataException refused) {
                    image = Optional.empty();
                }
                image.ifPresent(read -> assertThat(ImageInputs.of(picture)).as(picture.toString())
                        .isEqualTo(new ImageInputs(read.height(), read.width(), read.channels())));
            }
        }
        Path bomb = Files.write(folder.resolve("bomb.png"), Png.claiming(60_000, 60_000));
        assertThatThrownBy(() -> ImageInputs.of(bomb)).hasMessageContaining("at most 200 million");
        Path liar = Files.write(folder.resolve("liar.png"), Png.claiming(14_000, 12_000));
        assertThatThrownBy(() -> ImageInputs.of(liar)).isInstanceOf(DataException.class)
                .hasMessageContaining("fewer bytes than so many pixels take");
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
}
