package dev.cajal.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.image.Image;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.type.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path folder;

    private Path picture(String name, int height, int width, int rgb) throws IOException {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            picture.setRGB(i % width, i / width, rgb);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    private void animals(String below) throws IOException {
        for (int i = 0; i < 20; i++) {
            picture(below + "dog/" + (100 + i) + ".png", 6, 8, 0xff0000 + i);
            picture(below + "cat/deeper/" + (100 + i) + ".PNG", 6, 8, 0x00ff00 + i);
        }
    }

    private static List<Integer> labels(Examples<Image, String> examples) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            labels.add((int) examples.targets().get(i, 0));
        }
        return labels;
    }

    @Test
    void classesAndPicturesAreInTheOrderOfTheirNames() throws IOException {
        animals("");
        Files.writeString(folder.resolve("cat/notes.txt"), "no picture");
        Files.writeString(folder.resolve("cat/.hidden.png"), "no picture");
        Files.createDirectories(folder.resolve("empty"));
        for (int threads = 1; threads <= 3; threads++) {
            ImageFolder.Loaded loaded = ImageFolder.of(folder).withThreads(threads).load();
            Examples<Image, String> train = loaded.train();
            assertThat(train.inputShape()).isEqualTo(Shape.of(6, 8, 3));
            assertThat(((ClassTargets<String>) train.targetEncoding()).classes()).containsExactly("cat", "dog");
            assertThat(labels(train)).hasSize(40).startsWith(0, 0).endsWith(1, 1);
            for (int i = 0; i < 20; i++) {
                assertThat(train.inputs().get(i, 1)).isEqualTo(255);
                assertThat(train.inputs().get(i, 2)).isEqualTo(i);
                assertThat(train.inputs().get(20 + i, 0)).isEqualTo(255);
                assertThat(train.inputs().get(20 + i, 3 * 47 + 2)).isEqualTo(i);
            }
            assertThat(loaded.test()).isEmpty();
            assertThat(loaded.findings()).extracting(Object::toString).containsExactly(
                    "40 pictures of 2 classes, as 6 x 8 pixels with 3 channel(s).",
                    "Left out, since by their names they are no pictures: 1 file(s).");
        }
    }

    @Test
    void aTestPartHasTheClassesOfTheTrainingPart() throws IOException {
        animals("train/");
        picture("val/dog/1.png", 6, 8, 0);
        Examples<Image, String> test = ImageFolder.of(folder).load().test().orElseThrow();
        assertThat(labels(test)).containsExactly(1);
        picture("val/cow/1.png", 6, 8, 0);
        assertThatThrownBy(() -> ImageFolder.of(folder).load()).isInstanceOf(DataException.class)
                .hasMessageContaining("There is a class 'cow' to test with").hasMessageContaining("cat, dog");
    }

    @Test
    void picturesOfManySizesBecomeOneSize() throws IOException {
        picture("a/1.png", 30, 20, 0x0000ff);
        picture("b/2.png", 200, 300, 0x0000ff);
        assertThat(ImageFolder.of(folder).load().train().inputShape()).isEqualTo(Shape.of(64, 64, 3));
        Examples<Image, String> small = ImageFolder.of(folder).withSize(4, 5).withChannels(1).load().train();
        assertThat(small.inputShape()).isEqualTo(Shape.of(4, 5, 1));
        assertThat(small.inputs().get(1, 7)).isEqualTo(29);
    }

    @Test
    void aDamagedPictureIsAnErrorOrIsCounted() throws IOException {
        animals("");
        Path whole = picture("cat/0.png", 6, 8, 0);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ImageFolder.of(folder).load()).isInstanceOf(DataException.class)
                .hasMessageStartingWith(whole + ": The picture is damaged")
                .hasMessageEndingWith("To leave out what cannot be read: --skip-damaged, in Java skippingDamaged().");
        ImageFolder.Loaded loaded = ImageFolder.of(folder).skippingDamaged().load();
        assertThat(labels(loaded.train())).hasSize(40).startsWith(0).endsWith(1);
        assertThat(loaded.train().inputs().get(39, 2)).isEqualTo(19);
        assertThat(loaded.findings().getLast().toString())
                .startsWith("Left out, since they cannot be read: 1 picture(s); the first: " + whole);
    }

    @Test
    void whatIsNoFolderOfPicturesIsRefused() throws IOException {
        assertThatThrownBy(() -> ImageFolder.of(folder).load()).isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder + ": There are no pictures in folders here.");
        assertThatThrownBy(() -> ImageFolder.of(folder.resolve("none")).load()).isInstanceOf(DataException.class)
                .hasMessageContaining("There is no such file");
        picture("only/1.png", 6, 8, 0);
        assertThatThrownBy(() -> ImageFolder.of(folder).load()).isInstanceOf(DataException.class)
                .hasMessageContaining("All pictures are in one folder, 'only'");
        Files.writeString(folder.resolve("only/1.png"), "no picture");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/1.png"), "no picture");
        assertThatThrownBy(() -> ImageFolder.of(folder).skippingDamaged().load()).isInstanceOf(DataException.class)
                .hasMessageContaining("None of the 2 pictures can be read");
    }

    @Test
    void somebodyHearsHowFarItHasCome() throws IOException {
        animals("");
        List<Integer> heard = new ArrayList<>();
        ImageFolder.of(folder).withListener((done, all) -> {
            assertThat(all).isEqualTo(40);
            heard.add(done);
        }).load();
        assertThat(heard).hasSize(40).isSorted().endsWith(40);
    }
}
