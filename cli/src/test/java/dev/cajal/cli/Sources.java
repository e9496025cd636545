package dev.cajal.cli;

import dev.cajal.type.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The phrases that stand in the source code of a module.
///
/// A phrase is found where something is called that takes a code and behind it a template, both written out: an exception, [Phrase#of], or
/// a method named like one of them. Words that name themselves are found in [Phrase#words], and where settings are checked.
final class Sources {
    private static final Pattern CALL = Pattern.compile(
            "(new \\w*(?:Exception|Failure)|Phrase\\.of|Phrase\\.words|\\berror|\\bignored|\\brequire\\w*)(?:<>)?\\(");
    private static final Pattern CODE = Pattern.compile("\"([a-z0-9-]+(?:\\.[a-z0-9-]+)+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    /// Where what `require` is given is a name and a condition in words.
    private static final Pattern SETTINGS = Pattern.compile("package dev\\.cajal\\.nn\\.(optimizer|loss|layer);");

    /// The rules of types and gradients put what is common to all of them in front of codes and templates.
    private static final Pattern RULE = Pattern.compile(
            "\\b(?:require|error)\\((?:[^;\"]*,)?\\s*\"([a-z-]+)\",\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Sources() {}

    /// The phrases of a module.
    static List<Phrase> phrases(String module) throws IOException {
        List<Phrase> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                collect(Files.readString(file), found);
            }
        }
        return found;
    }

    private static void collect(String source, List<Phrase> found) {
        boolean settings = SETTINGS.matcher(source).find();
        if (source.startsWith("package dev.cajal.ir;") || source.startsWith("package dev.cajal.autodiff;")) {
            String group = source.startsWith("package dev.cajal.ir;") ? "shape." : "grad.";
            RULE.matcher(source).results().map(rule -> Phrase.of(group + rule.group(1), "%s%s " + rule.group(2)))
                    .forEach(found::add);
        }
        Matcher call = CALL.matcher(source);
        while (call.find()) {
            List<String> arguments = arguments(source, call.end());
            if (call.group(1).equals("Phrase.words") || settings && call.group(1).startsWith("require")) {
                arguments.stream().flatMap(argument -> LITERAL.matcher(argument).results())
                        .map(literal -> Phrase.words(literal.group(1).translateEscapes()))
                        .filter(words -> !words.template().startsWith("["))
                        .forEach(found::add);
                continue;
            }
            for (int i = 0; i < arguments.size(); i++) {
                Matcher code = CODE.matcher(arguments.get(i));
                if (code.matches()) {
                    arguments.stream().skip(i + 1).filter(argument -> argument.startsWith("\"")).findFirst()
                            .ifPresent(template -> found.add(Phrase.of(code.group(1), text(template))));
                    break;
                }
            }
        }
    }

    /// Literals joined by `+`.
    private static String text(String expression) {
        var text = new StringBuilder();
        LITERAL.matcher(expression).results().forEach(literal -> text.append(literal.group(1).translateEscapes()));
        return text.toString();
    }

    /// The arguments of a call.
    ///
    /// @param start behind the bracket that opens
    private static List<String> arguments(String source, int start) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int begin = start;
        for (int i = start; i < source.length(); i++) {
            char c = source.charAt(i);
            switch (c) {
                case '"', '\'' -> i = end(source, i, c);
                case '(', '{' -> depth++;
                case ')', '}' -> depth--;
                default -> {
                }
            }
            if (depth < 0 || depth == 0 && c == ',') {
                arguments.add(source.substring(begin, i).strip());
                begin = i + 1;
            }
            if (depth < 0) {
                return arguments;
            }
        }
        throw new AssertionError("a call without end");
    }

    private static int end(String source, int start, char quote) {
        int at = start + 1;
        while (source.charAt(at) != quote) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    /// How many arguments a template takes.
    static int places(String template) {
        Matcher place = Pattern.compile("%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?[a-zA-Z]")
                .matcher(template.replace("%%", ""));
        int next = 0;
        int places = 0;
        while (place.find()) {
            String position = place.group(1);
            places = Math.max(places, position == null ? ++next : Integer.parseInt(position.replace("$", "")));
        }
        return places;
    }

}
