package dev.cajal.data.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import java.util.ArrayList;
import java.util.List;

/// The records of a text, as the grammar of CSV (RFC 4180) has them; what they mean is not known yet.
final class CsvRecords {
    private static final char[] DELIMITERS = {'\t', ';', ',', '|'};
    /// So many records are looked at to find the delimiter.
    private static final int SAMPLE = 200;

    private CsvRecords() {}

    /// A record.
    ///
    /// @param line where it begins, from 1
    record Fields(long line, List<String> fields) {
        int size() {
            return fields.size();
        }
    }

    /// The records, without empty lines; blanks around fields do not belong to them.
    ///
    /// @throws DataException if a quote is not closed, or a record has more or fewer fields than the first
    static List<Fields> read(String text, char delimiter, Place place) {
        List<Fields> records = new ArrayList<>();
        try {
            for (CsvRecord record : reader(text, delimiter)) {
                records.add(fields(record));
                requireWidth(records, delimiter, place);
            }
        } catch (CsvParseException cause) {
            throw new DataException(
                    "table.syntax", place, cause,
                    "%s. A field with quotes or line breaks in it stands in quotes, and its quotes are doubled.",
                    String.valueOf(cause.getMessage()));
        }
        return List.copyOf(records);
    }

    private static void requireWidth(List<Fields> records, char delimiter, Place place) {
        var first = records.getFirst();
        var last = records.getLast();
        if (last.size() != first.size()) {
            boolean fewer = last.size() < first.size();
            throw new DataException(
                    "table.ragged",
                    place.withLine(last.line()),
                    null,
                    "This line has %s field%s, but line %s has %s (fields with %s between them). %s",
                    last.size(),
                    last.size() == 1 ? "" : "s",
                    first.line(),
                    first.size(),
                    name(delimiter),
                    fewer
                            ? "Add what is missing; a value that is not known is an empty field."
                            : "A field that contains this character has to stand in quotes: \"...\".");
        }
    }

    private static Fields fields(CsvRecord record) {
        String[] fields = new String[record.getFieldCount()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = record.getField(i).strip();
        }
        return new Fields(record.getStartingLineNumber(), List.of(fields));
    }

    private static CsvReader<CsvRecord> reader(String text, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text);
    }

    /// The character that cuts most records into equally many fields, more than one; a comma where there is none.
    static char delimiter(String text) {
        char best = ',';
        double highest = 0;
        for (char candidate : DELIMITERS) {
            double agreement = agreement(text, candidate);
            if (agreement > highest) {
                best = candidate;
                highest = agreement;
            }
        }
        return best;
    }

    /// The share of records that have as many fields as the first, if these are several.
    private static double agreement(String text, char delimiter) {
        int records = 0;
        int agreeing = 0;
        int width = 0;
        try {
            for (CsvRecord record : reader(text, delimiter)) {
                width = records == 0 ? record.getFieldCount() : width;
                agreeing += record.getFieldCount() == width ? 1 : 0;
                records++;
                if (records == SAMPLE) {
                    break;
                }
            }
        } catch (CsvParseException quotesBelongToAnotherDelimiter) {
            return 0;
        }
        return width < 2 ? 0 : (double) agreeing / records;
    }

    /// A delimiter's name, as it stands in messages.
    static String name(char delimiter) {
        return switch (delimiter) {
            case ',' -> "a comma";
            case ';' -> "a semicolon";
            case '\t' -> "a tab";
            case '|' -> "a vertical bar";
            default -> "'" + delimiter + "'";
        };
    }
}
