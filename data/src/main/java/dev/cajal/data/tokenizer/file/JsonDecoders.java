package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.Splitter;
import dev.cajal.data.tokenizer.TokenDecoder;
import dev.cajal.nn.checkpoint.Json;
import java.util.ArrayList;
import java.util.List;

/// The `decoder` of a `tokenizer.json`.
final class JsonDecoders {
    private static final String NAME = "decoder";
    private static final List<String> KNOWN = List.of("ByteLevel", "Metaspace", "WordPiece", "BPEDecoder",
            "ByteFallback",
            "Replace", "Fuse", "Strip", "Sequence");

    private JsonDecoders() {}

    /// Without a decoder there are spaces between tokens.
    static List<TokenDecoder> read(Json all) {
        List<Json> steps = JsonParts.steps(all, NAME, "decoders");
        List<TokenDecoder> decoders = new ArrayList<>();
        if (steps.isEmpty()) {
            decoders.add(new TokenDecoder.FromWordPieces("", false));
        }
        boolean whole = false;
        for (Json step : steps) {
            String kind = JsonParts.kind(step);
            switch (kind) {
                case "ByteLevel" -> {
                    decoders.add(new TokenDecoder.FromByteLevel());
                    whole = true;
                }
                case "Metaspace" -> decoders.add(new TokenDecoder.FromMetaspace(step.get("replacement").asText(),
                        JsonSplitters.scheme(step) != Splitter.PrefixScheme.NEVER));
                case "WordPiece" -> decoders.add(new TokenDecoder.FromWordPieces(step.get("prefix").asText(),
                        JsonParts.truth(step, "cleanup", true)));
                case "BPEDecoder" ->
                    decoders.add(new TokenDecoder.FromWordEnds(JsonParts.text(step, "suffix", "</w>")));
                case "ByteFallback" -> decoders.add(new TokenDecoder.FromByteNames());
                case "Replace" -> decoders.add(new TokenDecoder.FromText(plainPattern(step),
                        step.get("content").asText()));
                case "Fuse" -> whole = true;
                case "Strip" -> decoders.add(new TokenDecoder.Stripped(step.get("content").asText(),
                        step.get("start").asInt(), step.get("stop").asInt(), whole));
                default -> throw JsonParts.unknown(NAME, kind, KNOWN);
            }
        }
        return decoders;
    }

    private static String plainPattern(Json step) {
        Json pattern = step.get("pattern");
        return JsonParts.member(pattern, "String")
                .orElseThrow(() -> JsonParts.unknown("pattern of a decoder", "Regex", List.of("String")))
                .asText();
    }
}
