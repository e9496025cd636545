package dev.cajal.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of 2 x 3 pixels that Pillow wrote, with orientation 6: the camera was turned to the left. Red is 0, 40, 80 and 120, 160, 200 as stored.
class OrientationTest {
    private static final Map<String, byte[]> FILES = Map.of(
            "png",
            bytes("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kA"
                    + "AAAYSURBVHicY2TgOqHB8EiD4RFLBcMyCAsAN3oGHhXYS08AAAAASUVORK5CYII="),
            "webp",
            bytes("UklGRmQAAABXRUJQVlA4WAoAAAAIAAAAAgAAAQAAVlA4TCMAAAAvAkAAAC8gFkx252+cxKAcWXz+M9pQ07YBG+r8y6kR/Y/p"
                    + "BQBFWElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA"),
            "tiff",
            bytes("SUkqAAgAAAALAAABBAABAAAAAwAAAAEBBAABAAAAAgAAAAIBAwADAAAAkgAAAAMBAwABAAAAAQAAAAYBAwABAAAAAgAAABEB"
                    + "BAABAAAAmAAAABIBAwABAAAABgAAABUBAwABAAAAAwAAABYBBAABAAAAAgAAABcBBAABAAAAEgAAABwBAwABAAAAAQAA"
                    + "AAAAAAAIAAgACAAACsgoCqpQCox4Cm6gClDICjI="));

    @TempDir
    Path folder;

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private List<Integer> red(String name, byte[] file) throws IOException {
        Image image = Image.read(Files.write(folder.resolve("picture." + name), file));
        List<Integer> red = new ArrayList<>(List.of(image.height(), image.width()));
        for (int i = 0; i < image.height() * image.width(); i++) {
            red.add(image.get(i / image.width(), i % image.width(), 0));
        }
        return red;
    }

    @Test
    void picturesOfAllFormatsAreTurned() throws IOException {
        for (var file : FILES.entrySet()) {
            assertThat(red(file.getKey(), file.getValue())).as(file.getKey())
                    .containsExactly(3, 2, 120, 0, 160, 40, 200, 80);
            assertThat(Orientation.of(file.getValue())).isEqualTo(6);
        }
    }

    @Test
    void upsideDownIsAnotherValue() throws IOException {
        for (var file : FILES.entrySet()) {
            byte[] other = file.getValue().clone();
            for (int i = 0; i < other.length - 9; i++) {
                boolean big = other[i] == 1 && other[i + 1] == 0x12 && other[i + 3] == 3;
                boolean little = other[i] == 0x12 && other[i + 1] == 1 && other[i + 2] == 3;
                if (big || little) {
                    other[big ? i + 9 : i + 8] = 3;
                }
            }
            assertThat(Orientation.of(other)).as(file.getKey()).isEqualTo(3);
            if (!file.getKey().equals("png")) {
                // There a check sum would be wrong.
                assertThat(red(file.getKey(), other)).containsExactly(2, 3, 200, 160, 120, 80, 40, 0);
            }
        }
    }

    @Test
    void damagedDataMeansUpright() {
        for (byte[] file : FILES.values()) {
            for (int length = 0; length < file.length; length++) {
                assertThat(Orientation.of(Arrays.copyOf(file, length))).isIn(1, 6);
            }
            for (int i = 0; i < file.length; i++) {
                byte[] damaged = file.clone();
                damaged[i] = (byte) 0xff;
                assertThatCode(() -> Orientation.of(damaged)).doesNotThrowAnyException();
            }
        }
    }
}
