package dev.cajal.data.text;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.DataFile;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.type.CajalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tokenizers that others have made.
public final class TokenizerFiles {
    private static final long LARGEST = 1L << 28;

    private TokenizerFiles() {}

    /// A tokenizer of byte pairs from the `tokenizer.json` of Hugging Face's libraries.
    ///
    /// @throws DataException if it cannot be read, or is of another kind
    public static BytePairs readJson(Path file) {
        return in(file, () -> {
            Json json = json(file);
            Json model = json.get("model");
            String type = model.get("type").asText();
            requireKind(file, "BPE", type);
            Map<String, Json> all = json.asMap();
            requireKind(file, "ByteLevel", kind(all.get("pre_tokenizer")));
            requireKind(file, "none", kind(all.get("normalizer")));
            List<String> merges = new ArrayList<>();
            for (Json merge : model.get("merges").asList()) {
                merges.add(merge instanceof Json.Elements parts
                        ? parts.asList().get(0).asText() + " " + parts.asList().get(1).asText()
                        : merge.asText());
            }
            return new BytePairs(tokens(model.get("vocab")), merges);
        });
    }

    /// GPT-2's own files: tokens with their numbers (`encoder.json`, `vocab.json`), and the merges (`vocab.bpe`, `merges.txt`).
    ///
    /// @throws DataException if one of them cannot be read
    public static BytePairs readPair(Path tokens, Path merges) {
        List<String> pairs = in(merges, () -> new String(new DataFile(merges).bytes(LARGEST), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#version") && !line.isEmpty())
                .toList());
        return in(tokens, () -> new BytePairs(tokens(json(tokens)), pairs));
    }

    /// A tokenizer from a file of either kind; of GPT-2's two files either is named, and the other lies beside it.
    public static BytePairs read(Path file) {
        String name = file.getFileName().toString();
        for (String[] pair : new String[][] {{"encoder.json", "vocab.bpe"}, {"vocab.json", "merges.txt"}}) {
            for (int i = 0; i < 2; i++) {
                Path other = file.resolveSibling(name.replace(pair[i], pair[1 - i]));
                if (name.endsWith(pair[i]) && Files.exists(other)) {
                    return i == 0 ? readPair(file, other) : readPair(other, file);
                }
            }
        }
        return readJson(file);
    }

    private static Json json(Path file) {
        return Json.parse(new String(new DataFile(file).bytes(LARGEST), StandardCharsets.UTF_8));
    }

    private static List<String> tokens(Json vocabulary) {
        Map<String, Json> numbers = vocabulary.asMap();
        List<String> tokens = new ArrayList<>(Collections.nCopies(numbers.size(), ""));
        numbers.forEach((token, number) -> {
            long at = number.asLong();
            if (at < 0 || at >= tokens.size()) {
                throw new CajalException("text.token-number",
                        "The token '%s' has the number %s, but there are %s tokens.", token, at,
                        tokens.size());
            }
            tokens.set((int) at, token);
        });
        return tokens;
    }

    private static String kind(@Nullable Json part) {
        return part instanceof Json.Members members ? members.get("type").asText() : "none";
    }

    private static void requireKind(Path file, String needed, String found) {
        if (!found.equals(needed)) {
            throw new DataException("text.tokenizer", Place.of(file), null,
                    "This is a tokenizer of another kind (%s): Cajal reads byte pairs as GPT-2 has them (BPE, ByteLevel, no normalizer).",
                    found);
        }
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T in(Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (DataException placed) {
            throw placed;
        } catch (CajalException wrong) {
            throw new DataException("text.tokenizer-file", Place.of(file), wrong, "The tokenizer cannot be read: %s",
                    wrong.phrase());
        }
    }
}
