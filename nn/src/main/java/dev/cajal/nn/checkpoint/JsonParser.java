package dev.cajal.nn.checkpoint;

import dev.cajal.type.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads JSON by recursive descent. Nesting is limited, so that a hostile file cannot overflow the stack.
final class JsonParser {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int DEEPEST = 500;

    private final String text;
    private int at;
    private int depth;

    JsonParser(String text) {
        this.text = text;
    }

    Json parse() {
        Json json = value();
        skipBlanks();
        if (at < text.length()) {
            throw wrong(Phrase.words("nothing more"));
        }
        return json;
    }

    private Json value() {
        skipBlanks();
        if (at >= text.length()) {
            throw wrong(Phrase.words("a value"));
        }
        return switch (text.charAt(at)) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Truth(true));
            case 'f' -> word("false", new Json.Truth(false));
            case 'n' -> word("null", new Json.Nothing());
            default -> number();
        };
    }

    private Json members() {
        enter();
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        at++;
        skipBlanks();
        if (peek() == '}') {
            at++;
        } else {
            do {
                skipBlanks();
                if (peek() != '"') {
                    throw wrong(Phrase.words("a name in quotes"));
                }
                String name = string();
                skipBlanks();
                expect(':');
                if (members.putIfAbsent(name, value()) != null) {
                    throw wrong(Phrase.of("json.once", "each name once, not '%s' again", name));
                }
                skipBlanks();
            } while (more('}'));
        }
        depth--;
        return new Json.Members(members);
    }

    private Json elements() {
        enter();
        List<Json> elements = new ArrayList<>();
        at++;
        skipBlanks();
        if (peek() == ']') {
            at++;
        } else {
            do {
                elements.add(value());
                skipBlanks();
            } while (more(']'));
        }
        depth--;
        return new Json.Elements(elements);
    }

    private boolean more(char end) {
        if (peek() == ',') {
            at++;
            return true;
        }
        expect(end);
        return false;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong(Phrase.words("no control character in a text"));
            }
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw wrong(Phrase.words("four hexadecimal digits"));
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong(Phrase.words("a known escape"));
        };
    }

    private Json number() {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw wrong(Phrase.words("a value"));
        }
        at = matcher.end();
        return new Json.Digits(matcher.group());
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw wrong(Phrase.verbatim("'" + word + "'"));
        }
        at += word.length();
        return value;
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw wrong(Phrase.words("less nesting"));
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong(Phrase.words("more"));
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong(Phrase.verbatim("'" + c + "'"));
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private CheckpointException wrong(Phrase expected) {
        String before = text.substring(0, Math.min(at, text.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = at - before.lastIndexOf('\n');
        Phrase found = at < text.length()
                ? Phrase.verbatim("'" + text.charAt(at) + "'")
                : Phrase.words("the end");
        return new CheckpointException(
                "json.syntax", null, "JSON, line %s, column %s: found %s where %s was expected.", line, column, found,
                expected);
    }
}
