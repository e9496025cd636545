package dev.cajal.data.table;

import dev.cajal.data.table.CsvRecords.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The records of a text with tabs between fields, as both write it: spreadsheets, which put a field in quotes that has quotes, tabs or line breaks in it, and double its quotes; and collections of sentences, in
/// which a quote is a character like any other.
///
/// So a field is taken out of its quotes where it is quoted properly as a whole, else it is as it stands: `"Go!"` is Go!, `"Go!" he said` has two quotes. A field goes beyond a tab or the end of its line only
/// where the line alone has not as many fields as most, and has with that; or where it is the last one and the next line has too few.
final class TabRecords {
    private static final char TAB = '\t';
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
    /// So many lines are looked at to find out how many fields there are.
    private static final int SAMPLE = 200;
    /// A field does not go over more lines, so that a quote that nobody closes costs little.
    private static final int LINES_OF_A_RECORD = 100;

    private final String[] lines;
    private final int width;

    private TabRecords(String text) {
        this.lines = LINE_END.split(text, -1);
        this.width = width();
    }

    /// The records, without empty lines; blanks around fields do not belong to them.
    static List<Fields> read(String text) {
        return new TabRecords(text).read(Integer.MAX_VALUE);
    }

    /// The first records of a text, which may be long.
    static List<Fields> sample(String text, int most) {
        int end = 0;
        for (int lines = 0; lines < 2 * most && end < text.length(); end++) {
            lines += text.charAt(end) == '\n' || text.charAt(end) == '\r' ? 1 : 0;
        }
        return new TabRecords(text.substring(0, end)).read(most);
    }

    /// The number of fields that most lines have.
    private int width() {
        Map<Integer, Integer> counts = new HashMap<>();
        int best = 0;
        for (int i = 0; i < lines.length && i < SAMPLE; i++) {
            if (!lines[i].isEmpty()) {
                int count = (int) lines[i].chars().filter(c -> c == TAB).count() + 1;
                int times = counts.merge(count, 1, Integer::sum);
                best = times > counts.getOrDefault(best, 0) ? count : best;
            }
        }
        return best;
    }

    private List<Fields> read(int most) {
        List<Fields> records = new ArrayList<>();
        int at = 0;
        while (at < lines.length && records.size() < most) {
            if (lines[at].isEmpty()) {
                at++;
                continue;
            }
            Fields alone = alone(at);
            Optional<Quoted> quoted = isDoubtful(at, alone) ? quoted(at) : Optional.empty();
            records.add(quoted.map(Quoted::record).orElse(alone));
            at = quoted.map(Quoted::end).orElse(at + 1);
        }
        return records;
    }

    private Fields alone(int line) {
        List<String> fields = new ArrayList<>();
        for (String field : lines[line].split("\t", -1)) {
            fields.add(unquoted(field.strip()));
        }
        return new Fields(line + 1L, List.copyOf(fields));
    }

    private static String unquoted(String field) {
        int end = field.startsWith("\"") ? end(field, 0) : -1;
        return end == field.length() ? content(field) : field;
    }

    private static String content(String quoted) {
        return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"").strip();
    }

    /// Where the quotes end that begin at a place: behind the first quote that is not doubled; -1 if there is none.
    private static int end(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '"') {
                    return i + 1;
                }
                i++;
            }
        }
        return -1;
    }

    /// Whether a line may be a part of a record, or have a tab within quotes.
    private boolean isDoubtful(int line, Fields alone) {
        if (alone.size() != width) {
            return true;
        }
        return alone.fields().getLast().startsWith("\"") && line + 1 < lines.length && !lines[line + 1].isEmpty()
                && alone(line + 1).size() < width;
    }

    /// A record that has fields in quotes with tabs or line breaks in them.
    ///
    /// @param end the line behind it
    private record Quoted(Fields record, int end) {}

    /// Where a field ends.
    private static int behind(StringBuilder text, int from) {
        int tab = text.indexOf("\t", from);
        return tab < 0 ? text.length() : tab;
    }

    /// The record that begins in a line, if with quotes it has as many fields as most.
    private Optional<Quoted> quoted(int line) {
        List<String> fields = new ArrayList<>();
        StringBuilder text = new StringBuilder(lines[line]);
        int end = line + 1;
        int at = 0;
        while (at <= text.length()) {
            int start = at;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
            int close = at;
            if (start < text.length() && text.charAt(start) == '"') {
                close = end(text.toString(), start);
                while (close < 0 && end < lines.length && end - line < LINES_OF_A_RECORD) {
                    text.append('\n').append(lines[end++]);
                    close = end(text.toString(), start);
                }
                if (close < 0) {
                    return Optional.empty();
                }
            }
            int stop = behind(text, close);
            boolean proper = close > at && text.substring(close, stop).isBlank();
            stop = proper ? stop : behind(text, at);
            String field = text.substring(at, stop).strip();
            fields.add(proper ? content(field) : field);
            at = stop + 1;
        }
        return fields.size() == width
                ? Optional.of(new Quoted(new Fields(line + 1L, List.copyOf(fields)), end))
                : Optional.empty();
    }
}
