package dev.cajal.cli;

import dev.cajal.nn.Model;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.TextInputs;
import dev.cajal.nn.generate.Beam;
import dev.cajal.nn.generate.Generator;
import dev.cajal.nn.generate.Sampling;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cajal generate RUN`.
@Command(name = "generate")
final class GenerateCommand extends Task {
    private static final int MOST_TOKENS = 1 << 24;
    private static final int USUAL_LENGTH = 500;
    private static final double USUAL_TEMPERATURE = 0.8;
    private static final int USUAL_PICTURES = 100;
    private static final int MOST_PICTURES = 10_000;
    private static final String USUAL_NAME = "drawn";
    private static final String PNG = ".png";

    @Parameters(index = "0", paramLabel = "RUN", descriptionKey = "argument.run")
    private String run = "";

    @Option(names = "--prompt", paramLabel = "TEXT", descriptionKey = "option.prompt")
    private @Nullable String prompt;

    @Option(names = "--length", paramLabel = "N", descriptionKey = "option.length-of-text")
    private @Nullable String length;

    @Option(names = "--temperature", paramLabel = "X", descriptionKey = "option.temperature")
    private @Nullable String temperature;

    @Option(names = "--top-k", paramLabel = "N", descriptionKey = "option.top-k")
    private @Nullable String topK;

    @Option(names = "--top-p", paramLabel = "X", descriptionKey = "option.top-p")
    private @Nullable String topP;

    @Option(names = Translations.BEAM, paramLabel = "N", descriptionKey = "option.beam-of-text")
    private @Nullable String beam;

    @Option(names = "--out", paramLabel = "FILE.png", descriptionKey = "option.out-of-drawings")
    private @Nullable String out;

    @Option(names = "--count", paramLabel = "N", descriptionKey = "option.count-of-drawings")
    private @Nullable String count;

    @Option(names = "--seed", paramLabel = "N", descriptionKey = "option.seed")
    private @Nullable String seed;

    @Override
    ExitCode run() {
        int tokens = length == null ? USUAL_LENGTH : Arguments.whole("--length", length, 1, MOST_TOKENS);
        Sampling sampling = sampling();
        Optional<Beam> search = search();
        long chosenSeed = seed == null ? Sampling.of().seed() : Arguments.whole("--seed", seed);
        int pictures = count == null ? USUAL_PICTURES : Arguments.whole("--count", count, 1, MOST_PICTURES);
        Path file = out == null ? Arguments.fresh(USUAL_NAME, PNG) : Arguments.output("--out", out, PNG);
        RunFolder folder = RunFolder.find(run);
        Model<?, ?> model = Model.load(folder.model());
        Kind kind = Kind.of(model);
        if (kind == Kind.WRITER || kind == Kind.AUTOENCODER) {
            OptionTable.GENERATE.require(kind, given());
        }
        if (kind == Kind.AUTOENCODER) {
            return draw(folder, model, new DrawnPictures(file, pictures, chosenSeed));
        }
        Generator generator = Generator.of(model);
        String beginning = beginning(new Beginning(generator, ((TextInputs) model.inputs()).tokenizer(), chosenSeed));
        StringBuilder continued = new StringBuilder();
        long began = System.nanoTime();
        boolean whole;
        try (var _ = Interruption.of(Thread.currentThread())) {
            Consumer<String> listener = text -> write(text, beginning, continued);
            whole = search.isPresent()
                    ? generator.generate(beginning, tokens, search.get(), listener,
                            progress("progress.searching")::show)
                    : generator.generate(beginning, tokens, sampling, listener);
        }
        if (options.json) {
            Map<String, Json> result = new LinkedHashMap<>();
            result.put("schema", Json.of(1));
            result.put("run", Json.of(folder.path().toString()));
            result.put("prompt", Json.of(beginning));
            result.put("text", Json.of(continued.toString()));
            result.put("seconds", Json.of(Math.round((System.nanoTime() - began) / 1e6) / 1e3));
            console().result(Json.of(result));
        } else {
            console().result("");
        }
        return whole || console().isReaderGone() ? ExitCode.OK : ExitCode.INTERRUPTED;
    }

    private ExitCode draw(RunFolder folder, Model<?, ?> model, DrawnPictures pictures) {
        pictures.draw(model);
        if (options.json) {
            Map<String, Json> result = new LinkedHashMap<>();
            result.put("schema", Json.of(1));
            result.put("run", Json.of(folder.path().toString()));
            result.put("pictures", Json.of((long) pictures.count()));
            result.put("file", Json.of(pictures.file().toString()));
            console().result(Json.of(result));
        } else {
            console().say(text("generate.drawn", pictures.count(), pictures.file()));
        }
        return ExitCode.OK;
    }

    /// The beginning is shown with the first of what follows: one that the model cannot read is an error, not a text.
    private void write(String text, String beginning, StringBuilder continued) {
        boolean isFirst = continued.isEmpty();
        continued.append(text);
        if (options.json) {
            return;
        }
        console().part(isFirst ? beginning + text : text);
        if (console().isReaderGone()) {
            // Nobody reads on: that is a reason to stop.
            Thread.currentThread().interrupt();
        }
    }

    private Sampling sampling() {
        double heat = temperature == null ? USUAL_TEMPERATURE : Arguments.number("--temperature", temperature);
        double share = topP == null ? 1 : Arguments.number("--top-p", topP);
        return new Sampling(heat, topK == null ? 0 : Arguments.whole("--top-k", topK, 1, MOST_TOKENS), share,
                seed == null ? Sampling.of().seed() : Arguments.whole("--seed", seed));
    }

    /// The search that is asked for instead of drawing.
    private Optional<Beam> search() {
        if (beam == null) {
            return Optional.empty();
        }
        Map<String, @Nullable String> drawing = new LinkedHashMap<>();
        drawing.put("--temperature", temperature);
        drawing.put("--top-k", topK);
        drawing.put("--top-p", topP);
        drawing.forEach((option, value) -> {
            if (value != null) {
                throw new CommandException("usage.beam-and-drawing",
                        "%s looks for the most probable text, but %s says how one is drawn at random. Leave one of them away.",
                        Translations.BEAM, option);
            }
        });
        return Optional.of(Translations.beam(beam));
    }

    /// What the text begins with; standard input for `-`.
    private String beginning(Beginning usual) {
        if (prompt == null) {
            return usual.text();
        }
        return prompt.equals("-") ? StandardInput.text() : prompt;
    }
}
