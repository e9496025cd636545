package dev.cajal.cli;

import dev.cajal.data.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/// Data that a command can learn in a second.
final class TinyData {
    private TinyData() {}

    /// Two kinds of flowers that a line tells apart, with names of columns: `length,width,kind`.
    static Path flowers(Path file, int rows) throws IOException {
        var random = new SplittableRandom(1);
        var text = new StringBuilder("length,width,kind\n");
        for (int i = 0; i < rows; i++) {
            double length = random.nextDouble(0, 4);
            double width = random.nextDouble(0, 4);
            text.append(String.format(Locale.ROOT, "%.3f,%.3f,%s%n", length, width, length > width ? "rose" : "tulip"));
        }
        return Files.writeString(file, text.toString());
    }

    /// A number to predict from two: `a,b,price`, with `price = 3 a - 2 b + 1`.
    static Path prices(Path file, int rows) throws IOException {
        var random = new SplittableRandom(2);
        var text = new StringBuilder("a,b,price\n");
        for (int i = 0; i < rows; i++) {
            double a = random.nextDouble(-2, 2);
            double b = random.nextDouble(-2, 2);
            text.append(String.format(Locale.ROOT, "%.4f,%.4f,%.4f%n", a, b, 3 * a - 2 * b + 1));
        }
        return Files.writeString(file, text.toString());
    }

    /// A folder for `CAJAL_DATA` with an MNIST of a few pictures: a bright square whose place says which digit it is.
    static Path mnist(Path folder, int train, int test) throws IOException {
        Path mnist = Files.createDirectories(folder.resolve("mnist"));
        pictures(mnist, "train", train, 3);
        pictures(mnist, "t10k", test, 4);
        return folder;
    }

    /// A folder of grey pictures of two classes: a bright square to the left or to the right.
    static Path squares(Path folder, int count, int side) throws IOException {
        var random = new SplittableRandom(5);
        for (int i = 0; i < count; i++) {
            boolean left = i % 2 == 0;
            byte[] pixels = new byte[side * side];
            for (int y = side / 4; y < side / 2; y++) {
                for (int x = 0; x < side / 4; x++) {
                    pixels[y * side + x + (left ? 1 : side / 2)] = (byte) random.nextInt(180, 256);
                }
            }
            Path file = folder.resolve(left ? "left" : "right").resolve(i + ".png");
            Files.createDirectories(file.getParent());
            Image.of(side, side, 1, pixels).write(file);
        }
        return folder;
    }

    private static void pictures(Path folder, String part, int count, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        byte[] pixels = new byte[count * 28 * 28];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            int digit = i % 10;
            labels[i] = (byte) digit;
            int top = 2 + digit / 5 * 13 + random.nextInt(-1, 2);
            int left = 2 + digit % 5 * 5 + random.nextInt(-1, 2);
            for (int y = top; y < top + 10; y++) {
                for (int x = left; x < left + 4; x++) {
                    pixels[(i * 28 + y) * 28 + x] = (byte) random.nextInt(180, 256);
                }
            }
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), idx(pixels, count, 28, 28));
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), idx(labels, count));
    }

    private static byte[] idx(byte[] elements, int... dims) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(0x800 | dims.length);
        for (int dim : dims) {
            out.writeInt(dim);
        }
        out.write(elements);
        return bytes.toByteArray();
    }
}
