package dev.cajal.nn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    private static byte[] file(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(Map.of("w", Tensor.of(new float[][] {{1, 2}, {3, 4}}), "n", Tensor.of(new int[] {5})), out);
        var read = SafeTensors.read(out.toByteArray(), "test");
        assertThat(read.get("w").toFloats()).containsExactly(1, 2, 3, 4);
        assertThat(read.get("n").toInts()).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[9223372036854775803,9223372036854775807]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"})
    void rangesOutsideOfTheFileAreRefused(String header) {
        assertThatThrownBy(() -> SafeTensors.read(file(header, 4), "some file"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("some file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // Overlaps and gaps, together as large as they should be.
        "[0,8] | [4,12] | 16", "[0,8] | [0,8] | 16", "[0,8] | [12,20] | 20", "[4,12] | [12,20] | 20",
        "[0,8] | [8,16] | 24"})
    void rangesThatDoNotCoverTheFileAreRefused(String a, String b, int bytes) {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":%s},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":%s}}"
                .formatted(a, b);
        assertThatThrownBy(() -> SafeTensors.read(file(header, bytes), "some file"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("some file is not a whole safetensors file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[]", "{\"a\":1}", "{\"a\":{\"dtype\":\"F32\"}}",
        "{\"a\":{\"dtype\":\"X9\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,4]}}"})
    void aHeaderThatSaysSomethingElseIsRefusedWithTheFile(String header) {
        assertThatThrownBy(() -> SafeTensors.read(file(header, 4), "some file"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("some file");
    }

    @Test
    void rangesMayStandInAnyOrder() {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        assertThat(SafeTensors.read(file(header, 12), "some file").keySet()).containsExactly("a", "b");
    }
}
