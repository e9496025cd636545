package dev.cajal.data.tokenizer;

import java.nio.charset.StandardCharsets;

/// Bytes as a text with a character for each: so a token that is a part of a character can be changed as texts are.
final class ByteText {
    private ByteText() {}

    /// The bytes of a text in UTF-8.
    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String byteText) {
        return byteText.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The text that the bytes are in UTF-8.
    static String text(String byteText) {
        return new String(bytes(byteText), StandardCharsets.UTF_8);
    }
}
