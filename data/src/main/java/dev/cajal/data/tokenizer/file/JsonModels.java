package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.MergeModel;
import dev.cajal.data.tokenizer.MergeOptions;
import dev.cajal.data.tokenizer.TokenModel;
import dev.cajal.data.tokenizer.UnigramModel;
import dev.cajal.data.tokenizer.WordModel;
import dev.cajal.data.tokenizer.WordPieceModel;
import dev.cajal.nn.checkpoint.Json;
import java.util.List;
import java.util.Optional;

/// The `model` of a `tokenizer.json`.
final class JsonModels {
    private static final String NAME = "model";
    private static final List<String> KNOWN = List.of("BPE", "Unigram", "WordPiece", "WordLevel");
    private static final int LONGEST_WORD = 100;

    private JsonModels() {}

    static TokenModel read(Json all) {
        Json model = all.get(NAME);
        String kind = JsonParts.text(model, "type", "BPE");
        return switch (kind) {
            case "BPE" -> MergeModel.of(TokenNumbers.tokens(model.get("vocab")),
                    model.get("merges").asList().stream().map(JsonModels::pair).toList(), options(model));
            case "Unigram" -> unigram(model);
            case "WordPiece" -> new WordPieceModel(TokenNumbers.tokens(model.get("vocab")),
                    JsonParts.text(model, "unk_token", "[UNK]"),
                    JsonParts.text(model, "continuing_subword_prefix", "##"),
                    JsonParts.member(model, "max_input_chars_per_word").map(Json::asInt).orElse(LONGEST_WORD));
            case "WordLevel" -> new WordModel(TokenNumbers.tokens(model.get("vocab")),
                    JsonParts.text(model, "unk_token", "<unk>"));
            default -> throw JsonParts.unknown(NAME, kind, KNOWN);
        };
    }

    /// Two texts, in older files one with a space between.
    private static List<String> pair(Json merge) {
        return merge instanceof Json.Elements parts
                ? parts.asList().stream().map(Json::asText).toList()
                : List.of(merge.asText().split(" ", -1));
    }

    private static MergeOptions options(Json model) {
        return new MergeOptions(JsonParts.member(model, "unk_token").map(Json::asText),
                JsonParts.truth(model, "fuse_unk", false),
                JsonParts.truth(model, "byte_fallback", false),
                JsonParts.truth(model, "ignore_merges", false),
                JsonParts.text(model, "continuing_subword_prefix", ""),
                JsonParts.text(model, "end_of_word_suffix", ""));
    }

    private static UnigramModel unigram(Json model) {
        List<Json> pieces = model.get("vocab").asList();
        Optional<Integer> unknown = JsonParts.member(model, "unk_id").map(Json::asInt);
        return new UnigramModel(pieces.stream().map(piece -> piece.asList().getFirst().asText()).toList(),
                pieces.stream().map(piece -> piece.asList().getLast().asDouble()).toList(), unknown,
                JsonParts.truth(model, "byte_fallback", false));
    }
}
