package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.CharacterMap;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SentencePiece's map of characters as Hugging Face's libraries use it: for each visible character (grapheme) of fewer than six bytes what the map has for its shortest beginning, else what it has
/// for each code point.
///
/// @param map in Base64
public record MappedCharacters(String map) implements TextNormalizer {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final int LONG = 6;

    /// @throws dev.cajal.type.CajalException if the map is damaged
    public MappedCharacters {
        new CharacterMap(map);
    }

    @Override
    public UnaryOperator<String> change() {
        CharacterMap characters = new CharacterMap(map);
        return text -> {
            var changed = new ByteArrayOutputStream();
            Matcher matcher = GRAPHEME.matcher(text);
            while (matcher.find()) {
                if (!change(characters, matcher.group(), LONG, changed)) {
                    matcher.group().codePoints().mapToObj(Character::toString).forEach(point -> {
                        if (!change(characters, point, Integer.MAX_VALUE, changed)) {
                            changed.writeBytes(point.getBytes(StandardCharsets.UTF_8));
                        }
                    });
                }
            }
            return changed.toString(StandardCharsets.UTF_8);
        };
    }

    private static boolean change(CharacterMap characters, String text, int limit, ByteArrayOutputStream changed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= limit) {
            return false;
        }
        var match = characters.find(bytes, 0, bytes.length, false);
        changed.writeBytes(match.text());
        return match.length() > 0;
    }
}
