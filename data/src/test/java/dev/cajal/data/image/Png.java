package dev.cajal.data.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// PNG files that no library would write.
final class Png {
    private Png() {}

    /// A black and white one that says it has so many pixels, and has a few.
    static byte[] claiming(int width, int height) throws IOException {
        return file(width, height, 1, 0, 1, new byte[1 << 20]);
    }

    /// One of a single colour, which has all of its pixels and takes about a thousandth of them in bytes.
    static Path filled(Path file, int width, int height, int red, int green, int blue) throws IOException {
        byte[] row = new byte[1 + 3 * width];
        for (int x = 0; x < width; x++) {
            row[1 + 3 * x] = (byte) red;
            row[2 + 3 * x] = (byte) green;
            row[3 + 3 * x] = (byte) blue;
        }
        return Files.write(file, file(width, height, 8, 2, height, row));
    }

    private static byte[] file(int width, int height, int bits, int colours, int times, byte[] row) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        out.write(chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height)
                .put(new byte[] {(byte) bits, (byte) colours, 0, 0, 0}).array()));
        var pixels = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(pixels, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
            for (int i = 0; i < times; i++) {
                deflater.write(row);
            }
        }
        out.write(chunk("IDAT", pixels.toByteArray()));
        out.write(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length).putInt(data.length).put(name).put(data)
                .putInt((int) crc.getValue()).array();
    }
}
