package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.MappedCharacters;
import dev.cajal.data.tokenizer.TextNormalizer;
import dev.cajal.data.tokenizer.TextNormalizer.Lowercase;
import dev.cajal.data.tokenizer.TextNormalizer.Prefix;
import dev.cajal.data.tokenizer.TextNormalizer.Replacement;
import dev.cajal.data.tokenizer.TextNormalizer.UnicodeForm;
import dev.cajal.nn.checkpoint.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/// The `normalizer` of a `tokenizer.json`.
final class JsonNormalizers {
    private static final String NAME = "normalizer";
    private static final List<String> KNOWN = List.of("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents",
            "Strip",
            "Replace", "Prepend", "BertNormalizer", "Nmt", "Precompiled", "Sequence");

    private static final Replacement WITHOUT_CONTROL = new Replacement(
            "[\\x00\\uFFFD]|[\\p{Cc}\\p{Cf}\\p{Co}&&[^\\t\\n\\r]]", "");
    private static final Replacement SPACES = new Replacement("\\s", " ");
    private static final Replacement AROUND_CHINESE = new Replacement(
            "[\\x{4E00}-\\x{9FFF}\\x{3400}-\\x{4DBF}\\x{20000}-\\x{2A6DF}\\x{2A700}-\\x{2B73F}\\x{2B740}-\\x{2B81F}"
                    + "\\x{2B920}-\\x{2CEAF}\\x{F900}-\\x{FAFF}\\x{2F800}-\\x{2FA1F}]",
            " $0 ");
    private static final Replacement NMT_WITHOUT_CONTROL = new Replacement(
            "[\\x01-\\x08\\x0B\\x0E-\\x1F\\x7F\\x{8F}\\x{9F}]", "");
    private static final Replacement NMT_SPACES = new Replacement(
            "[\\t\\n\\x0C\\r\\x{1680}\\x{200B}-\\x{200F}\\x{2028}\\x{2029}\\x{2581}\\x{FEFF}\\x{FFFD}]", " ");

    private JsonNormalizers() {}

    static List<TextNormalizer> read(Json all) {
        return JsonParts.steps(all, NAME, "normalizers").stream().flatMap(step -> step(step).stream()).toList();
    }

    private static List<TextNormalizer> step(Json step) {
        String kind = JsonParts.kind(step);
        return switch (kind) {
            case "NFC", "NFD", "NFKC", "NFKD" -> List.of(new UnicodeForm(kind));
            case "Lowercase" -> List.of(new Lowercase());
            case "StripAccents" -> List.of(new Replacement("\\p{M}", ""));
            case "Strip" ->
                strip(JsonParts.truth(step, "strip_left", true), JsonParts.truth(step, "strip_right", true));
            case "Replace" -> List.of(new Replacement(JsonParts.pattern(step),
                    Matcher.quoteReplacement(step.get("content").asText())));
            case "Prepend" -> List.of(new Prefix(step.get("prepend").asText()));
            case "BertNormalizer" -> bert(step);
            case "Nmt" -> List.of(NMT_WITHOUT_CONTROL, NMT_SPACES);
            case "Precompiled" -> List.of(new MappedCharacters(step.get("precompiled_charsmap").asText()));
            default -> throw JsonParts.unknown(NAME, kind, KNOWN);
        };
    }

    private static List<TextNormalizer> strip(boolean left, boolean right) {
        List<TextNormalizer> steps = new ArrayList<>();
        if (left) {
            steps.add(new Replacement("^\\s+", ""));
        }
        if (right) {
            steps.add(new Replacement("\\s+\\z", ""));
        }
        return steps;
    }

    private static List<TextNormalizer> bert(Json step) {
        boolean lowerCase = JsonParts.truth(step, "lowercase", true);
        List<TextNormalizer> steps = new ArrayList<>();
        if (JsonParts.truth(step, "clean_text", true)) {
            steps.add(WITHOUT_CONTROL);
            steps.add(SPACES);
        }
        if (JsonParts.truth(step, "handle_chinese_chars", true)) {
            steps.add(AROUND_CHINESE);
        }
        if (JsonParts.truth(step, "strip_accents", lowerCase)) {
            steps.add(new UnicodeForm("NFD"));
            steps.add(new Replacement("\\p{Mn}", ""));
        }
        if (lowerCase) {
            steps.add(new Lowercase());
        }
        return steps;
    }
}
