package dev.cajal.data.tokenizer;

import dev.cajal.data.vocabulary.CharacterMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The changes of a text before SentencePiece cuts it. User-defined pieces stay as they are.
final class SentenceNormalizer {
    private final Optional<CharacterMap> map;
    private final PieceSpaces spaces;
    private final UserPieces user;

    SentenceNormalizer(PieceSpaces spaces, UserPieces user) {
        this.map = spaces.map().isEmpty() ? Optional.empty() : Optional.of(new CharacterMap(spaces.map()));
        this.spaces = spaces;
        this.user = user;
    }

    String normalize(String text) {
        StringBuilder changed = new StringBuilder();
        boolean empty = true;
        for (int at = 0; at < text.length();) {
            int length = user.length(text, at);
            if (length > 0) {
                empty &= add(changed, text.substring(at, at + length));
            } else {
                int end = afterRest(text, at);
                empty &= addMapped(changed, text.substring(at, end).getBytes(StandardCharsets.UTF_8));
                length = end - at;
            }
            at += length;
        }
        return empty && (spaces.single() || text.isEmpty()) ? "" : finished(changed);
    }

    /// The end of what has no user-defined piece in it.
    private int afterRest(String text, int from) {
        int at = from;
        do {
            at += Character.charCount(text.codePointAt(at));
        } while (at < text.length() && user.length(text, at) == 0);
        return at;
    }

    /// @return whether there was nothing but spaces
    private boolean addMapped(StringBuilder changed, byte[] bytes) {
        boolean blank = true;
        for (int at = 0; at < bytes.length;) {
            int from = at;
            var match = map.map(known -> known.find(bytes, from, bytes.length, true))
                    .filter(found -> found.length() > 0)
                    .orElseGet(() -> character(bytes, from));
            blank &= add(changed, new String(match.text(), StandardCharsets.UTF_8));
            at += match.length();
        }
        return blank;
    }

    /// A character as it is.
    private static CharacterMap.Match character(byte[] bytes, int from) {
        int length = 1;
        while (from + length < bytes.length && (bytes[from + length] & 0xC0) == 0x80) {
            length++;
        }
        return new CharacterMap.Match(length, Arrays.copyOfRange(bytes, from, from + length));
    }

    /// Of several spaces the first one is kept, of those at the start none.
    ///
    /// @return whether it was a space
    private boolean add(StringBuilder changed, String text) {
        int from = 0;
        while (spaces.single() && from < text.length() && text.charAt(from) == ' '
                && (changed.isEmpty() || changed.charAt(changed.length() - 1) == ' ')) {
            from++;
        }
        changed.append(text, from, text.length());
        return text.equals(" ");
    }

    /// With the space that is put before or behind it. At the end marks are left away even where the text itself has them, as SentencePiece does.
    private String finished(StringBuilder changed) {
        String mark = spaces.marked() ? SentencePieces.SPACE : " ";
        String text = (spaces.prefixed() && !spaces.behind() ? mark : "") + changed.toString().replace(" ", mark);
        while (spaces.single() && text.endsWith(mark)) {
            text = text.substring(0, text.length() - mark.length());
        }
        return spaces.prefixed() && spaces.behind() ? text + mark : text;
    }
}
