package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.SplitBehavior;
import dev.cajal.data.tokenizer.Splitter;
import dev.cajal.data.tokenizer.Splitter.ByPattern;
import dev.cajal.nn.checkpoint.Json;
import java.util.List;
import java.util.regex.Pattern;

/// The `pre_tokenizer` of a `tokenizer.json`.
final class JsonSplitters {
    private static final String NAME = "pre_tokenizer";
    private static final List<String> KNOWN = List.of("ByteLevel", "Whitespace", "WhitespaceSplit", "BertPreTokenizer",
            "Metaspace", "Punctuation", "Digits", "Split", "CharDelimiterSplit", "Sequence");
    private static final List<String> BEHAVIORS = List.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext",
            "Contiguous");

    /// Signs of punctuation, and what else ASCII has that is no letter, digit or space.
    private static final String PUNCTUATION = "[\\p{P}$+<=>^`|~]";
    private static final ByPattern WITHOUT_SPACES = new ByPattern("\\s", SplitBehavior.REMOVED, false);

    private JsonSplitters() {}

    static List<Splitter> read(Json all) {
        return JsonParts.steps(all, NAME, "pretokenizers").stream().flatMap(step -> step(step).stream()).toList();
    }

    private static List<Splitter> step(Json step) {
        String kind = JsonParts.kind(step);
        return switch (kind) {
            case "ByteLevel" -> List.of(new Splitter.ByteLevel(JsonParts.truth(step, "add_prefix_space", true),
                    JsonParts.truth(step, "use_regex", true)));
            case "Whitespace" -> List.of(new ByPattern("\\w+|[^\\w\\s]+", SplitBehavior.REMOVED, true));
            case "WhitespaceSplit" -> List.of(WITHOUT_SPACES);
            case "BertPreTokenizer" ->
                List.of(WITHOUT_SPACES, new ByPattern(PUNCTUATION, SplitBehavior.ISOLATED, false));
            case "Metaspace" -> List.of(new Splitter.Metaspace(step.get("replacement").asText(), scheme(step),
                    JsonParts.truth(step, "split", true)));
            case "Punctuation" -> List.of(
                    new ByPattern(PUNCTUATION, behavior(JsonParts.text(step, "behavior", "Isolated")), false));
            case "Digits" -> List.of(new ByPattern("\\p{N}", JsonParts.truth(step, "individual_digits", false)
                    ? SplitBehavior.ISOLATED
                    : SplitBehavior.CONTIGUOUS, false));
            case "Split" -> List.of(new ByPattern(JsonParts.pattern(step), behavior(step.get("behavior").asText()),
                    JsonParts.truth(step, "invert", false)));
            case "CharDelimiterSplit" -> List.of(
                    new ByPattern(Pattern.quote(step.get("delimiter").asText()), SplitBehavior.REMOVED, false));
            default -> throw JsonParts.unknown(NAME, kind, KNOWN);
        };
    }

    /// Where Metaspace puts a mark without a space. Older files have only a truth value.
    static Splitter.PrefixScheme scheme(Json step) {
        if (!JsonParts.truth(step, "add_prefix_space", true)) {
            return Splitter.PrefixScheme.NEVER;
        }
        String scheme = JsonParts.text(step, "prepend_scheme", "always");
        return switch (scheme) {
            case "always" -> Splitter.PrefixScheme.ALWAYS;
            case "first" -> Splitter.PrefixScheme.FIRST;
            case "never" -> Splitter.PrefixScheme.NEVER;
            default -> throw JsonParts.unknown("prepend_scheme", scheme, List.of("always", "first", "never"));
        };
    }

    private static SplitBehavior behavior(String name) {
        int at = BEHAVIORS.indexOf(name);
        if (at < 0) {
            throw JsonParts.unknown("behavior", name, BEHAVIORS);
        }
        return SplitBehavior.values()[at];
    }
}
