package dev.cajal.nn.checkpoint;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Tensors by name in the [safetensors](https://github.com/huggingface/safetensors) format: eight bytes with the length of a JSON
/// header, the header with type, shape and place of each tensor, then the elements, little-endian.
public final class SafeTensors {
    private static final int LONGEST_HEADER = 100_000_000;

    /// The most bytes of elements that fit into one array beside the longest header.
    private static final long LARGEST = Integer.MAX_VALUE - 16 - LONGEST_HEADER;

    private SafeTensors() {}

    /// Writes tensors in the order of the map.
    ///
    /// @throws CheckpointException if they have more bytes together than one array can hold, and could not be read again
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        requireReadable(tensors);
        Tensor.evaluate(List.copyOf(tensors.values()));
        Map<String, Json> header = new LinkedHashMap<>();
        long offset = 0;
        for (var entry : tensors.entrySet()) {
            TensorType type = entry.getValue().type();
            Map<String, Json> description = new LinkedHashMap<>();
            description.put("dtype", Json.of(type.dtype().toString().toUpperCase(Locale.ROOT)));
            description.put("shape", Json.of(type.shape().dims().stream().map(dim -> Json.of((long) dim)).toList()));
            description.put("data_offsets", Json.of(List.of(Json.of(offset), Json.of(offset + type.byteSize()))));
            header.put(entry.getKey(), Json.of(description));
            offset += type.byteSize();
        }
        byte[] json = Json.of(header).print().getBytes(StandardCharsets.UTF_8);
        // Elements begin at a multiple of eight bytes: the header is filled up with blanks.
        int length = (json.length + 7) / 8 * 8;
        out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
        out.write(json);
        out.write(" ".repeat(length - json.length).getBytes(StandardCharsets.UTF_8));
        for (Tensor tensor : tensors.values()) {
            byte[] elements = new byte[Math.toIntExact(tensor.type().byteSize())];
            tensor.read(MemorySegment.ofArray(elements));
            out.write(littleEndian(elements, tensor.dtype()));
        }
    }

    private static void requireReadable(Map<String, Tensor> tensors) {
        long left = LARGEST;
        for (var entry : tensors.entrySet()) {
            left -= Math.min(entry.getValue().type().byteSize(), LARGEST + 1);
            if (left < 0) {
                throw new CheckpointException(
                        "safetensors.too-large",
                        null,
                        "With %s of type %s the tensors have more than %s bytes together, and could not be read again. Save them in several parts.",
                        entry.getKey(),
                        entry.getValue().type(),
                        LARGEST);
            }
        }
    }

    /// Where a tensor's elements are, counted from the end of the header.
    private record Place(String key, TensorType type, long from, long to) {}

    /// Reads all tensors.
    ///
    /// @param name of the file, for messages
    /// @throws CheckpointException if the bytes are not in the format, too few or too many
    public static SequencedMap<String, Tensor> read(byte[] bytes, String name) {
        if (bytes.length < 8) {
            throw broken(name, Phrase.of("safetensors.short", "it has only %s bytes", bytes.length));
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > bytes.length - 8) {
            throw broken(name, Phrase.of("safetensors.header", "its header should have %s bytes", length));
        }
        int start = Math.toIntExact(8 + length);
        List<Place> places = new ArrayList<>();
        try {
            header(bytes, start).forEach((key, description) -> {
                if (!key.equals("__metadata__")) {
                    places.add(place(key, description));
                }
            });
        } catch (CajalException wrong) {
            throw CheckpointException.in(name, wrong);
        }
        requireCovering(places, bytes.length - start, name);
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (Place place : places) {
            int from = Math.toIntExact(start + place.from());
            byte[] elements = Arrays.copyOfRange(bytes, from, Math.toIntExact(start + place.to()));
            MemorySegment segment = MemorySegment.ofArray(littleEndian(elements, place.type().dtype()));
            tensors.put(place.key(), Tensor.of(place.type(), segment));
        }
        return tensors;
    }

    private static SequencedMap<String, Json> header(byte[] bytes, int end) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 8, end - 8)).toString();
            return Json.parse(text).asMap();
        } catch (CharacterCodingException wrong) {
            throw new CheckpointException("safetensors.encoding", wrong, "Its header is not text in UTF-8.");
        }
    }

    private static Place place(String key, Json description) {
        try {
            DType dtype = dtype(description.get("dtype").asText());
            Shape shape = Shape.of(description.get("shape").asList().stream().map(Json::asInt).toList());
            List<Json> offsets = description.get("data_offsets").asList();
            if (offsets.size() != 2) {
                throw new CheckpointException("safetensors.offsets", null, "It has %s offsets, not two.",
                        offsets.size());
            }
            Place place = new Place(
                    key, new TensorType(dtype, shape), offsets.get(0).asLong(), offsets.get(1).asLong());
            place.type().byteSize();
            return place;
        } catch (CajalException wrong) {
            throw CheckpointException.in(Phrase.of("place.tensor", "tensor %s", key), wrong);
        }
    }

    /// The format has no gaps and no overlaps: the ranges, in the order of their places, follow one another from the first byte to the last.
    private static void requireCovering(List<Place> places, long size, String name) {
        List<Place> ordered = places.stream()
                .sorted(Comparator.comparingLong(Place::from).thenComparingLong(Place::to))
                .toList();
        long next = 0;
        for (Place place : ordered) {
            // Compared in this order nothing can overflow: from is at least 0 and at most to.
            if (place.from() != next || place.to() < place.from() || place.to() > size
                    || place.to() - place.from() != place.type().byteSize()) {
                throw broken(name, Phrase.of("safetensors.gap",
                        "%s %s of %s bytes is at bytes %s to %s of %s, where byte %s comes next",
                        place.key(), place.type(), place.type().byteSize(), place.from(), place.to(), size, next));
            }
            next = place.to();
        }
        if (next != size) {
            throw broken(name,
                    Phrase.of("safetensors.size", "its tensors have %s bytes, but there are %s", next, size));
        }
    }

    private static DType dtype(String label) {
        for (DType dtype : DType.values()) {
            if (dtype.toString().equalsIgnoreCase(label)) {
                return dtype;
            }
        }
        throw new CheckpointException(
                "safetensors.dtype",
                null,
                "Its elements are %s, a type that is not known here; known are %s.",
                label,
                List.of(DType.values()));
    }

    /// Native bytes from little-endian ones, or the reverse: the same array on almost every machine.
    private static byte[] littleEndian(byte[] bytes, DType dtype) {
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return bytes;
        }
        int size = dtype.byteSize();
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[i / size * size + size - 1 - i % size];
        }
        return turned;
    }

    private static CheckpointException broken(String name, Phrase why) {
        return new CheckpointException(
                "safetensors.broken", null,
                "%s is not a whole safetensors file: %s. It may have been cut off, or changed.", name,
                why);
    }
}
