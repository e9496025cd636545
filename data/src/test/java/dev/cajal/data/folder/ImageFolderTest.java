package dev.cajal.data.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.data.DataException;
import dev.cajal.data.image.Image;
import dev.cajal.nn.Fit;
import dev.cajal.nn.Network;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Flatten;
import dev.cajal.nn.layer.RandomFlip;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
                    "Left out, since by their names they are no pictures: 1 file(s).",
                    "Left out, since there are no pictures in them: the folder(s) empty.");
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

    private List<String> classes() {
        return ((ClassTargets<?>) ImageFolder.of(folder).load().train().targetEncoding()).classes().stream()
                .map(String::valueOf).toList();
    }

    private List<String> findings() {
        return ImageFolder.of(folder).load().findings().stream().map(String::valueOf).skip(1).toList();
    }

    @Test
    void partsMayHaveCapitalLettersAndWhatIsNoPartIsNamed() throws IOException {
        animals("Train/");
        animals("TEST/");
        picture("val/cat/1.png", 6, 8, 0);
        picture("unlabelled/1.png", 6, 8, 0);
        picture("1.png", 6, 8, 0);
        picture("Train/2.png", 6, 8, 0);
        Files.createDirectories(folder.resolve("Train/cow"));
        assertThat(ImageFolder.of(folder).load().test().orElseThrow().size()).isEqualTo(40);
        assertThat(classes()).containsExactly("cat", "dog");
        assertThat(findings()).containsExactly(
                "Left out, since they lie in no folder of a class: 2 picture(s).",
                "Left out, since there are no pictures in them: the folder(s) " + Path.of("Train", "cow") + ".",
                "Left out, since they are neither what is learned from nor what is measured with: the folder(s) unlabelled, val.");
        assertThat(ImageFolder.of(folder).loadUnlabelled().files()).hasSize(40);
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        for (String name : List.of("car", "plane", "train", "test")) {
            picture(name + "/1.png", 6, 8, 0);
        }
        assertThat(classes()).containsExactly("car", "plane", "test", "train");
        picture("train/ice/1.png", 6, 8, 0);
        assertThat(classes()).hasSize(4);
        assertThat(findings()).isEmpty();
    }

    @Test
    void partsNeedFoldersOfClasses() throws IOException {
        picture("train/1.png", 6, 8, 0);
        picture("test/1.png", 6, 8, 0);
        assertThatThrownBy(() -> ImageFolder.of(folder).load()).isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder.resolve("train") + ": There are no pictures in folders here.");
    }

    @Test
    void whatLiesInAHiddenFolderIsNotThere() throws IOException {
        animals("");
        picture("cat/.ipynb_checkpoints/1.png", 6, 8, 0);
        picture(".git/1.png", 6, 8, 0);
        assertThat(ImageFolder.of(folder).load().train().size()).isEqualTo(40);
        assertThat(findings()).isEmpty();
    }

    @Test
    void linksAreFollowed() throws IOException {
        animals("real/");
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("dog"), folder.resolve("real/dog"));
        Files.createDirectories(linked.resolve("cat"));
        Files.createSymbolicLink(linked.resolve("cat/deeper"), folder.resolve("real/cat/deeper"));
        Files.createSymbolicLink(linked.resolve("cow"), folder.resolve("nowhere"));
        ImageFolder.Loaded loaded = ImageFolder.of(linked).load();
        assertThat(labels(loaded.train())).hasSize(40).startsWith(0).endsWith(1);
        assertThat(loaded.findings()).extracting(Object::toString)
                .contains("Left out, since there are no pictures in them: the folder(s) cow.");
        Path gone = Files.createSymbolicLink(linked.resolve("cat/0.png"), folder.resolve("gone.png"));
        assertThatThrownBy(() -> ImageFolder.of(linked).load()).isInstanceOf(DataException.class)
                .hasMessageStartingWith(gone + ": There is no such file.");
        Files.delete(gone);
        Path loop = Files.createSymbolicLink(linked.resolve("cat/again"), linked);
        for (ThrowingCallable reading : List.<ThrowingCallable>of(() -> ImageFolder.of(linked).load(),
                () -> ImageFolder.of(linked).loadUnlabelled())) {
            assertThatThrownBy(reading).isInstanceOf(DataException.class)
                    .hasMessageStartingWith(loop.toString()).hasMessageContaining("leads back to a folder");
        }
    }

    @Test
    void aFolderThatMustNotBeReadIsNamed() {
        Path locked = folder.resolve("locked");
        assertThatThrownBy(() -> FolderListing.reading(folder, _ -> {
            throw new UncheckedIOException(new AccessDeniedException(locked.toString()));
        })).isInstanceOf(DataException.class).hasMessageStartingWith(locked + ": You are not allowed to read this")
                .hasMessageNotContaining("java.");
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
        assertThat(loaded.findings().reversed()).map(String::valueOf).satisfies(
                last -> assertThat(last.getFirst()).startsWith("  " + whole + ": The picture is damaged"),
                last -> assertThat(last.get(1)).isEqualTo("Left out, since they cannot be read: 1 picture(s)."));
        assertThat(ImageFolder.of(folder).skippingDamaged().loadUnlabelled().damaged()).containsExactly(whole);
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

    private static Tensor all(Rows rows) {
        int[] order = IntStream.range(0, rows.count()).toArray();
        return rows.batch(order, 0, order.length, order.length);
    }

    @Test
    void whatIsNotHeldInMemoryHasTheSameBits() throws IOException {
        animals("train/");
        animals("test/");
        ImageFolder.Loaded held = ImageFolder.of(folder).load();
        for (int threads = 1; threads <= 3; threads++) {
            ImageFolder.Loaded read = ImageFolder.of(folder).withThreads(threads).withMemory(40 * 6 * 8 * 3 - 1).load();
            assertThat(all(read.train().inputs()).sameBits(all(held.train().inputs()))).isTrue();
            assertThat(labels(read.train())).isEqualTo(labels(held.train()));
            assertThat(read.findings().getLast()).hasToString(
                    "Decoded, the pictures need 0 MB, and 0 MB are free for them: they are decoded whenever they are needed.");
            var network = Network.sequential(RandomFlip.of(), Flatten.of(), Dense.of(2));
            Fit fit = Fit.of().withEpochs(2).withBatch(16).withValidation(0.25);
            var kernel = network.fit(held.train(), fit).variables().parameters().get("2/kernel");
            var model = network.fit(read.train(), fit);
            assertThat(model.variables().parameters().get("2/kernel").sameBits(kernel)).isTrue();
            assertThat(model.evaluate(read.test().orElseThrow()).metrics())
                    .isEqualTo(model.evaluate(held.test().orElseThrow()).metrics());
        }
        assertThat(ImageFolder.of(folder).withMemory(40 * 6 * 8 * 3).load().findings()).hasSize(1);
    }

    @Test
    void aDamagedPictureThatIsNotHeldIsAnErrorInItsTurnOrIsLeftOutBefore() throws IOException {
        animals("");
        Path damaged = Files.writeString(picture("cat/0.png", 6, 8, 0), "no picture");
        ImageFolder read = ImageFolder.of(folder).withSize(6, 8).withChannels(3).withMemory(0);
        Rows rows = read.load().train().inputs();
        assertThat(rows.get(1, 2)).isZero();
        for (int threads = 1; threads <= 3; threads++) {
            Rows all = read.withThreads(threads).load().train().inputs();
            assertThatThrownBy(() -> all(all)).isInstanceOf(DataException.class).hasMessageStartingWith(damaged + ": ")
                    .hasMessageEndingWith("skippingDamaged().");
        }
        ImageFolder.Loaded held = ImageFolder.of(folder).skippingDamaged().load();
        ImageFolder.Loaded left = read.skippingDamaged().load();
        assertThat(all(left.train().inputs()).sameBits(all(held.train().inputs()))).isTrue();
        assertThat(labels(left.train())).isEqualTo(labels(held.train()));
        assertThat(left.findings()).contains(held.findings().getLast());
    }

    @Test
    void aModelIsMeasuredByOneClassOrByTheFolderOfOne() throws IOException {
        animals("");
        var classes = new ClassTargets<>(List.of("cat", "cow", "dog"));
        assertThat(labels(ImageFolder.of(folder).load(classes).examples())).hasSize(40).startsWith(0).endsWith(2);
        assertThat(labels(ImageFolder.of(folder.resolve("dog")).load(classes).examples())).hasSize(20).containsOnly(2);
        assertThat(labels(ImageFolder.of(folder.resolve("cat")).load(classes).examples())).hasSize(20).containsOnly(0);
        var some = ImageFolder.of(folder.resolve("cat")).load(new ClassTargets<>(List.of("deeper", "other")));
        assertThat(labels(some.examples())).hasSize(20).containsOnly(0);
        assertThatThrownBy(() -> ImageFolder.of(folder).load(new ClassTargets<>(List.of("cat", "cow"))))
                .isInstanceOf(DataException.class).hasMessageContaining("There is a folder 'dog'")
                .hasMessageContaining("cat, cow");
        picture("loose/1.png", 6, 8, 0);
        assertThatThrownBy(() -> ImageFolder.of(folder.resolve("loose")).load(classes))
                .isInstanceOf(DataException.class).hasMessageContaining("There are no pictures in folders here");
    }

    private static List<Integer> labels(List<Path> files) {
        return files.stream().map(file -> file.toString().contains("dog") ? 1 : 0).toList();
    }

    @Test
    void picturesWithoutLabelsMayBeAnywhere() throws IOException {
        animals("");
        Path loose = picture("0.png", 6, 8, 7);
        ImageFolder.Unlabelled all = ImageFolder.of(folder).loadUnlabelled();
        assertThat(all.files()).hasSize(41).startsWith(loose);
        assertThat(labels(all.files())).startsWith(0).endsWith(1);
        assertThat(all.inputs().get(0, 2)).isEqualTo(7);
        assertThat(ImageFolder.of(folder.resolve("cat")).loadUnlabelled().files()).hasSize(20);
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> ImageFolder.of(empty).loadUnlabelled()).isInstanceOf(DataException.class)
                .hasMessageStartingWith(empty + ": There are no pictures (");
    }
}
