package dev.cajal.cli;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.data.dataset.Split;
import dev.cajal.data.digits.Digits;
import dev.cajal.data.folder.ImageFolder;
import dev.cajal.data.image.ImageInputs;
import dev.cajal.data.table.CsvOptions;
import dev.cajal.data.table.LabelledTable;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.TableData;
import dev.cajal.data.table.TableOptions;
import dev.cajal.data.table.TextTable;
import dev.cajal.data.text.PairData;
import dev.cajal.data.text.TextData;
import dev.cajal.nn.Model;
import dev.cajal.nn.example.ClassTargets;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.InputEncoding;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the argument DATA of the command line stands for.
///
/// @param name for folders and results
/// @param train to learn from
/// @param test to measure by
/// @param notes what was inferred, a line each
/// @param references of sentences that are translated, what people made of them, as they wrote it: for each example of `train`; else empty
record DataArgument(String name, Examples<?, ?> train, Optional<Examples<?, ?>> test, List<Phrase> notes,
        List<String> references) {
    static final List<String> NAMES = List.of("digits", "mnist", "fashion-mnist");
    private static final Pattern TEXT = Pattern.compile("\\.(txt|md)(\\.gz)?$", Pattern.CASE_INSENSITIVE);
    private static final int LEAST_ROWS = 3;
    /// Tokens that a language model sees at a time.
    private static final int PIECE = 64;
    /// Tokens of a text that are read, if nobody wants more.
    private static final int LONGEST_TEXT = 256;
    private static final int MOST_NEIGHBOURS = 10_000;
    private static final double TEST_SHARE = 0.2;
    private static final double TEST_SHARE_OF_PAIRS = 0.1;
    private static final long TEST_SEED = 1;
    /// Tokens of a sentence that are read, if nobody wants more.
    private static final int LONGEST_SENTENCE = 64;

    DataArgument(String name, Examples<?, ?> train, Optional<Examples<?, ?>> test, List<Phrase> notes) {
        this(name, train, test, notes, List.of());
    }

    /// How a file is to be read.
    ///
    /// @param header whether the first line has the names of columns; empty to find out
    /// @param target the column to predict: a name, a number from 1, or `last`; empty for the last one
    /// @param size of pictures; empty for that of a data set, and to find out that of a folder
    /// @param skipDamaged whether pictures that cannot be read are left out
    /// @param text the column of a table with texts; empty to find out
    /// @param source the column of a table with sentences whose translations are in the column to predict; empty if there are none
    /// @param length tokens of a text that a model sees at a time, at most; empty for what suits the texts
    /// @param tokenizer what makes tokens of a text; empty for what suits them
    /// @param sides of pictures that the model takes, for those that it does not
    record Reading(Optional<Boolean> header, Optional<String> target, Optional<ImageFolder.Size> size,
            boolean skipDamaged, Optional<String> text, Optional<String> source, Optional<Integer> length,
            Optional<TokenizerOption> tokenizer, IntUnaryOperator sides) {
        /// Everything is found out.
        static final Reading DEFAULT = of(Optional.empty(), false);

        private static Reading of(Optional<ImageFolder.Size> size, boolean skipDamaged) {
            return new Reading(Optional.empty(), Optional.empty(), size, skipDamaged, Optional.empty(),
                    Optional.empty(),
                    Optional.empty(), Optional.empty(), IntUnaryOperator.identity());
        }

        /// For data to be measured by a model: pictures have the size that it takes, other data is found out.
        ///
        /// @param skipping whether pictures of a folder that cannot be read are left out
        static Reading ofMeasured(String data, InputEncoding<?> encoding, boolean skipping) {
            return switch (Kind.ofData(data)) {
                case FOLDER -> of(sizeOf(encoding), skipping);
                case NAMED -> of(sizeOf(encoding), false);
                default -> DEFAULT;
            };
        }

        private static Optional<ImageFolder.Size> sizeOf(InputEncoding<?> encoding) {
            return encoding instanceof ImageInputs inputs
                    ? Optional.of(new ImageFolder.Size(inputs.height(), inputs.width()))
                    : Optional.empty();
        }

        /// Of a table with sentences and their translations.
        Reading ofPairs(String sources, String targets) {
            return new Reading(header, Optional.of(targets), size, skipDamaged, text, Optional.of(sources), length,
                    tokenizer, sides);
        }

        /// The names of the options that were given.
        private List<String> given() {
            Map<String, Boolean> all = new LinkedHashMap<>();
            all.put("--header", header.isPresent());
            all.put("--target", target.isPresent());
            all.put("--size", size.isPresent());
            all.put(TrainOptions.SKIP_DAMAGED, skipDamaged);
            all.put(TrainOptions.TEXT, text.isPresent());
            all.put(TrainOptions.SOURCE, source.isPresent());
            all.put(TrainOptions.LENGTH, length.isPresent());
            all.put(TrainOptions.TOKENIZER, tokenizer.isPresent());
            return all.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
        }

        private void require(Kind there) {
            OptionTable.TRAIN.require(there, given());
        }

        private boolean isOfTable() {
            return header.isPresent() || target.isPresent() || text.isPresent() || source.isPresent();
        }

        private Tokenizer tokenizer(Usual usual, String training, String whole) {
            return tokenizer.or(usual::tokenizer).orElseThrow().make(training, whole);
        }
    }

    /// Whether an argument is the name of a file with text for a language model.
    ///
    /// @param isOfTable whether a column is named, which only a table has
    static boolean isText(String argument, boolean isOfTable) {
        return !isOfTable && TEXT.matcher(argument).find();
    }

    /// Loads a data set by its name, a file, or a folder of pictures; a path with a slash is none of the names even if it looks like one.
    ///
    /// @param display shows how far it has come
    /// @throws CajalException if there is neither
    static DataArgument load(String argument, Reading reading, LoadingDisplay display) {
        if (NAMES.contains(argument)) {
            reading.require(Kind.NAMED);
        }
        return switch (argument) {
            case "digits" -> of(Digits.load(), reading);
            case "mnist" -> of(Mnist.digits(display), reading);
            case "fashion-mnist" -> of(Mnist.fashion(display), reading);
            default -> path(argument, reading, display);
        };
    }

    private static DataArgument of(Split<?, ?> split, Reading reading) {
        return reading.size()
                .map(size -> new DataArgument(split.name(), ResizedPictures.of(split.train(), size),
                        Optional.of(ResizedPictures.of(split.test(), size)), List.of()))
                .orElseGet(() -> new DataArgument(split.name(), split.train(), Optional.of(split.test()), List.of()));
    }

    /// A fifth of a table's rows are for the test, drawn with a seed of their own.
    private static DataArgument path(String argument, Reading reading, LoadingDisplay display) {
        Path file = Arguments.path(argument);
        if (Files.isDirectory(file)) {
            reading.require(Kind.FOLDER);
            ImageFolder all = ImageFolder.of(file).withListener(display).withSides(reading.sides());
            ImageFolder sized = reading.size().map(size -> all.withSize(size.height(), size.width())).orElse(all);
            return pictures(file, reading.skipDamaged() ? sized.skippingDamaged() : sized);
        }
        if (!Files.exists(file)) {
            List<String> known = new ArrayList<>(NAMES);
            known.addAll(neighbours(file));
            throw new CommandException(
                    "data.unknown",
                    "There is no data set, file or folder '%s'. Data sets are %s; a file is a CSV table, or a text if its name ends in .txt; a folder has pictures in a folder for each class.",
                    argument,
                    String.join(", ", NAMES)).near(argument, known);
        }
        if (reading.source().isPresent()) {
            reading.require(Kind.PAIRS);
            return pairs(nameOf(file), pairs(file, reading), reading);
        }
        if (isText(argument, reading.isOfTable())) {
            reading.require(Kind.TEXT);
            TextData.Source text = TextData.source(file);
            Tokenizer tokenizer = reading.tokenizer(Usual.TEXTS, TextData.trainingPart(text.text()), text.text());
            return text(text, text.by(tokenizer, reading.length().orElse(PIECE)));
        }
        TableOptions options = TableOptions.of().withTarget(reading.target().orElse("last"));
        return switch (LabelledTable.of(table(file, reading),
                reading.text().map(options::withText).orElse(options))) {
            case TableData data -> {
                reading.require(Kind.TABLE);
                requireRows(file, data.examples().size());
                yield split(nameOf(file), data.examples(), data.findings());
            }
            case TextTable texts -> {
                reading.require(Kind.TEXT_TABLE);
                requireRows(file, texts.size());
                yield texts(nameOf(file), texts, reading);
            }
        };
    }

    private static void requireRows(Path file, int rows) {
        if (rows < LEAST_ROWS) {
            throw new CommandException("data.few-rows",
                    "%s has %s rows with a value to predict; at least %s are needed, some to learn from and some to test with.",
                    file, rows, LEAST_ROWS);
        }
    }

    /// A table of texts, whose tokenizer is learned from the part for training.
    private static DataArgument texts(String name, TextTable texts, Reading reading) {
        TextTable.Parts parts = texts.split(TEST_SHARE, TEST_SEED);
        Tokenizer tokenizer = reading.tokenizer(Usual.SENTENCES, String.join("\n", parts.train().texts()),
                String.join("\n", texts.texts()));
        int longest = parts.train().longest(tokenizer);
        int length = reading.length().orElse(Math.clamp(longest, 1, LONGEST_TEXT));
        List<Phrase> notes = new ArrayList<>(texts.findings());
        notes.add(Phrase.of("data.texts",
                "%s different tokens. The longest text to learn from has %s; of each text the first %s are read.",
                tokenizer.size(), longest, length));
        return new DataArgument(name, parts.train().examples(tokenizer, length),
                Optional.of(parts.test().examples(tokenizer, length)), notes);
    }

    private static PairData pairs(Path file, Reading reading) {
        return PairData.of(table(file, reading), reading.source().orElseThrow(), reading.target().orElse("last"));
    }

    /// Sentences and translations, whose tokenizers are learned from the part for training.
    private static DataArgument pairs(String name, PairData data, Reading reading) {
        requireRows(Path.of(name), data.size());
        PairData.Parts parts = data.split(TEST_SHARE_OF_PAIRS, TEST_SEED);
        SentencePairs encoding = reading.tokenizer().or(Usual.PAIRS::tokenizer).orElseThrow().make(parts.train(), data,
                longest -> reading.length().orElse(Math.clamp(longest, 1, LONGEST_SENTENCE)));
        return new DataArgument(name, parts.train().examples(encoding), Optional.of(parts.test().examples(encoding)),
                with(data.notes(), Phrase.of("data.pairs",
                        "%s pairs of sentences, with %s different tokens in the sources and %s in the targets. Of each sentence the first %s tokens are read.",
                        data.size(), encoding.source().size(), encoding.target().size(), encoding.length())));
    }

    /// Sentences and translations as a model takes them; empty if the model does not translate.
    ///
    /// @param columns where they stand
    static Optional<DataArgument> pairs(String argument, InputEncoding<?> encoding, Supplier<Reading> columns) {
        Path file = Arguments.path(argument);
        if (!(encoding instanceof SentencePairs pairs) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        PairData data = pairs(file, columns.get());
        return Optional.of(new DataArgument(nameOf(file), data.examples(pairs), Optional.empty(), data.notes(),
                data.targets()));
    }

    private static DataArgument text(TextData.Source source, TextData data) {
        return new DataArgument(source.file().getFileName().toString(), data.train(), Optional.of(data.test()),
                with(source.notes(), Phrase.of("data.tokens", "%s tokens, %s different ones, in pieces of %s.",
                        data.tokens().length, data.tokenizer().size(), data.length())));
    }

    private static List<Phrase> with(List<Phrase> notes, Phrase last) {
        return Stream.concat(notes.stream(), Stream.of(last)).toList();
    }

    /// A text as a model takes it; empty if the model takes none.
    static Optional<DataArgument> text(String argument, InputEncoding<?> encoding) {
        Path file = Arguments.path(argument);
        if (!(encoding instanceof TextInputs(var tokenizer, int length)) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        TextData.Source source = TextData.source(file);
        return Optional.of(text(source, source.by(tokenizer, length)));
    }

    /// The files beside one that is not there, as a person would write them.
    private static List<String> neighbours(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(neighbour -> file.resolveSibling(neighbour.getFileName()).toString())
                    .limit(MOST_NEIGHBOURS)
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /// A folder of pictures, with its own test part or a fifth of all.
    private static DataArgument pictures(Path path, ImageFolder folder) {
        ImageFolder.Loaded loaded = folder.load();
        String name = nameOf(path);
        return loaded.test().isPresent()
                ? new DataArgument(name, loaded.train(), Optional.of(loaded.test().get()), loaded.findings())
                : split(name, loaded.train(), loaded.findings());
    }

    /// A folder of pictures of a model's classes, its test part or all of them; empty if the model takes no pictures, or the argument is no folder.
    static Optional<DataArgument> pictures(String argument, Model<?, ?> model, Reading reading,
            LoadingDisplay display) {
        Optional<ImageFolder> folder = folder(argument, model.inputs(), display)
                .map(all -> reading.skipDamaged() ? all.skippingDamaged() : all);
        return folder.isPresent() && model.targets() instanceof ClassTargets<?> classes
                ? Optional.of(pictures(folder.get(), classes))
                : Optional.empty();
    }

    private static DataArgument pictures(ImageFolder folder, ClassTargets<?> classes) {
        ImageFolder.Labelled<?> labelled = folder.load(classes);
        return new DataArgument(nameOf(folder.folder()), labelled.examples(), Optional.empty(), labelled.findings());
    }

    /// A folder of pictures as a model takes them; empty if the model takes no pictures, or the argument is no folder.
    static Optional<ImageFolder> folder(String argument, InputEncoding<?> encoding, LoadingDisplay display) {
        Path path = Arguments.path(argument);
        return encoding instanceof ImageInputs inputs && !NAMES.contains(argument) && Files.isDirectory(path)
                ? Optional.of(ImageFolder.of(path).withSize(inputs.height(), inputs.width())
                        .withChannels(inputs.channels()).withListener(display))
                : Optional.empty();
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    /// The same inputs, each its own label.
    DataArgument reconstructing() {
        return new DataArgument(name, train.reconstructing(), test.map(Examples::reconstructing), notes);
    }

    /// A file's rows.
    static Table table(Path file, Reading reading) {
        CsvOptions options = reading.header().map(CsvOptions.of()::withHeader).orElse(CsvOptions.of());
        return Table.read(file, options);
    }

    private static <X, L> DataArgument split(String name, Examples<X, L> examples, List<Phrase> notes) {
        Examples.Parts<X, L> parts = examples.split(TEST_SHARE, TEST_SEED);
        return new DataArgument(name, parts.first(), Optional.of(parts.second()), notes);
    }
}
