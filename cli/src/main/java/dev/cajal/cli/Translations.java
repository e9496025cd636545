package dev.cajal.cli;

import dev.cajal.nn.Model;
import dev.cajal.nn.generate.Beam;
import dev.cajal.nn.generate.Translator;
import dev.cajal.nn.metric.Bleu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a model makes of sentences.
///
/// @param sources the sentences
/// @param targets what became of them, as many
record Translations(List<String> sources, List<String> targets) {
    static final String BEAM = "--beam";

    /// That of the Transformer's paper.
    private static final int USUAL_BEAM = 4;
    private static final int WIDEST = 1024;

    /// Of the sentences that a person hands over; of an empty line nothing is made.
    ///
    /// @throws CommandException if there are none
    static Translations of(Model<?, ?> model, String argument, Beam beam, ProgressLine line) {
        List<String> sources = Sentences.of(argument).orElseThrow(() -> new CommandException("usage.sentences",
                "The model translates sentences. Give it one, a text file (.txt) with one in each line, or - for standard input, not '%s'.",
                argument));
        int[] full = IntStream.range(0, sources.size()).filter(i -> !sources.get(i).isBlank()).toArray();
        List<String> targets = new ArrayList<>(sources.stream().map(_ -> "").toList());
        if (full.length > 0) {
            List<String> made = Translator.of(model)
                    .translate(IntStream.of(full).mapToObj(sources::get).toList(), beam, line::show);
            for (int i = 0; i < full.length; i++) {
                targets.set(full[i], made.get(i));
            }
        }
        return new Translations(sources, targets);
    }

    /// How near a model comes to the translations of people, whole and as they wrote them; empty if there are none.
    static Optional<Double> bleu(Model<?, ?> model, DataArgument data, Beam beam, ProgressLine line) {
        if (data.references().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Bleu.of().of(Translator.of(model).translate(data.train().inputs(), beam, line::show),
                data.references()));
    }

    /// What `--beam` stands for.
    ///
    /// @throws CommandException if it makes no sense
    static Beam beam(@Nullable String text) {
        return Beam.of(text == null ? USUAL_BEAM : Arguments.whole(BEAM, text, 1, WIDEST));
    }
}
