package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.type.Phrase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds out what the texts of a column are.
final class ColumnInference {
    /// A column with more different texts is no category.
    private static final int MOST_CATEGORIES = 100;
    /// In a column with so many numbers, the texts among them are mistakes.
    private static final double MOSTLY = 0.95;
    /// And in a column with at least so many numbers, a single text is one.
    private static final int FEW = 3;
    /// A column that counts its rows has at least so many.
    private static final int COUNTED = 20;

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private static final Pattern NAME_OF_IDENTIFIER = Pattern
            .compile("(?i)(id|uuid|no|nr|index|row|key)|.*[ _.-](id|no|nr|index|key)|(?-i:.*[a-z](Id|ID))");

    private final Table table;
    private final int position;
    /// How often each text that is not missing comes.
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int present;

    private ColumnInference(Table table, int position) {
        this.table = table;
        this.position = position;
        table.counts(position).forEach((text, count) -> {
            if (!Texts.isMissing(text)) {
                counts.put(text, count);
                present += count;
            }
        });
    }

    /// A column as something to predict from.
    ///
    /// @throws DataException if there is text among numbers
    static Column feature(Table table, int position) {
        return new ColumnInference(table, position).column(ColumnInference::featureType);
    }

    /// A column as something to predict: never ignored, and a category even where every row has its own.
    ///
    /// @throws DataException if no row has a value in it, or there is text among numbers
    static Column target(Table table, int position) {
        return new ColumnInference(table, position).column(ColumnInference::targetType);
    }

    /// A column as texts to predict from, whatever is in it.
    static Column texts(Table table, int position) {
        return new ColumnInference(table, position).column(ColumnInference::freeText);
    }

    private Column column(Function<ColumnInference, ColumnType> type) {
        return new Column(name(), type.apply(this), table.size() - present);
    }

    private String name() {
        return table.columns().get(position);
    }

    private ColumnType featureType() {
        if (present == 0) {
            return ignored("column.empty", "empty");
        }
        if (counts.size() == 1 && present == table.size()) {
            return ignored("column.constant", "\"%s\" in every row", counts.keySet().iterator().next());
        }
        return truth().or(this::numbers).or(this::date).orElseGet(this::texts);
    }

    private ColumnType targetType() {
        if (present == 0) {
            throw new DataException("table.empty-target", table.place().withColumn(name()), null,
                    "No row has a value in this column, so there is nothing to learn. Choose another column as target.");
        }
        return numbers(false).orElseGet(this::categories);
    }

    /// Two texts for yes and no; not where only numbers stand, which are numbers.
    private Optional<ColumnType> truth() {
        if (counts.size() != 2 || counts.keySet().stream().anyMatch(text -> Texts.number(text).isPresent())
                || counts.keySet().stream().anyMatch(text -> Texts.truth(text).isEmpty())) {
            return Optional.empty();
        }
        var texts = List.copyOf(counts.keySet());
        boolean first = Texts.truth(texts.get(0)).orElseThrow();
        boolean second = Texts.truth(texts.get(1)).orElseThrow();
        if (first == second) {
            return Optional.empty();
        }
        return Optional.of(new ColumnType.Truth(texts.get(first ? 1 : 0), texts.get(first ? 0 : 1)));
    }

    private Optional<ColumnType> numbers() {
        return numbers(true);
    }

    private Optional<ColumnType> numbers(boolean asFeature) {
        long points = rowsWhere(text -> Texts.number(text).isPresent());
        long commas = points == present ? 0 : rowsWhere(text -> Texts.commaNumber(text).isPresent());
        boolean comma = commas > points;
        long numbers = Math.max(points, commas);
        boolean allButOne = numbers == present - 1 && numbers >= FEW;
        if (numbers < MOSTLY * present && !allButOne) {
            return Optional.empty();
        }
        Function<String, Optional<Double>> parse = comma ? Texts::commaNumber : Texts::number;
        if (numbers < present) {
            throw textAmongNumbers(parse, numbers);
        }
        var numbersOnly = summary(parse, comma);
        return Optional
                .of(asFeature && isCount(numbersOnly)
                        ? ignored("column.row-numbers", "numbers the rows")
                        : numbersOnly);
    }

    private long rowsWhere(Predicate<String> condition) {
        return counts.entrySet().stream().filter(entry -> condition.test(entry.getKey())).mapToLong(Map.Entry::getValue)
                .sum();
    }

    private ColumnType.Numbers summary(Function<String, Optional<Double>> parse, boolean comma) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        boolean whole = true;
        for (var entry : counts.entrySet()) {
            double number = parse.apply(entry.getKey()).orElseThrow();
            smallest = Math.min(smallest, number);
            largest = Math.max(largest, number);
            sum += number * entry.getValue();
            whole &= number == Math.rint(number);
        }
        return new ColumnType.Numbers(smallest, largest, sum / present, whole, comma);
    }

    /// Whether the numbers say which row it is, and nothing else: 1, 2, 3, or all different in a column called `id`.
    private boolean isCount(ColumnType.Numbers numbers) {
        boolean allDifferent = numbers.whole() && counts.size() == table.size() && table.size() >= COUNTED;
        boolean consecutive = numbers.largest() - numbers.smallest() == table.size() - 1;
        return allDifferent && (consecutive || NAME_OF_IDENTIFIER.matcher(name()).matches());
    }

    private DataException textAmongNumbers(Function<String, Optional<Double>> parse, long numbers) {
        for (int row = 0; row < table.size(); row++) {
            String text = table.get(row, position);
            if (!Texts.isMissing(text) && parse.apply(text).isEmpty()) {
                return new DataException("table.not-a-number", table.place(row).withColumn(name()), null,
                        "\"%s\" is not a number, but %s of %s values in this column are. Correct it, leave the field empty if the number is not "
                                + "known, or leave the column out.",
                        text, numbers, present);
            }
        }
        throw new AssertionError("there is a text");
    }

    private Optional<ColumnType> date() {
        return counts.keySet().stream().allMatch(Texts::isDate)
                ? Optional.of(ignored("column.dates", "dates, which are not used yet"))
                : Optional.empty();
    }

    private ColumnType texts() {
        if (counts.size() <= MOST_CATEGORIES && counts.size() * 2 <= present) {
            return categories();
        }
        return freeText();
    }

    private ColumnType.FreeText freeText() {
        long words = counts.entrySet().stream()
                .mapToLong(entry -> (long) entry.getValue() * WHITE_SPACE.splitAsStream(entry.getKey().strip()).count())
                .sum();
        return new ColumnType.FreeText(counts.size(), counts.size() >= 0.9 * present, (double) words / present);
    }

    private static ColumnType.Ignored ignored(String code, String template, Object... arguments) {
        return new ColumnType.Ignored(Phrase.of(code, template, arguments));
    }

    private ColumnType.Categories categories() {
        SequencedMap<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEachOrdered(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new ColumnType.Categories(sorted);
    }
}
