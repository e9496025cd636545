package dev.cajal.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A visible character for each byte, as GPT-2 has it, so that any bytes are a text that can be printed: most printable characters of Latin-1 stand for themselves, the other
/// bytes get the characters from U+0100 on.
final class ByteAlphabet {
    static final int SIZE = 256;

    private static final char[] CHARACTERS = new char[SIZE];
    private static final int[] BYTES = new int[2 * SIZE];
    /// All bytes, those that stand for themselves first: the order of GPT-2's first tokens.
    private static final String ALL;

    static {
        StringBuilder themselves = new StringBuilder();
        StringBuilder others = new StringBuilder();
        for (int b = 0; b < SIZE; b++) {
            boolean visible = b >= '!' && b <= '~' || b >= '¡' && b <= '¬' || b >= '®';
            CHARACTERS[b] = (char) (visible ? b : SIZE + others.length());
            BYTES[CHARACTERS[b]] = b;
            (visible ? themselves : others).append(CHARACTERS[b]);
        }
        ALL = themselves.append(others).toString();
    }

    private ByteAlphabet() {}

    /// Each byte's character.
    static String all() {
        return ALL;
    }

    /// The bytes of a text in UTF-8 as characters.
    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        char[] characters = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            characters[i] = CHARACTERS[bytes[i] & 0xff];
        }
        return new String(characters);
    }

    /// The bytes that characters stand for. Characters that stand for none, as some tokens with a meaning of their own have them, are taken for themselves.
    static byte[] bytes(String characters) {
        var bytes = new ByteArrayOutputStream();
        characters.codePoints().forEach(point -> {
            if (point < BYTES.length && CHARACTERS[BYTES[point]] == point) {
                bytes.write(BYTES[point]);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
