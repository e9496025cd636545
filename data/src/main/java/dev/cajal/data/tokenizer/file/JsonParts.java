package dev.cajal.data.tokenizer.file;

import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the parts of a `tokenizer.json` have in common.
final class JsonParts {
    private static final String SEQUENCE = "Sequence";

    private JsonParts() {}

    /// A member that may be missing or null.
    static Optional<Json> member(Json part, String name) {
        Json member = part.asMap().get(name);
        return isNothing(member) ? Optional.empty() : Optional.ofNullable(member);
    }

    private static boolean isNothing(@Nullable Json part) {
        return part == null || part instanceof Json.Nothing;
    }

    static boolean truth(Json part, String name, boolean usual) {
        return member(part, name).map(member -> member.equals(new Json.Truth(true))).orElse(usual);
    }

    static String text(Json part, String name, String usual) {
        return member(part, name).map(Json::asText).orElse(usual);
    }

    static String kind(Json part) {
        return part.get("type").asText();
    }

    /// The steps of a part, sequences inside of sequences one behind the other.
    ///
    /// @param steps the member of a sequence that has its steps
    static List<Json> steps(Json all, String part, String steps) {
        List<Json> found = new ArrayList<>();
        member(all, part).ifPresent(step -> add(found, step, steps));
        return found;
    }

    private static void add(List<Json> found, Json step, String steps) {
        if (kind(step).equals(SEQUENCE)) {
            step.get(steps).asList().forEach(each -> add(found, each, steps));
        } else {
            found.add(step);
        }
    }

    /// A pattern, which is a text or a regular expression, as Java has it.
    static String pattern(Json step) {
        Json pattern = step.get("pattern");
        return member(pattern, "String").map(text -> java.util.regex.Pattern.quote(text.asText()))
                .orElseGet(() -> pattern.get("Regex").asText());
    }

    static CajalException unknown(String part, String kind, List<String> known) {
        return new CajalException("text.tokenizer-part",
                "Its %s is '%s', which Cajal does not read; it reads %s.", part, kind, String.join(", ", known));
    }
}
