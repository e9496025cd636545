package dev.cajal.data.text;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.table.Table;
import dev.cajal.nn.example.Examples;
import dev.cajal.nn.example.SentencePair;
import dev.cajal.nn.example.SentencePairs;
import dev.cajal.nn.example.Sentences;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.Phrase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Sentences with their translations, as a model learns them.
///
/// ```java
/// var parts = PairData.of(Table.read(Path.of("pairs.tsv")), "de", "en").split(0.1, 1);
/// var german = Words.learn(parts.train().sources(), WordOptions.of().withMinimumCount(2));
/// var english = Words.learn(parts.train().targets(), WordOptions.of().withMinimumCount(2));
/// var examples = parts.train().examples(new SentencePairs(german, english, 64));
/// ```
///
/// @param pairs both sides of each have something in them
/// @param notes what a person should know about how they were read
public record PairData(List<SentencePair> pairs, List<Phrase> notes) {
    public PairData {
        pairs = List.copyOf(pairs);
        notes = List.copyOf(notes);
    }

    /// Pairs of which there is nothing more to know.
    public PairData(List<SentencePair> pairs) {
        this(pairs, List.of());
    }

    /// Two parts of the pairs.
    public record Parts(PairData train, PairData test) {}

    /// Two columns of a table. Rows that lack one of the sentences are left out, and counted in the notes.
    ///
    /// @param source the name of a column, or its number from 1; likewise `target`
    /// @throws DataException if there are no such columns, they are the same, or no row has both sentences
    public static PairData of(Table table, String source, String target) {
        int from = table.positionOf(source);
        int to = table.positionOf(target);
        if (from == to) {
            throw new DataException("pairs.same-column", table.place().withColumn(table.columns().get(from)), null,
                    "The column cannot be both, the sentences and their translations. Name two columns.");
        }
        List<Phrase> notes = new ArrayList<>(table.notes());
        boolean byName = source.equals(table.columns().get(from)) || target.equals(table.columns().get(to));
        if (table.hasHeader() && !byName) {
            // Who does not use the names may not know of them.
            notes.add(Phrase.of("pairs.header",
                    "The first line was taken for the names of the columns: \"%s\" and \"%s\". If it is a pair, say so: --header no, in Java CsvOptions.withHeader(false).",
                    table.columns().get(from), table.columns().get(to)));
        }
        PairData data = whole(IntStream.range(0, table.size())
                .mapToObj(row -> new SentencePair(table.get(row, from), table.get(row, to))).toList(), notes);
        if (data.size() == 0) {
            throw new DataException("pairs.none", table.place(), null,
                    "No row has a text in both of the columns \"%s\" and \"%s\", so there is nothing to learn.",
                    table.columns().get(from), table.columns().get(to));
        }
        return data;
    }

    /// The lines of two files, each the translation of the other. Where one is empty, the pair is left out, and counted in the notes.
    ///
    /// @throws DataException if a file cannot be read, or they have not as many lines
    public static PairData ofLines(Path sources, Path targets) {
        TextData.Source first = TextData.source(sources);
        TextData.Source second = TextData.source(targets);
        List<String> from = first.text().lines().toList();
        List<String> to = second.text().lines().toList();
        if (from.size() != to.size()) {
            throw new DataException("pairs.lines", Place.of(targets), null,
                    "The file has %s lines, but %s has %s. Each line has to be the translation of the other file's.",
                    to.size(), sources, from.size());
        }
        List<Phrase> notes = Stream.of(first, second)
                .flatMap(file -> file.notes().stream().map(note -> note.at(file.file())))
                .toList();
        return whole(IntStream.range(0, from.size())
                .mapToObj(line -> new SentencePair(from.get(line), to.get(line))).toList(), notes);
    }

    private static PairData whole(List<SentencePair> all, List<Phrase> notes) {
        List<SentencePair> pairs = all.stream()
                .filter(pair -> !pair.source().isBlank() && !pair.target().isBlank())
                .toList();
        List<Phrase> more = new ArrayList<>(notes);
        if (pairs.size() < all.size()) {
            more.add(Phrase.of("pairs.left-out", "Left out, since one side has no text: %s pair(s).",
                    all.size() - pairs.size()));
        }
        return new PairData(pairs, more);
    }

    /// The number of pairs.
    public int size() {
        return pairs.size();
    }

    /// What is translated.
    public List<String> sources() {
        return pairs.stream().map(SentencePair::source).toList();
    }

    /// The translations.
    public List<String> targets() {
        return pairs.stream().map(SentencePair::target).toList();
    }

    /// All sentences of both sides.
    public List<String> sentences() {
        List<String> both = new ArrayList<>(sources());
        both.addAll(targets());
        return both;
    }

    /// The most tokens that a sentence of either side has, marks included.
    public int longest(Tokenizer source, Tokenizer target) {
        return 2 + pairs.stream().mapToInt(
                pair -> Math.max(source.encode(pair.source()).length, target.encode(pair.target()).length))
                .max().orElse(0);
    }

    /// The pairs in two parts, by chance: tokenizers are to be learned from the first one alone.
    ///
    /// @param share of the pairs in the second part, between 0 and 1
    /// @param seed the same seed makes the same parts
    public Parts split(double share, long seed) {
        List<int[]> parts = Examples.split(size(), share, seed);
        Function<int[], PairData> select = rows -> new PairData(IntStream.of(rows).mapToObj(pairs::get).toList(),
                notes);
        return new Parts(select.apply(parts.getFirst()), select.apply(parts.getLast()));
    }

    /// The pairs as tokens.
    public Examples<SentencePair, String> examples(SentencePairs encoding) {
        return Examples.of(encoding, new Sentences(encoding.target(), encoding.length()), pairs, targets());
    }
}
