package dev.cajal.data.dataset;

import dev.cajal.data.DataException;
import dev.cajal.data.idx.IdxFile;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.type.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Pictures of 28 x 28 grey pixels in ten classes, 60,000 to train and 10,000 to test, in four IDX files.
///
/// [MNIST](http://yann.lecun.com/exdb/mnist) (LeCun, Cortes, Burges) is handwritten digits; [Fashion-MNIST](https://github.com/zalandoresearch/fashion-mnist)
/// (Xiao, Rasul, Vollgraf 2017) is articles of clothing in the same form, and harder.
public final class Mnist {
    private static final List<String> FILES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private Mnist() {}

    /// Handwritten digits; labels are the numbers 0 to 9.
    ///
    /// @throws DataException if the files are found nowhere and cannot be downloaded
    public static Split<Image, Integer> digits() {
        return load("mnist", IntStream.range(0, 10).boxed().toList());
    }

    /// Articles of clothing; labels are their names.
    ///
    /// @throws DataException if the files are found nowhere and cannot be downloaded
    public static Split<Image, String> fashion() {
        return load("fashion-mnist", CLOTHES);
    }

    private static <L> Split<Image, L> load(String name, List<L> classes) {
        Path folder = find(name).orElseGet(() -> Download.into(name, FILES));
        return new Split<>(
                name,
                examples(folder, FILES.get(0), FILES.get(1), classes),
                examples(folder, FILES.get(2), FILES.get(3), classes));
    }

    private static Optional<Path> find(String name) {
        return DataFolders.all().stream()
                .map(folder -> folder.resolve(name))
                .filter(folder -> FILES.stream().allMatch(file -> file(folder, file).isPresent()))
                .findFirst();
    }

    private static Optional<Path> file(Path folder, String name) {
        return List.of(name + ".gz", name).stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    private static <L> Examples<Image, L> examples(Path folder, String images, String labels, List<L> classes) {
        Path imageFile = file(folder, images).orElseThrow();
        Path labelFile = file(folder, labels).orElseThrow();
        IdxFile pixels = IdxFile.read(imageFile);
        IdxFile numbers = IdxFile.read(labelFile);
        if (pixels.shape().rank() != 3 || numbers.shape().rank() != 1
                || pixels.shape().dim(0) != numbers.shape().dim(0)) {
            throw new DataException(
                    "idx.mismatch",
                    null,
                    "%s has shape %s and %s has %s: as many labels as pictures are needed.",
                    imageFile,
                    pixels.shape(),
                    labelFile,
                    numbers.shape());
        }
        int[] targets = new int[numbers.elements().length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = numbers.elements()[i] & 0xff;
            if (targets[i] >= classes.size()) {
                throw new DataException(
                        "idx.label", null, "%s, record %s: the label is %s, but there are %s classes.", labelFile,
                        i + 1, targets[i], classes.size());
            }
        }
        ImageInputs encoding = new ImageInputs(pixels.shape().dim(1), pixels.shape().dim(2), 1);
        return new Examples<>(
                encoding,
                new ClassTargets<>(classes),
                Rows.of(pixels.elements(), encoding.shape()),
                Rows.of(targets, Shape.SCALAR));
    }
}
