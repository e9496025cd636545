package dev.cajal.data.text;

import dev.cajal.data.DataException;
import dev.cajal.data.Place;
import dev.cajal.data.file.DataFile;
import dev.cajal.data.tokenizer.SentencePieces;
import dev.cajal.data.tokenizer.TokenPipeline;
import dev.cajal.data.tokenizer.file.SentencePieceFile;
import dev.cajal.data.tokenizer.file.TokenNumbers;
import dev.cajal.data.tokenizer.file.TokenizerJson;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.nn.example.Tokenizer;
import dev.cajal.type.CajalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tokenizers that others have made.
public final class TokenizerFiles {
    private static final long LARGEST = 1L << 28;

    private TokenizerFiles() {}

    /// A tokenizer from the `tokenizer.json` of Hugging Face's libraries.
    ///
    /// @throws DataException if it cannot be read, or has a part that is not known here
    public static TokenPipeline readJson(Path file) {
        return in(file, () -> TokenizerJson.read(json(file)));
    }

    /// A tokenizer from a `.model` file of SentencePiece, of the kind unigram or bpe.
    ///
    /// @throws DataException if it cannot be read, or is of another kind
    public static SentencePieces readSentencePiece(Path file) {
        return in(file, () -> SentencePieceFile.read(new DataFile(file).bytes(LARGEST)));
    }

    /// GPT-2's own files: tokens with their numbers (`encoder.json`, `vocab.json`), and the merges (`vocab.bpe`, `merges.txt`).
    ///
    /// @throws DataException if one of them cannot be read
    public static BytePairs readPair(Path tokens, Path merges) {
        List<String> pairs = in(merges, () -> new String(new DataFile(merges).bytes(LARGEST), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#version") && !line.isEmpty())
                .toList());
        return in(tokens, () -> new BytePairs(TokenNumbers.tokens(json(tokens)), pairs));
    }

    /// A tokenizer from a file of any of these kinds, which its name tells; of GPT-2's two files either is named, and the other lies beside it.
    ///
    /// @throws DataException if it cannot be read, or has a part that is not known here
    public static Tokenizer read(Path file) {
        String name = file.getFileName().toString();
        for (String[] pair : new String[][] {{"encoder.json", "vocab.bpe"}, {"vocab.json", "merges.txt"}}) {
            for (int i = 0; i < 2; i++) {
                Path other = file.resolveSibling(name.replace(pair[i], pair[1 - i]));
                if (name.endsWith(pair[i]) && Files.exists(other)) {
                    return i == 0 ? readPair(file, other) : readPair(other, file);
                }
                // A file of the other name may be a tokenizer.json.
                if (name.endsWith(pair[i]) && i == 1 && Files.exists(file)) {
                    throw new DataException("text.half-tokenizer", Place.of(file), null,
                            "These are the merges of a tokenizer, to which its tokens belong: there is no file %s. Put it beside this one.",
                            other);
                }
            }
        }
        return name.endsWith(".model") ? readSentencePiece(file) : readJson(file);
    }

    private static Json json(Path file) {
        return Json.parse(new String(new DataFile(file).bytes(LARGEST), StandardCharsets.UTF_8));
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
