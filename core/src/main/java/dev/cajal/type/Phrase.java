package dev.cajal.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// Words for people, in English, that an application can say in another language: a template with a code that names it, and what fills it.
/// Arguments may be phrases themselves, so that nothing is glued together from pieces that a translation could not move.
///
/// ```java
/// var size = Phrase.of("table.size", "%s rows", 150);
/// var message = Phrase.of("table.read", "%s was read: %s", file, size);
/// ```
///
/// @param code the stable name of the template: words with dots between them; empty if it has no words of its own
/// @param template English, with a place holder `%s` for each argument; taken as it is where there is none
/// @param arguments in the order of the place holders
public record Phrase(String code, String template, List<Object> arguments) {
    /// No words at all.
    public static final Phrase NOTHING = new Phrase("", "", List.of());

    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern ENDS = Pattern.compile("^-|-$");

    public Phrase {
        arguments = List.copyOf(arguments);
    }

    /// A template and its arguments.
    public static Phrase of(String code, String template, Object... arguments) {
        return new Phrase(code, template, List.of(arguments));
    }

    /// A name, a number, or another text that is the same in every language.
    public static Phrase verbatim(Object text) {
        return of("", "%s", text);
    }

    /// Words without arguments, which name themselves: `above 0` has the code `words.above-0`.
    public static Phrase words(String english) {
        String name = NO_NAME.matcher(english).replaceAll("-");
        return of("words." + ENDS.matcher(name).replaceAll(""), english);
    }

    /// Several parts one after the other.
    public static Phrase joined(String separator, List<?> parts) {
        String template = String.join(separator.replace("%", "%%"), Collections.nCopies(parts.size(), "%s"));
        return new Phrase("", template, new ArrayList<>(parts));
    }

    /// This, behind the place that it is about: `iris.csv, line 7: ...`.
    public Phrase at(Object place) {
        return of("", "%s: %s", place, this);
    }

    /// In English.
    @Override
    public String toString() {
        return arguments.isEmpty() ? template : template.formatted(arguments.toArray());
    }
}
