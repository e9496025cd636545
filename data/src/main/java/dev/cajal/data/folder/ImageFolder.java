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
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/// A folder of pictures with a folder for each class; or with folders `train` and `test` (or `val`, `valid`, `validation`) that have such folders, in capital or small letters. A class may be called
/// `train`: where there are other classes beside it, these names stand for parts only if both parts have folders of classes inside. Links are followed, and what has a name that begins with a dot is not
/// there. What is left out is said in the findings: folders without pictures, pictures in no folder of a class, files of other kinds, folders beside the parts.
///
/// ```java
/// var animals = ImageFolder.of(Path.of("animals")).withSize(64, 64).load();
/// var model = network.fit(animals.train(), Fit.of());
/// ```
///
/// Each picture is scaled to cover the size and cut to its middle. Without a size, pictures that all have one small size keep it, and others become 64 x 64; without
/// a number of channels there is one if all pictures looked at are grey, else three. The order is that of names, whatever the number of threads.
///
/// Pictures are decoded once, by all processors, and held as bytes, if they fit into the memory that is free for them. If not, they are decoded anew whenever they are needed, some batches ahead, while the
/// network computes; that gives the same bits. Damaged ones that are to be left out are then found by decoding all of them once; else one is an error
/// when its turn comes.
///
/// @param folder where the pictures are
/// @param size that all become; empty to find out
/// @param sides what a side that was found out becomes, for networks that do not take all
/// @param channels that all become, 1 or 3; empty to find out
/// @param skipsDamaged whether a picture that cannot be read is left out and counted; else it is an error
/// @param memory bytes that decoded pictures may take; empty for half of what is free
/// @param threads that decode
/// @param listener hears how far it has come
public record ImageFolder(Path folder, Optional<Size> size, IntUnaryOperator sides, OptionalInt channels,
        boolean skipsDamaged,
        OptionalLong memory, int threads, LoadingListener listener) {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    /// Pictures that are looked at to find out what all are like.
    private static final int LOOKED_AT = 100;
    private static final int LARGEST_OWN_SIZE = 96;
    /// Damaged pictures that are told one by one.
    private static final int MOST_NAMED = 20;
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

    /// Pictures without labels.
    ///
    /// @param files where they are
    /// @param inputs a row for each file
    /// @param damaged files that cannot be read and were left out
    /// @param findings what was found out or left out, a sentence each
    public record Unlabelled(List<Path> files, Rows inputs, List<Path> damaged, List<Phrase> findings) {
        public Unlabelled {
            files = List.copyOf(files);
            damaged = List.copyOf(damaged);
            findings = List.copyOf(findings);
        }
    }

    /// Pictures of a model's classes.
    ///
    /// @param examples to measure the model by
    /// @param findings what was found out or left out, a sentence each
    public record Labelled<L>(Examples<Image, L> examples, List<Phrase> findings) {
        public Labelled {
            findings = List.copyOf(findings);
        }
    }

    /// Everything is found out, by as many threads as there are processors; a damaged picture is an error.
    public static ImageFolder of(Path folder) {
        return new ImageFolder(folder, Optional.empty(), IntUnaryOperator.identity(), OptionalInt.empty(), false,
                OptionalLong.empty(),
                Runtime.getRuntime().availableProcessors(), LoadingListener.none());
    }

    /// With a size for all pictures.
    public ImageFolder withSize(int height, int width) {
        return new ImageFolder(folder, Optional.of(new Size(height, width)), sides, channels, skipsDamaged, memory,
                threads,
                listener);
    }

    /// With a rule for networks that do not take all sizes, where none was given: the side of pictures for each side that they would have without it.
    public ImageFolder withSides(IntUnaryOperator rule) {
        return new ImageFolder(folder, size, rule, channels, skipsDamaged, memory, threads, listener);
    }

    /// With a number of channels for all pictures: 1 for grey, 3 for colour.
    public ImageFolder withChannels(int number) {
        return new ImageFolder(folder, size, sides, OptionalInt.of(number), skipsDamaged, memory, threads, listener);
    }

    /// Leaves out pictures that cannot be read, and says so in the findings.
    public ImageFolder skippingDamaged() {
        return new ImageFolder(folder, size, sides, channels, true, memory, threads, listener);
    }

    /// With so many bytes for decoded pictures; with 0 they are decoded anew whenever they are needed.
    public ImageFolder withMemory(long bytes) {
        return new ImageFolder(folder, size, sides, channels, skipsDamaged, OptionalLong.of(bytes), threads, listener);
    }

    /// With so many threads that decode.
    public ImageFolder withThreads(int number) {
        return new ImageFolder(folder, size, sides, channels, skipsDamaged, memory, number, listener);
    }

    /// With somebody who hears how far it has come.
    public ImageFolder withListener(LoadingListener other) {
        return new ImageFolder(folder, size, sides, channels, skipsDamaged, memory, threads, other);
    }

    /// The pictures that [#load] reads, to learn from and then to measure by. Looks at the names of files, not into them.
    ///
    /// @throws DataException if there are none
    public List<Path> pictures() {
        PictureParts parts = PictureParts.of(folder);
        return Stream.concat(Stream.of(parts.train()), parts.test().stream())
                .flatMap(part -> ClassFolders.of(part).pictures().stream())
                .toList();
    }

    /// Reads all pictures, to learn from.
    ///
    /// @throws DataException if there are none, or of one class only, or one is damaged
    public Loaded load() {
        List<Phrase> findings = new ArrayList<>();
        PictureParts parts = PictureParts.of(folder);
        ClassFolders train = ClassFolders.of(parts.train());
        if (train.classes().size() < 2) {
            throw new DataException("folder.one-class", Place.of(train.folder()), null,
                    "All pictures are in one folder, '%s', so there is nothing to tell apart. Make a folder for each class.",
                    train.classes().getFirst());
        }
        Optional<ClassFolders> test = parts.test().map(ClassFolders::of);
        test.ifPresent(some -> requireKnown(some, train));
        ImageInputs inputs = inputs(train);
        found(train, inputs, findings);
        findings.addAll(LeftOut.of(folder, parts,
                Stream.concat(Stream.of(train), test.stream()).toList()));
        ClassTargets<String> targets = new ClassTargets<>(train.classes());
        return new Loaded(
                examples(train, targets, inputs, findings),
                test.map(some -> examples(some, targets, inputs, findings)),
                List.copyOf(findings));
    }

    /// Reads pictures whose classes are those of a model, to measure it: the test part, if there is one, else all of them. A class without pictures is allowed, and all may be of one class,
    /// if the folder itself is named after it.
    ///
    /// @param targets of the model
    /// @throws DataException if there are none, a class is unknown, or one is damaged
    public <L> Labelled<L> load(ClassTargets<L> targets) {
        List<String> known = targets.classes().stream().map(String::valueOf).toList();
        Path measured = measured();
        ClassFolders found = ClassFolders.of(measured, known);
        for (String name : found.classes()) {
            if (!known.contains(name)) {
                throw new DataException("folder.class-of-no-model", Place.of(found.folder()), null,
                        "There is a folder '%s', but the model knows no such class; it knows %s. Name folders after these classes.",
                        name, String.join(", ", known));
            }
        }
        List<Phrase> findings = new ArrayList<>();
        ImageInputs inputs = inputs(found);
        found(found, inputs, findings);
        findings.addAll(LeftOut.of(measured, PictureParts.whole(measured), List.of(found)));
        return new Labelled<>(examples(found, targets, inputs, findings), findings);
    }

    /// Reads pictures for a model to look at, whatever folders they are in: the test part, if there is one, else all of them.
    ///
    /// @throws DataException if there are none, or one is damaged
    public Unlabelled loadUnlabelled() {
        Path measured = measured();
        ClassFolders found = ClassFolders.all(measured);
        List<Phrase> findings = new ArrayList<>();
        Decoded decoded = decoded(found, inputs(found), findings);
        findings.addAll(LeftOut.of(measured, PictureParts.whole(measured), List.of(found)));
        List<Path> files = decoded.kept().stream().map(found.pictures()::get).toList();
        List<Path> damaged = new ArrayList<>(found.pictures());
        damaged.removeAll(Set.copyOf(files));
        return new Unlabelled(files, decoded.rows(), damaged, findings);
    }

    private Path measured() {
        return PictureParts.of(folder).test().orElse(folder);
    }

    private static void found(ClassFolders all, ImageInputs inputs, List<Phrase> findings) {
        findings.add(Phrase.of("folder.found", "%s pictures of %s classes, as %s x %s pixels with %s channel(s).",
                all.pictures().size(), all.classes().size(), inputs.height(), inputs.width(), inputs.channels()));
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
                    ImageInputs own = ImageInputs.of(all.pictures().get(i));
                    sizes.add(new Size(own.height(), own.width()));
                    grey &= own.channels() == 1;
                } catch (DataException _) {
                    // Whoever reads all of them comes to it again, and says what is wrong.
                    continue;
                }
            }
        }
        Size found = sizes.size() == 1 ? sizes.iterator().next() : USUAL;
        boolean small = Math.max(found.height(), found.width()) <= LARGEST_OWN_SIZE;
        Size own = small ? found : USUAL;
        Size chosen = size.orElseGet(() -> new Size(sides.applyAsInt(own.height()), sides.applyAsInt(own.width())));
        return new ImageInputs(chosen.height(), chosen.width(), channels.orElse(grey ? 1 : 3));
    }

    private <L> Examples<Image, L> examples(ClassFolders all, ClassTargets<L> targets, ImageInputs inputs,
            List<Phrase> findings) {
        List<String> classes = targets.classes().stream().map(String::valueOf).toList();
        Decoded decoded = decoded(all, inputs, findings);
        int[] labels = decoded.kept().stream()
                .mapToInt(i -> classes.indexOf(all.classes().get(all.labels().get(i))))
                .toArray();
        return new Examples<>(inputs, targets, decoded.rows(), Rows.of(labels, Shape.SCALAR));
    }

    /// @param rows of the pictures that are kept
    /// @param kept their positions
    private record Decoded(Rows rows, List<Integer> kept) {}

    private Decoded decoded(ClassFolders all, ImageInputs inputs, List<Phrase> findings) {
        List<Path> files = all.pictures();
        var reading = new PictureReading(files, inputs, skipsDamaged, threads, listener);
        long needed = inputs.shape().size() * files.size();
        long free = Math.min(MOST_BYTES, memory.orElseGet(ImageFolder::usualMemory));
        if (needed <= free) {
            byte[] pixels = reading.read();
            return new Decoded(Rows.of(pixels, inputs.shape()), kept(reading, all, findings));
        }
        findings.add(Phrase.of("folder.not-held",
                "Decoded, the pictures need %s MB, and %s MB are free for them: they are decoded whenever they are needed.",
                needed >> 20, free >> 20));
        if (skipsDamaged) {
            reading.check();
        }
        List<Integer> kept = kept(reading, all, findings);
        List<Path> some = kept.stream().map(files::get).toList();
        return new Decoded(Rows.read(inputs.dtype(), inputs.shape(), some.size(), new PictureReader(some, inputs),
                threads), kept);
    }

    /// Bytes that decoded pictures may take if nobody says otherwise: half of what is free, and no more than an array holds.
    public static long usualMemory() {
        Runtime java = Runtime.getRuntime();
        return Math.min(MOST_BYTES, (java.maxMemory() - java.totalMemory() + java.freeMemory()) / 2);
    }

    private static List<Integer> kept(PictureReading reading, ClassFolders all, List<Phrase> findings) {
        List<Integer> kept = reading.kept();
        List<DataException> damaged = reading.damaged();
        if (kept.isEmpty()) {
            throw new DataException("folder.all-damaged", Place.of(all.folder()), null,
                    "None of the %s pictures can be read; the first: %s", damaged.size(),
                    damaged.getFirst().phrase());
        }
        if (!damaged.isEmpty()) {
            findings.add(Phrase.of("folder.damaged", "Left out, since they cannot be read: %s picture(s).",
                    damaged.size()));
            damaged.stream().limit(MOST_NAMED).forEach(each -> findings
                    .add(Phrase.joined("", List.of("  ", each.phrase()))));
        }
        if (damaged.size() > MOST_NAMED) {
            findings.add(Phrase.of("folder.damaged-more", "  and %s more", damaged.size() - MOST_NAMED));
        }
        return kept;
    }
}
