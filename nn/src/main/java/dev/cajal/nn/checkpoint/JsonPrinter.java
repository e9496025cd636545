package dev.cajal.nn.checkpoint;

import java.util.stream.Collectors;

/// Writes JSON for people: indented, with arrays of numbers and short arrays on one line.
final class JsonPrinter {
    private static final int SHORT = 100;

    private JsonPrinter() {}

    static String print(Json json) {
        StringBuilder out = new StringBuilder();
        append(json, "\n", out);
        return out.toString();
    }

    private static void append(Json json, String newline, StringBuilder out) {
        switch (json) {
            case Json.Members(var members) when !members.isEmpty() -> {
                String separator = "{";
                for (var member : members.entrySet()) {
                    out.append(separator).append(newline).append("  ");
                    quote(member.getKey(), out);
                    out.append(": ");
                    append(member.getValue(), newline + "  ", out);
                    separator = ",";
                }
                out.append(newline).append('}');
            }
            case Json.Elements(var elements) -> {
                String line = elements.stream().map(JsonPrinter::compact).collect(Collectors.joining(", ", "[", "]"));
                boolean flat = elements.stream()
                        .noneMatch(e -> e instanceof Json.Members || e instanceof Json.Elements);
                if (flat || line.length() <= SHORT) {
                    out.append(line);
                    return;
                }
                String separator = "[";
                for (Json element : elements) {
                    out.append(separator).append(newline).append("  ");
                    append(element, newline + "  ", out);
                    separator = ",";
                }
                out.append(newline).append(']');
            }
            case Json.Members _, Json.Text _, Json.Digits _, Json.Truth _, Json.Nothing _ -> out.append(compact(json));
        }
    }

    static String compact(Json json) {
        return switch (json) {
            case Json.Members(var members) -> members.entrySet().stream()
                    .map(member -> quoted(member.getKey()) + ": " + compact(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Json.Elements(var elements) ->
                elements.stream().map(JsonPrinter::compact).collect(Collectors.joining(", ", "[", "]"));
            case Json.Text(String text) -> quoted(text);
            case Json.Digits(String digits) -> digits;
            case Json.Truth(boolean value) -> Boolean.toString(value);
            case Json.Nothing() -> "null";
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        quote(text, out);
        return out.toString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
