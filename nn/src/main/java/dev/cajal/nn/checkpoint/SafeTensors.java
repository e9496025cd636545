package dev.cajal.nn.checkpoint;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Tensors by name in the [safetensors](https://github.com/huggingface/safetensors) format: eight bytes with the length of a JSON
/// header, the header with type, shape and place of each tensor, then the elements, little-endian.
public final class SafeTensors {
    private static final int LONGEST_HEADER = 100_000_000;

    private SafeTensors() {}

    /// Writes tensors in the order of the map.
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
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

    /// Reads all tensors.
    ///
    /// @param name of the file, for messages
    /// @throws CheckpointException if the bytes are not in the format, or too few
    public static SequencedMap<String, Tensor> read(byte[] bytes, String name) {
        if (bytes.length < 8) {
            throw broken(name, "it has only " + bytes.length + " bytes");
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST_HEADER || 8 + length > bytes.length) {
            throw broken(name, "its header should have " + length + " bytes");
        }
        int start = Math.toIntExact(8 + length);
        Json header = Json.parse(new String(bytes, 8, (int) length, StandardCharsets.UTF_8));
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        long covered = 0;
        for (Map.Entry<String, Json> entry : header.asMap().entrySet()) {
            if (!entry.getKey().equals("__metadata__")) {
                Tensor tensor = tensor(entry.getKey(), entry.getValue(), bytes, start, name);
                tensors.put(entry.getKey(), tensor);
                covered += tensor.type().byteSize();
            }
        }
        // Ranges that lie inside and add up to everything could still overlap, but no byte is read from elsewhere then.
        if (covered != bytes.length - start) {
            throw broken(name, "its tensors have %s bytes, but it holds %s".formatted(covered, bytes.length - start));
        }
        return tensors;
    }

    private static Tensor tensor(String key, Json description, byte[] bytes, int start, String name) {
        DType dtype = dtype(description.get("dtype").asText(), key, name);
        List<Integer> dims = new ArrayList<>();
        for (Json dim : description.get("shape").asList()) {
            if (dim.asLong() < 0 || dim.asLong() > bytes.length) {
                throw broken(name, key + " has a dimension of " + dim.asLong());
            }
            dims.add((int) dim.asLong());
        }
        TensorType type = new TensorType(dtype, Shape.of(dims));
        List<Json> offsets = description.get("data_offsets").asList();
        if (offsets.size() != 2) {
            throw broken(name, key + " has " + offsets.size() + " offsets");
        }
        long from = offsets.get(0).asLong();
        long to = offsets.get(1).asLong();
        if (from < 0 || to < from || to > bytes.length - start || to - from != type.byteSize()) {
            throw broken(name,
                    "%s %s should be at bytes %s to %s of %s".formatted(key, type, from, to, bytes.length - start));
        }
        byte[] elements = new byte[(int) (to - from)];
        System.arraycopy(bytes, (int) (start + from), elements, 0, elements.length);
        return Tensor.of(type, MemorySegment.ofArray(littleEndian(elements, dtype)));
    }

    private static DType dtype(String label, String key, String name) {
        for (DType dtype : DType.values()) {
            if (dtype.toString().equalsIgnoreCase(label)) {
                return dtype;
            }
        }
        throw new CheckpointException(
                "safetensors.dtype",
                null,
                "%s holds %s as %s, a type that is not known here; known are %s.",
                name,
                key,
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

    private static CheckpointException broken(String name, String why) {
        return new CheckpointException(
                "safetensors.broken", null, "%s is not a whole safetensors file: %s. It may have been cut off.", name,
                why);
    }
}
