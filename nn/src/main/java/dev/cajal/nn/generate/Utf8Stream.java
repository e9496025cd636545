package dev.cajal.nn.generate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Makes characters of bytes that come a few at a time. What is no UTF-8 becomes the replacement character.
final class Utf8Stream {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final Consumer<String> listener;
    /// The beginning of a character.
    private byte[] rest = {};

    Utf8Stream(Consumer<String> listener) {
        this.listener = listener;
    }

    void write(byte[] bytes) {
        decode(bytes, false);
    }

    /// What is left is not going to become a character.
    void end() {
        decode(new byte[0], true);
    }

    private void decode(byte[] bytes, boolean last) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, last);
        rest = new byte[in.remaining()];
        in.get(rest);
        if (out.flip().hasRemaining()) {
            listener.accept(out.toString());
        }
    }
}
