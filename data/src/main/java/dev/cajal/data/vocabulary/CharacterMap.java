package dev.cajal.data.vocabulary;

import dev.cajal.type.CajalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/// SentencePiece's precompiled map of characters: which sequence of bytes becomes which other one.
///
/// The number of bytes of a trie, the trie (a double array of J. Aoe, 1989, as Darts-clone lays it out), and the texts that sequences become, with a zero behind each.
public final class CharacterMap {
    private final int[] units;
    private final byte[] texts;

    /// @param map in Base64
    /// @throws CajalException if it is damaged
    public CharacterMap(String map) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(map)).order(ByteOrder.LITTLE_ENDIAN);
            int size = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (size < Integer.BYTES || size > bytes.remaining()) {
                throw damaged();
            }
            units = new int[size / Integer.BYTES];
            bytes.asIntBuffer().get(units);
            texts = Arrays.copyOfRange(bytes.array(), Integer.BYTES + size, bytes.capacity());
        } catch (IllegalArgumentException none) {
            throw damaged();
        }
    }

    /// A sequence of bytes that was found at a place.
    ///
    /// @param length how many there are
    /// @param text what they become
    public record Match(int length, byte[] text) {}

    /// The sequence that begins at a place of a text.
    ///
    /// @param longest whether the longest one is wanted, not the shortest
    /// @return a match of length 0 if there is none
    public Match find(byte[] bytes, int from, int to, boolean longest) {
        int length = 0;
        int value = 0;
        int node = offset(unit(0));
        for (int i = from; i < to; i++) {
            node ^= bytes[i] & 0xff;
            int unit = unit(node);
            if ((unit & 0x800000FF) != (bytes[i] & 0xff)) {
                break;
            }
            node ^= offset(unit);
            if ((unit >>> 8 & 1) == 1) {
                length = i + 1 - from;
                value = unit(node) & 0x7FFFFFFF;
                if (!longest) {
                    break;
                }
            }
        }
        return new Match(length, length == 0 ? new byte[0] : text(value));
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    private int unit(int node) {
        if (node < 0 || node >= units.length) {
            throw damaged();
        }
        return units[node];
    }

    private byte[] text(int from) {
        int to = from;
        while (to < texts.length && texts[to] != 0) {
            to++;
        }
        if (to >= texts.length) {
            throw damaged();
        }
        return Arrays.copyOfRange(texts, from, to);
    }

    private static CajalException damaged() {
        return new CajalException("text.character-map",
                "The tokenizer's map of characters is damaged. Copy or download its file again.");
    }
}
