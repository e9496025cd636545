package dev.cajal.data.tokenizer.file;

import dev.cajal.type.CajalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A message of [protocol buffers](https://protobuf.dev/programming-guides/encoding/): the little of it that a file of SentencePiece needs.
///
/// @param fields in the order of the message
record Protobuf(List<Field> fields) {
    private static final int MOST_BITS = 64;

    /// A field.
    ///
    /// @param number by which the message knows it
    /// @param bits its value, if it is a number
    /// @param bytes its value, if it is a text, bytes, or a message
    record Field(int number, long bits, ByteBuffer bytes) {
        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        float decimal() {
            return Float.intBitsToFloat((int) bits);
        }

        boolean truth() {
            return bits != 0;
        }

        Protobuf message() {
            return Protobuf.of(bytes.duplicate());
        }
    }

    /// @throws CajalException if it is none
    static Protobuf of(ByteBuffer message) {
        ByteBuffer bytes = message.order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long key = varint(bytes);
            int number = (int) (key >>> 3);
            ByteBuffer none = ByteBuffer.allocate(0);
            fields.add(switch ((int) key & 7) {
                case 0 -> new Field(number, varint(bytes), none);
                case 1 -> new Field(number, require(bytes, Long.BYTES).getLong(), none);
                case 2 -> new Field(number, 0, slice(bytes, varint(bytes)));
                case 5 -> new Field(number, require(bytes, Integer.BYTES).getInt(), none);
                default -> throw damaged();
            });
        }
        return new Protobuf(fields);
    }

    /// The last field with a number, or the usual one; of several the last counts.
    Field last(int number, Field usual) {
        return fields.stream().filter(field -> field.number == number).reduce(usual, (_, field) -> field);
    }

    private static ByteBuffer require(ByteBuffer bytes, long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw damaged();
        }
        return bytes;
    }

    private static ByteBuffer slice(ByteBuffer bytes, long length) {
        require(bytes, length);
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return slice;
    }

    private static long varint(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < MOST_BITS; shift += 7) {
            byte part = require(bytes, 1).get();
            number |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw damaged();
    }

    static CajalException damaged() {
        return new CajalException("text.sentencepiece",
                "This is no model of SentencePiece, or a damaged one. Copy or download it again.");
    }
}
