package dev.cajal.data.table;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import java.util.ArrayList;
import java.util.List;

/// The line with the names of the columns, where there is one.
final class Header {
    private static final int SAMPLE = 1000;

    private Header() {}

    /// Whether the first record looks like names: no number in it; and either there is a column of numbers below one of them, or they are all
    /// different and none is a value that comes again below.
    static boolean isPresent(List<CsvRecords.Fields> records) {
        var first = records.getFirst().fields();
        long empty = first.stream().filter(String::isEmpty).count();
        boolean numbers = first.stream().anyMatch(field -> Texts.number(field).isPresent());
        // One may be missing: that of a column of row numbers, as pandas writes it.
        if (numbers || empty > 1) {
            return false;
        }
        if (records.size() == 1) {
            return true;
        }
        var sample = records.subList(1, Math.min(records.size(), SAMPLE));
        boolean comesAgain = first.stream().distinct().count() < first.size();
        for (int i = 0; i < first.size(); i++) {
            int column = i;
            if (sample.stream().map(row -> row.fields().get(column)).allMatch(Header::isNumberOrMissing)) {
                return true;
            }
            comesAgain |= sample.stream().anyMatch(row -> row.fields().get(column).equals(first.get(column)));
        }
        return !comesAgain;
    }

    private static boolean isNumberOrMissing(String field) {
        return Texts.isMissing(field) || Texts.number(field).isPresent() || Texts.commaNumber(field).isPresent();
    }

    /// The names.
    ///
    /// @throws DataException if two are the same
    static List<String> names(CsvRecords.Fields header, Place place) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.fields().get(i).isEmpty() ? name(i + 1) : header.fields().get(i);
            int other = names.indexOf(name);
            if (other >= 0) {
                throw new DataException("table.duplicate-column", place.withLine(header.line()).withColumn(name), null,
                        "Columns %s and %s have the same name. Give one of them another.", other + 1, i + 1);
            }
            names.add(name);
        }
        return names;
    }

    /// The name of a column that has none.
    static String name(int number) {
        return "column " + number;
    }
}
