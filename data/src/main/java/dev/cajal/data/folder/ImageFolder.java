package dev.cajal.data.folder;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.image.Image;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.Rows;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A folder of pictures with a folder for each class; or with folders `train` and `test` (or `val`, `valid`, `validation`) that have such folders.
///
/// ```java
/// var animals = ImageFolder.of(Path.of("animals")).withSize(64, 64).load();
/// var model = network.fit(animals.train(), Fit.of());
/// ```
///
/// Each picture is scaled to cover the size and cut to its middle. Without a size, pictures that all have one small size keep it, and others become 64 x 64; without
/// a number of channels there is one if all pictures looked at are grey, else three. They are held as bytes, so many at once as fit into memory, and decoded by all
/// processors; the order is that of names, whatever the number of threads.
///
/// @param folder where the pictures are
/// @param size that all become; empty to find out
/// @param channels that all become, 1 or 3; empty to find out
/// @param skipsDamaged whether a picture that cannot be read is left out and counted; else it is an error
/// @param threads that decode
/// @param listener hears how far it has come
public record ImageFolder(Path folder, Optional<Size> size, OptionalInt channels, boolean skipsDamaged, int threads,
        LoadingListener listener) {
    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");
    /// Pictures that are looked at to find out what all are like.
    private static final int LOOKED_AT = 100;
    private static final int LARGEST_OWN_SIZE = 96;
    private static final Size USUAL = new Size(64, 64);

    /// Rows and columns of a picture.
    public record Size(int height, int width) {}

    /// What was read.
    ///
    /// @param train to learn from
    /// @param test to measure by, if there is a folder for that
    /// @param findings what was found out or left out, a sentence each
    public record Loaded(Examples<Image, String> train, Optional<Examples<Image, String>> test,
            List<Phrase> findings) {}

    /// Everything is found out, by as many threads as there are processors; a damaged picture is an error.
    public static ImageFolder of(Path folder) {
        return new ImageFolder(folder, Optional.empty(), OptionalInt.empty(), false,
                Runtime.getRuntime().availableProcessors(), LoadingListener.none());
    }

    /// With a size for all pictures.
    public ImageFolder withSize(int height, int width) {
        return new ImageFolder(folder, Optional.of(new Size(height, width)), channels, skipsDamaged, threads, listener);
    }

    /// With a number of channels for all pictures: 1 for grey, 3 for colour.
    public ImageFolder withChannels(int number) {
        return new ImageFolder(folder, size, OptionalInt.of(number), skipsDamaged, threads, listener);
    }

    /// Leaves out pictures that cannot be read, and says so in the findings.
    public ImageFolder skippingDamaged() {
        return new ImageFolder(folder, size, channels, true, threads, listener);
    }

    /// With so many threads that decode.
    public ImageFolder withThreads(int number) {
        return new ImageFolder(folder, size, channels, skipsDamaged, number, listener);
    }

    /// With somebody who hears how far it has come.
    public ImageFolder withListener(LoadingListener other) {
        return new ImageFolder(folder, size, channels, skipsDamaged, threads, other);
    }

    /// Reads all pictures.
    ///
    /// @throws DataException if there are none, one is damaged, or they need more memory than there is
    public Loaded load() {
        List<Phrase> findings = new ArrayList<>();
        Optional<Path> trainFolder = ClassFolders.named(folder, TRAIN).findFirst();
        Optional<Path> testFolder = trainFolder.flatMap(_ -> ClassFolders.named(folder, TEST).findFirst());
        ClassFolders train = ClassFolders.of(trainFolder.orElse(folder));
        if (train.classes().size() < 2) {
            throw new DataException("folder.one-class", Place.of(train.folder()), null,
                    "All pictures are in one folder, '%s', so there is nothing to tell apart. Make a folder for each class.",
                    train.classes().getFirst());
        }
        Optional<ClassFolders> test = testFolder.map(ClassFolders::of);
        test.ifPresent(some -> requireKnown(some, train));
        ImageInputs inputs = inputs(train);
        findings.add(Phrase.of("folder.found", "%s pictures of %s classes, as %s x %s pixels with %s channel(s).",
                train.pictures().size(), train.classes().size(), inputs.height(), inputs.width(), inputs.channels()));
        int others = train.others() + test.map(ClassFolders::others).orElse(0);
        if (others > 0) {
            findings.add(Phrase.of("folder.others", "Left out, since by their names they are no pictures: %s file(s).",
                    others));
        }
        return new Loaded(
                examples(train, train.classes(), inputs, findings),
                test.map(some -> examples(some, train.classes(), inputs, findings)),
                List.copyOf(findings));
    }

    private static void requireKnown(ClassFolders test, ClassFolders train) {
        for (String name : test.classes()) {
            if (!train.classes().contains(name)) {
                throw new DataException("folder.unknown-class", Place.of(test.folder()), null,
                        "There is a class '%s' to test with, but none of that name in %s to learn from; there are %s.",
                        name, train.folder(), String.join(", ", train.classes()));
            }
        }
    }

    /// What all pictures become.
    private ImageInputs inputs(ClassFolders all) {
        Set<Size> sizes = new LinkedHashSet<>();
        boolean grey = true;
        if (size.isEmpty() || channels.isEmpty()) {
            int step = Math.max(1, all.pictures().size() / LOOKED_AT);
            for (int i = 0; i < all.pictures().size(); i += step) {
                try {
                    Image image = Image.read(all.pictures().get(i));
                    sizes.add(new Size(image.height(), image.width()));
                    grey &= image.channels() == 1;
                } catch (DataException _) {
                    // Whoever reads all of them comes to it again, and says what is wrong.
                    continue;
                }
            }
        }
        Size found = sizes.size() == 1 ? sizes.iterator().next() : USUAL;
        boolean small = Math.max(found.height(), found.width()) <= LARGEST_OWN_SIZE;
        Size chosen = size.orElse(small ? found : USUAL);
        return new ImageInputs(chosen.height(), chosen.width(), channels.orElse(grey ? 1 : 3));
    }

    private Examples<Image, String> examples(ClassFolders all, List<String> classes, ImageInputs inputs,
            List<Phrase> findings) {
        var reading = new PictureReading(all.pictures(), inputs, skipsDamaged, threads, listener);
        byte[] pixels = reading.read();
        List<Integer> kept = reading.kept();
        int damaged = all.pictures().size() - kept.size();
        if (kept.isEmpty()) {
            throw new DataException("folder.all-damaged", Place.of(all.folder()), null,
                    "None of the %s pictures can be read.", damaged);
        }
        reading.firstDamaged().ifPresent(first -> findings.add(Phrase.of("folder.damaged",
                "Left out, since they cannot be read: %s picture(s); the first: %s", damaged, first.phrase())));
        int[] targets = kept.stream()
                .mapToInt(i -> classes.indexOf(all.classes().get(all.labels().get(i))))
                .toArray();
        return new Examples<>(inputs, new ClassTargets<>(classes), Rows.of(pixels, inputs.shape()),
                Rows.of(targets, Shape.SCALAR));
    }
}
