package dev.cajal.cli;

import dev.cajal.data.folder.ImageFolder;
import dev.cajal.nn.Activation;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.train.StopRule;
import dev.cajal.type.DType;
import dev.cajal.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a person wants of a training. It is checked before anything else happens, and stays with the run so that it can go on as it began.
///
/// @param data a name, or a file
/// @param header whether a table begins with the names of its columns; empty to find out
/// @param target the column to predict; empty for the last one
/// @param size of pictures; empty for that of a data set, and to find out that of a folder
/// @param skipDamaged whether pictures that cannot be read are left out
/// @param text the column of a table with texts; empty to find out
/// @param source the column of a table with sentences whose translations are to be learned; empty if there are none
/// @param length tokens of a text that the model sees at a time; empty for what suits the data
/// @param tokenizer what makes tokens of a text; empty for what suits the data
/// @param augment random changes of training pictures; empty for what suits the model and the data
/// @param quality how long to train what; empty for what suits most
/// @param model a name of the zoo; empty for what suits the data
/// @param layers units of hidden layers; empty for the model's own
/// @param activation the name of one; empty for the model's own
/// @param epochs at most; empty for what suits the data
/// @param batch examples of a step; empty for what suits the data
/// @param optimizer the name of one; empty for what suits the data
/// @param learningRate at the beginning; empty for what suits the optimizer
/// @param goal when to stop earlier
/// @param seed of everything random
/// @param precision of products
record TrainOptions(
        String data,
        Optional<Boolean> header,
        Optional<String> target,
        Optional<ImageFolder.Size> size,
        boolean skipDamaged,
        Optional<String> text,
        Optional<String> source,
        Optional<Integer> length,
        Optional<TokenizerOption> tokenizer,
        Optional<AugmentOption> augment,
        Optional<Quality> quality,
        Optional<String> model,
        List<Integer> layers,
        Optional<String> activation,
        Optional<Integer> epochs,
        Optional<Integer> batch,
        Optional<String> optimizer,
        Optional<Double> learningRate,
        Optional<StopRule.Goal> goal,
        long seed,
        DType precision) {
    /// The key of the argument DATA; all others are names of options.
    static final String DATA = "DATA";

    static final String SIZE = "--size";
    static final String SKIP_DAMAGED = "--skip-damaged";

    static final String TEXT = "--text";
    static final String SOURCE = "--source";
    static final String LENGTH = "--length";
    static final String TOKENIZER = "--tokenizer";
    static final String AUGMENT = "--augment";
    static final String MODEL = "--model";
    static final String ACTIVATION = "--activation";

    private static final String USUAL_ACTIVATION = "relu";
    private static final int MOST_TOKENS = 1 << 16;

    private static final int LARGEST_PICTURE = 4096;
    private static final int MOST_EPOCHS = 1_000_000;
    private static final int MOST_UNITS = 1 << 24;
    private static final List<String> METRICS = List.of("accuracy", "loss");

    /// From texts by the names of the options.
    ///
    /// @throws CommandException if one of them makes no sense
    static TrainOptions of(Map<String, String> texts) {
        return new TrainOptions(
                texts.getOrDefault(DATA, ""),
                text(texts, "--header").map(text -> Arguments.choice("--header", text, List.of("yes", "no")))
                        .map("yes"::equals),
                text(texts, "--target"),
                text(texts, SIZE).map(TrainOptions::size),
                text(texts, SKIP_DAMAGED).map("yes"::equals).orElse(false),
                text(texts, TEXT),
                source(texts),
                text(texts, LENGTH).map(text -> Arguments.whole(LENGTH, text, 1, MOST_TOKENS)),
                text(texts, TOKENIZER).map(TokenizerOption::of),
                text(texts, AUGMENT).map(AugmentOption::of),
                text(texts, "--quality").map(Quality::of),
                text(texts, MODEL).map(text -> Arguments.choice(MODEL, text, Zoo.names())),
                text(texts, "--layers").map(TrainOptions::layers).orElse(List.of()),
                text(texts, ACTIVATION).map(TrainOptions::activation),
                text(texts, "--epochs").map(text -> Arguments.whole("--epochs", text, 1, MOST_EPOCHS)),
                text(texts, "--batch").map(text -> Arguments.whole("--batch", text, 1, Integer.MAX_VALUE)),
                text(texts, "--optimizer")
                        .map(text -> Arguments.choice("--optimizer", text, Settings.optimizerNames())),
                text(texts, "--learning-rate").map(text -> Arguments.positive("--learning-rate", text)),
                text(texts, "--goal").map(TrainOptions::goal),
                text(texts, "--seed").map(text -> Arguments.whole("--seed", text)).orElse(42L),
                precision(texts.getOrDefault("--precision", "f32")));
    }

    private static Optional<String> text(Map<String, String> texts, String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private static Optional<String> source(Map<String, String> texts) {
        if (texts.containsKey(SOURCE) && !texts.containsKey("--target")) {
            throw new CommandException("usage.source",
                    "--source %s names the column with the sentences; say with --target which column has their translations.",
                    texts.get(SOURCE));
        }
        return text(texts, SOURCE);
    }

    private static ImageFolder.Size size(String text) {
        String[] parts = text.split("x", 2);
        double height = Arguments.number(parts[0]);
        double width = Arguments.number(parts[parts.length - 1]);
        if (!isSize(height) || !isSize(width)) {
            throw new CommandException("usage.size",
                    "--size has to be rows x columns from 1 to %s, such as 64 or 48x64, but is '%s'.", LARGEST_PICTURE,
                    text);
        }
        return new ImageFolder.Size((int) height, (int) width);
    }

    private static boolean isSize(double number) {
        return number == Math.rint(number) && number >= 1 && number <= LARGEST_PICTURE;
    }

    private static List<Integer> layers(String text) {
        return Stream.of(text.split(",", -1)).map(units -> Arguments.whole("--layers", units, 1, MOST_UNITS)).toList();
    }

    private static String activation(String text) {
        return Arguments.choice(ACTIVATION, text.toLowerCase(Locale.ROOT).replace('_', '-'),
                Activations.names());
    }

    private static DType precision(String text) {
        String chosen = Arguments.choice("--precision", text.toLowerCase(Locale.ROOT), List.of("f32", "bf16"));
        return chosen.equals("bf16") ? DType.BF16 : DType.F32;
    }

    private static StopRule.Goal goal(String text) {
        String[] parts = text.split("=", 2);
        double value = parts.length == 2 ? Arguments.number(parts[1]) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new CommandException("usage.goal",
                    "--goal needs a metric and a number, such as accuracy=0.98, but got '%s'.", text);
        }
        String metric = Arguments.choice("--goal", parts[0], METRICS);
        if (metric.equals("accuracy") && (value <= 0 || value > 1)) {
            throw new CommandException("usage.accuracy",
                    "An accuracy is a share above 0 and up to 1, so --goal cannot be '%s'; 98 %% is accuracy=0.98.",
                    text);
        }
        return new StopRule.Goal(metric, value, StopRule.Goal.Direction.of(metric));
    }

    /// Whether a model is wanted that gives its input back.
    boolean reconstructs() {
        return model.filter(Zoo::reconstructs).isPresent();
    }

    /// The activation itself.
    Optional<Activation> activationFunction() {
        return activation.map(Activations::named);
    }

    /// How a file is to be read.
    DataArgument.Reading reading() {
        String ofPictures = model.orElseGet(() -> Usual.PICTURES.model(quality));
        return new DataArgument.Reading(header, target, size, skipDamaged, text, source, length, tokenizer,
                Zoo.sides(ofPictures)::fitting);
    }

    /// The file, if the data is one, by its whole path: a run can go on from another folder.
    Optional<Path> file() {
        return data.isEmpty() || DataArgument.NAMES.contains(data)
                ? Optional.empty()
                : Optional.of(Arguments.path(data).toAbsolutePath().normalize());
    }

    /// These options with another number of examples in a step.
    TrainOptions withBatch(int size) {
        SequencedMap<String, String> texts = texts();
        texts.put("--batch", String.valueOf(size));
        return of(texts);
    }

    /// These options with what was left to the data and the optimizer.
    TrainOptions resolved(String chosenModel, String chosenOptimizer, int allEpochs, int batchSize, double rate) {
        Optional<String> chosenActivation = Zoo.takesActivation(chosenModel)
                ? activation.or(() -> Optional.of(USUAL_ACTIVATION))
                : activation;
        return new TrainOptions(data, header, target, size, skipDamaged, text, source, length, tokenizer, augment,
                quality,
                Optional.of(chosenModel), layers, chosenActivation, Optional.of(allEpochs), Optional.of(batchSize),
                Optional.of(chosenOptimizer), Optional.of(rate), goal, seed, precision);
    }

    /// These options with what was left to the texts, if there are texts.
    TrainOptions withTexts(Usual usual, Optional<Integer> tokens) {
        return new TrainOptions(data, header, target, size, skipDamaged, text, source, length.or(() -> tokens),
                tokenizer.or(usual::tokenizer), augment, quality, model, layers, activation, epochs, batch, optimizer,
                learningRate, goal, seed, precision);
    }

    /// These options with what was left to the pictures and the model, if there are pictures.
    TrainOptions withAugment(Usual usual, AugmentOption changes) {
        return new TrainOptions(data, header, target, size, skipDamaged, text, source, length, tokenizer,
                usual == Usual.PICTURES ? Optional.of(changes) : augment, quality, model, layers, activation, epochs,
                batch, optimizer, learningRate, goal, seed, precision);
    }

    /// As [#of] reads them.
    SequencedMap<String, String> texts() {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        texts.put(DATA, file().map(Path::toString).orElse(data));
        header.ifPresent(yes -> texts.put("--header", yes ? "yes" : "no"));
        target.ifPresent(column -> texts.put("--target", column));
        size.ifPresent(chosen -> texts.put(SIZE, chosen.height() + "x" + chosen.width()));
        if (skipDamaged) {
            texts.put(SKIP_DAMAGED, "yes");
        }
        text.ifPresent(column -> texts.put(TEXT, column));
        source.ifPresent(column -> texts.put(SOURCE, column));
        length.ifPresent(tokens -> texts.put(LENGTH, String.valueOf(tokens)));
        tokenizer.ifPresent(chosen -> texts.put(TOKENIZER, chosen.text()));
        augment.ifPresent(changes -> texts.put(AUGMENT, changes.text()));
        quality.ifPresent(chosen -> texts.put("--quality", chosen.text()));
        model.ifPresent(name -> texts.put(MODEL, name));
        if (!layers.isEmpty()) {
            texts.put("--layers", layers.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        activation.ifPresent(name -> texts.put(ACTIVATION, name));
        epochs.ifPresent(count -> texts.put("--epochs", String.valueOf(count)));
        batch.ifPresent(size -> texts.put("--batch", String.valueOf(size)));
        optimizer.ifPresent(name -> texts.put("--optimizer", name));
        learningRate.ifPresent(rate -> texts.put("--learning-rate", String.valueOf(rate)));
        goal.ifPresent(rule -> texts.put("--goal", rule.metric() + "=" + rule.value()));
        texts.put("--seed", String.valueOf(seed));
        texts.put("--precision", precision.toString());
        return texts;
    }

    /// These options of a run, with what a person now asks for. How long it goes on may be changed, and whether damaged pictures are left out as long as no epoch is done; what it is may not.
    ///
    /// @param now texts by the names of the options
    /// @param run its folder, for messages
    /// @throws CommandException if another run is described
    TrainOptions goingOn(Map<String, String> now, Path run) {
        Map<String, String> wanted = of(now).texts();
        SequencedMap<String, String> texts = texts();
        for (String name : now.keySet()) {
            String before = texts.getOrDefault(name, "");
            String after = wanted.getOrDefault(name, "");
            boolean free = List.of("--epochs", "--goal", SKIP_DAMAGED).contains(name);
            if (!free && !before.equals(after)) {
                throw new CommandException("usage.resume",
                        "The run in %s has %s '%s', not '%s', and goes on as it began. Leave %s away, or train anew in another folder.",
                        run, name, before, after, name);
            }
            texts.put(name, after);
        }
        return of(texts);
    }
}
