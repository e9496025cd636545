package dev.cajal.data.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// The records of a text, as the grammar of CSV (RFC 4180) has them; what they mean is not known yet.
final class CsvRecords {
    private static final char TAB = '\t';
    private static final char[] DELIMITERS = {TAB, ';', ',', '|'};
    private static final Pattern START = Pattern.compile("starting at line (\\d+)");
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

    /// The records, without empty lines; blanks around fields do not belong to them. Where tabs are between fields, quotes mean [less][TabRecords].
    ///
    /// @throws DataException if a quote is not closed, or a record has more or fewer fields than the first
    static List<Fields> read(String text, char delimiter, Place place) {
        if (delimiter == TAB) {
            List<Fields> records = TabRecords.read(text);
            records.forEach(record -> requireWidth(records.getFirst(), record, delimiter, place));
            return List.copyOf(records);
        }
        List<Fields> records = new ArrayList<>();
        try {
            for (CsvRecord record : reader(text, delimiter)) {
                records.add(fields(record));
                requireWidth(records.getFirst(), records.getLast(), delimiter, place);
            }
        } catch (CsvParseException cause) {
            throw syntax(cause, place);
        }
        return List.copyOf(records);
    }

    /// The reader's own words are there for what it finds out in later versions.
    private static DataException syntax(CsvParseException cause, Place place) {
        String message = String.valueOf(cause.getMessage());
        var start = START.matcher(message);
        var record = start.find() ? place.withLine(Long.parseLong(start.group(1))) : place;
        if (message.startsWith("Unclosed")) {
            return new DataException("table.open-quote", record, cause,
                    "A quote that opens here is closed nowhere. A field with quotes or line breaks in it stands in quotes, and its quotes are doubled.");
        }
        if (message.contains("after closing quote")) {
            return new DataException("table.after-quote", record, cause,
                    "There is text of a field after its closing quote. A field with quotes or line breaks in it stands in quotes, and its quotes are doubled.");
        }
        return new DataException("table.syntax", record, cause, "This is not CSV: %s.", message);
    }

    private static void requireWidth(Fields first, Fields last, char delimiter, Place place) {
        if (last.size() != first.size()) {
            var here = place.withLine(last.line());
            throw last.size() < first.size()
                    ? new DataException("table.too-few-fields", here, null,
                            "This line has %s, but line %s has %s (fields with %s between them). "
                                    + "Add what is missing; a value that is not known is an empty field.",
                            fields(last.size()), first.line(), first.size(), name(delimiter))
                    : new DataException("table.too-many-fields", here, null,
                            "This line has %s, but line %s has %s (fields with %s between them). "
                                    + "A field that contains this character has to stand in quotes: \"...\".",
                            fields(last.size()), first.line(), first.size(), name(delimiter));
        }
    }

    private static Phrase fields(int count) {
        return count == 1 ? Phrase.of("field.one", "1 field") : Phrase.of("field.several", "%s fields", count);
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
        List<Integer> widths = new ArrayList<>();
        if (delimiter == TAB) {
            TabRecords.sample(text, SAMPLE).forEach(record -> widths.add(record.size()));
        } else {
            try {
                for (CsvRecord record : reader(text, delimiter)) {
                    widths.add(record.getFieldCount());
                    if (widths.size() == SAMPLE) {
                        break;
                    }
                }
            } catch (CsvParseException quotesBelongToAnotherDelimiter) {
                return 0;
            }
        }
        if (widths.isEmpty() || widths.getFirst() < 2) {
            return 0;
        }
        return (double) Collections.frequency(widths, widths.getFirst()) / widths.size();
    }

    /// A delimiter's name, as it stands in messages.
    static Phrase name(char delimiter) {
        return switch (delimiter) {
            case ',' -> Phrase.of("delimiter.comma", "a comma");
            case ';' -> Phrase.of("delimiter.semicolon", "a semicolon");
            case TAB -> Phrase.of("delimiter.tab", "a tab");
            case '|' -> Phrase.of("delimiter.bar", "a vertical bar");
            default -> Phrase.verbatim("'" + delimiter + "'");
        };
    }
}
