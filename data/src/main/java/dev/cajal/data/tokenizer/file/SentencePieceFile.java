package dev.cajal.data.tokenizer.file;

import dev.cajal.data.tokenizer.PieceKinds;
import dev.cajal.data.tokenizer.PieceSpaces;
import dev.cajal.data.tokenizer.SentencePieces;
import dev.cajal.data.tokenizer.file.Protobuf.Field;
import dev.cajal.type.CajalException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The `.model` files of SentencePiece: the fields of its `sentencepiece_model.proto`.
public final class SentencePieceFile {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final Field NONE = new Field(0, 0, NOTHING);
    private static final Field YES = new Field(0, 1, NOTHING);

    private static final int PIECES = 1;
    private static final int TRAINER = 2;
    private static final int NORMALIZER = 3;
    private static final int DENORMALIZER = 5;

    /// What a piece is, in the order of the numbers of the file, from 1.
    private enum Kind {
        NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE
    }

    private SentencePieceFile() {}

    /// The tokenizer that a file describes.
    ///
    /// @throws CajalException if it is damaged, or of a kind that is not known here
    public static SentencePieces read(byte[] file) {
        Protobuf model = Protobuf.of(ByteBuffer.wrap(file));
        Protobuf trainer = model.last(TRAINER, NONE).message();
        Protobuf normalizer = model.last(NORMALIZER, NONE).message();
        if (model.last(DENORMALIZER, NONE).message().last(2, NONE).bytes().hasRemaining()) {
            throw unknown("denormalizer");
        }
        List<String> pieces = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        Map<Kind, List<Integer>> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, new ArrayList<>());
        }
        for (Field field : model.fields()) {
            if (field.number() == PIECES) {
                Protobuf piece = field.message();
                kind(piece.last(3, YES).bits(), kinds).add(pieces.size());
                pieces.add(piece.last(1, NONE).text());
                scores.add((double) piece.last(2, NONE).decimal());
            }
        }
        return new SentencePieces(pieces, scores, kinds(trainer, kinds), algorithm(trainer.last(3, YES).bits()),
                spaces(trainer, normalizer));
    }

    private static List<Integer> kind(long number, Map<Kind, List<Integer>> kinds) {
        if (number < 1 || number > Kind.values().length) {
            throw Protobuf.damaged();
        }
        return kinds.getOrDefault(Kind.values()[(int) number - 1], List.of());
    }

    private static SentencePieces.Algorithm algorithm(long number) {
        return switch ((int) number) {
            case 1 -> SentencePieces.Algorithm.UNIGRAM;
            case 2 -> SentencePieces.Algorithm.BYTE_PAIRS;
            case 3 -> throw unknown("word");
            case 4 -> throw unknown("char");
            default -> throw Protobuf.damaged();
        };
    }

    private static CajalException unknown(String kind) {
        return new CajalException("text.sentencepiece-kind",
                "The model of SentencePiece is of the kind '%s', which Cajal does not read; it reads unigram and bpe.",
                kind);
    }

    private static PieceKinds kinds(Protobuf trainer, Map<Kind, List<Integer>> kinds) {
        List<Integer> unknown = kinds.getOrDefault(Kind.UNKNOWN, List.of());
        if (unknown.size() != 1) {
            throw Protobuf.damaged();
        }
        String text = trainer.fields().stream().anyMatch(field -> field.number() == 44)
                ? trainer.last(44, NONE).text()
                : " \u2047 ";
        return new PieceKinds(unknown.getFirst(), text, kinds.getOrDefault(Kind.CONTROL, List.of()),
                kinds.getOrDefault(Kind.USER_DEFINED, List.of()), kinds.getOrDefault(Kind.UNUSED, List.of()),
                trainer.last(35, NONE).truth());
    }

    private static PieceSpaces spaces(Protobuf trainer, Protobuf normalizer) {
        ByteBuffer map = normalizer.last(2, NONE).bytes();
        return new PieceSpaces(Base64.getEncoder().encodeToString(bytes(map)),
                normalizer.last(3, YES).truth(), trainer.last(24, NONE).truth(), normalizer.last(4, YES).truth(),
                normalizer.last(5, YES).truth());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
