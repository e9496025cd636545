package dev.cajal.cli;

import static dev.cajal.cli.Kind.AUTOENCODER;
import static dev.cajal.cli.Kind.FOLDER;
import static dev.cajal.cli.Kind.MEASURED;
import static dev.cajal.cli.Kind.NAMED;
import static dev.cajal.cli.Kind.PAIRS;
import static dev.cajal.cli.Kind.TABLE;
import static dev.cajal.cli.Kind.TEXT;
import static dev.cajal.cli.Kind.TEXT_TABLE;
import static dev.cajal.cli.Kind.TRANSLATOR;
import static dev.cajal.cli.Kind.WRITER;

import dev.cajal.type.Phrase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which options of a command are about what: one that would make no difference is refused, since whoever gave it expects one.
enum OptionTable {
    TRAIN(Map.of(
            "--size", Set.of(NAMED, FOLDER),
            TrainOptions.SKIP_DAMAGED, Set.of(FOLDER),
            "--header", Set.of(TABLE, TEXT_TABLE, PAIRS),
            "--target", Set.of(TABLE, TEXT_TABLE, PAIRS),
            TrainOptions.TEXT, Set.of(TEXT_TABLE),
            TrainOptions.SOURCE, Set.of(PAIRS),
            TrainOptions.LENGTH, Set.of(TEXT, TEXT_TABLE, PAIRS),
            TrainOptions.TOKENIZER, Set.of(TEXT, TEXT_TABLE, PAIRS))),
    /// Of predict and evaluate.
    OF_MODEL(Map.of(
            Translations.BEAM, Set.of(TRANSLATOR),
            OptionTable.OUT, Set.of(AUTOENCODER))),
    /// Of predict and evaluate.
    OF_DATA(Map.of(TrainOptions.SKIP_DAMAGED, Set.of(FOLDER))), GENERATE(Map.of(
            "--prompt", Set.of(WRITER),
            TrainOptions.LENGTH, Set.of(WRITER),
            "--temperature", Set.of(WRITER),
            "--top-k", Set.of(WRITER),
            "--top-p", Set.of(WRITER),
            Translations.BEAM, Set.of(WRITER),
            OptionTable.OUT, Set.of(AUTOENCODER),
            "--count", Set.of(AUTOENCODER))), PLAN(
                    Map.of(
                            "--runs", Set.of(MEASURED),
                            "--warm-up", Set.of(MEASURED)));

    static final String OUT = "--out";

    private final Map<String, Set<Kind>> kinds;

    OptionTable(Map<String, Set<Kind>> kinds) {
        this.kinds = kinds;
    }

    /// Refuses options that are about something else.
    ///
    /// @param there what is there
    /// @param given names of options; those that are not in the table are about everything
    /// @throws CommandException if there is one
    void require(Kind there, Collection<String> given) {
        for (String option : given) {
            Set<Kind> about = kinds.get(option);
            if (about != null && !about.contains(there)) {
                List<Phrase> names = new TreeSet<>(about).stream().map(Kind::phrase).toList();
                throw new CommandException("usage.option-of-other",
                        "%s is for %s, but this is %s, to which it makes no difference. Leave %s away.", option,
                        Phrase.joined(", ", names), there.phrase(), option);
            }
        }
    }
}
