package dev.cajal.nn.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A JSON value (RFC 8259). The engine has no run-time dependency, so it reads and writes its few configuration files itself.
public sealed interface Json {
    /// An object, in the order of its members.
    record Members(SequencedMap<String, Json> members) implements Json {
        public Members {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }
    }

    /// An array.
    record Elements(List<Json> elements) implements Json {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /// A string.
    record Text(String text) implements Json {}

    /// A number as it is written, so that no digit gets lost.
    record Digits(String digits) implements Json {}

    /// A truth value.
    record Truth(boolean value) implements Json {}

    /// The value null.
    record Nothing() implements Json {}

    /// A number. JSON has no NaN or infinity: they become texts.
    static Json of(double number) {
        return Double.isFinite(number) ? new Digits(Double.toString(number)) : new Text(Double.toString(number));
    }

    /// A whole number.
    static Json of(long number) {
        return new Digits(Long.toString(number));
    }

    /// A string.
    static Json of(String text) {
        return new Text(text);
    }

    /// An array.
    static Json of(List<Json> elements) {
        return new Elements(elements);
    }

    /// An object.
    static Json of(Map<String, ? extends Json> members) {
        return new Members(new LinkedHashMap<>(members));
    }

    /// Reads a text.
    ///
    /// @throws CheckpointException naming line and column of what is wrong
    static Json parse(String text) {
        return new JsonParser(text).parse();
    }

    /// The text, indented by two blanks; short arrays on one line.
    default String print() {
        return JsonPrinter.print(this);
    }

    /// The text on one line.
    default String compact() {
        return JsonPrinter.compact(this);
    }

    /// A member of an object.
    ///
    /// @throws CheckpointException if this is not an object or has no such member
    default Json get(String name) {
        if (this instanceof Members(var members)) {
            Json member = members.get(name);
            if (member != null) {
                return member;
            }
            throw new CheckpointException("json.member", null, "The member '%s' is missing; there are %s.", name,
                    members.keySet());
        }
        throw new CheckpointException("json.object-with", null, "An object with '%s' was expected, but found %s.", name,
                excerpt());
    }

    /// The text of a string.
    default String asText() {
        if (this instanceof Text(String text)) {
            return text;
        }
        throw new CheckpointException("json.text", null, "A text was expected, but found %s.", excerpt());
    }

    /// A number; the texts that stand for NaN and infinity are numbers too.
    ///
    /// @throws CheckpointException if this is none, or one beyond the range of `double`
    default double asDouble() {
        return switch (this) {
            case Digits(String digits) when Double.isFinite(Double.parseDouble(digits)) -> Double.parseDouble(digits);
            case Text(String text) when text.matches("NaN|-?Infinity") -> Double.parseDouble(text);
            case Digits _, Text _, Members _, Elements _, Truth _, Nothing _ -> throw new CheckpointException(
                    "json.double", null, "A number of type double was expected, but found %s.", excerpt());
        };
    }

    /// A whole number.
    ///
    /// @throws CheckpointException if this is none, or one beyond the range of `long`
    default long asLong() {
        if (this instanceof Digits(String digits)) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException wrong) {
                throw new CheckpointException("json.long", wrong,
                        "A whole number of 64 bits was expected, but found %s.",
                        excerpt());
            }
        }
        throw new CheckpointException("json.whole", null, "A whole number was expected, but found %s.", excerpt());
    }

    /// A whole number.
    ///
    /// @throws CheckpointException if this is none, or one beyond the range of `int`
    default int asInt() {
        long number = asLong();
        if (number != (int) number) {
            throw new CheckpointException("json.int", null, "A whole number of 32 bits was expected, but found %s.",
                    number);
        }
        return (int) number;
    }

    /// The text on one line, cut off where it gets long: for messages.
    default String excerpt() {
        String text = compact();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /// The elements of an array.
    default List<Json> asList() {
        if (this instanceof Elements(List<Json> elements)) {
            return elements;
        }
        throw new CheckpointException("json.array", null, "An array was expected, but found %s.", excerpt());
    }

    /// The members of an object.
    default SequencedMap<String, Json> asMap() {
        if (this instanceof Members(SequencedMap<String, Json> members)) {
            return members;
        }
        throw new CheckpointException("json.object", null, "An object was expected, but found %s.", excerpt());
    }
}
