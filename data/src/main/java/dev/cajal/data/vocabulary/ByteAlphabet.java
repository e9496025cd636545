package dev.cajal.data.vocabulary;

import java.nio.charset.StandardCharsets;

/// A visible character for each byte, as GPT-2 has it, so that any bytes are a text that can be printed: most printable characters of Latin-1 stand for themselves, the other
/// bytes get the characters from U+0100 on.
public final class ByteAlphabet {
    /// How many bytes there are.
    public static final int SIZE = 256;

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
    public static String all() {
        return ALL;
    }

    /// The bytes of a text in UTF-8 as characters.
    public static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        char[] characters = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            characters[i] = CHARACTERS[bytes[i] & 0xff];
        }
        return new String(characters);
    }

    /// The bytes that the characters of a token stand for. A token with a character that stands for none, as some with a meaning of their own have them, is taken for itself.
    public static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char character = token.charAt(i);
            if (character >= BYTES.length || CHARACTERS[BYTES[character]] != character) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[character];
        }
        return bytes;
    }
}
