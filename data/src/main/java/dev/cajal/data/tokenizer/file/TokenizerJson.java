package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.AddedToken;
import dev.cajal.data.tokenizer.TokenPipeline;
import dev.cajal.nn.checkpoint.Json;
import java.util.List;

/// The `tokenizer.json` of Hugging Face's libraries.
public final class TokenizerJson {
    private TokenizerJson() {}

    /// The tokenizer that a file describes.
    ///
    /// @throws dev.cajal.type.CajalException if it has a part that is not known here, or is damaged
    public static TokenPipeline read(Json all) {
        return new TokenPipeline(JsonModels.read(all), added(all), JsonNormalizers.read(all), JsonSplitters.read(all),
                JsonDecoders.read(all), JsonTemplates.read(all),
                JsonParts.member(all, "padding").map(padding -> padding.get("pad_id").asInt()));
    }

    private static List<AddedToken> added(Json all) {
        return JsonParts.member(all, "added_tokens").map(Json::asList).orElse(List.of()).stream()
                .map(token -> new AddedToken(token.get("content").asText(), token.get("id").asInt(),
                        JsonParts.truth(token, "special", false),
                        JsonParts.truth(token, "normalized", true),
                        JsonParts.truth(token, "single_word", false),
                        JsonParts.truth(token, "lstrip", false),
                        JsonParts.truth(token, "rstrip", false)))
                .toList();
    }
}
