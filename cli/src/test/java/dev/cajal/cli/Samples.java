package dev.cajal.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Small data for runs that take a second.
final class Samples {
    private Samples() {}

    /// 300 flowers of two kinds, told apart by two of three numbers.
    static Path flowers(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("length,width,noise,kind\n");
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            boolean rose = random.nextBoolean();
            text.append(String.format(
                    Locale.ROOT, "%.3f,%.3f,%.3f,%s%n", (rose ? 1 : -1) + 0.5 * random.nextGaussian(),
                    (rose ? -1 : 1) + 0.5 * random.nextGaussian(), random.nextGaussian(), rose ? "rose" : "tulip"));
        }
        return Files.writeString(folder.resolve("flowers.csv"), text);
    }

    /// 200 houses, whose price follows from size and age.
    static Path houses(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("size,age,price\n");
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            double size = 50 + 100 * random.nextDouble();
            double age = 80 * random.nextDouble();
            text.append(String.format(Locale.ROOT, "%.1f,%.1f,%.1f%n", size, age, 3 * size - age + 5));
        }
        return Files.writeString(folder.resolve("houses.csv"), text);
    }

    /// An MNIST of 600 and 100 pictures, each a bar that stands where its digit says.
    static void mnist(Path folder) throws IOException {
        Path place = Files.createDirectories(folder.resolve("data/mnist"));
        images(place, "train", 600);
        images(place, "t10k", 100);
    }

    private static void images(Path folder, String name, int count) throws IOException {
        Random random = new Random(count);
        ByteBuffer images = ByteBuffer.allocate(16 + count * 784).putInt(0x803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            int digit = random.nextInt(10);
            labels.put((byte) digit);
            for (int row = 0; row < 28; row++) {
                for (int column = 0; column < 28; column++) {
                    boolean bar = column / 2 == digit + 2 && row > 4 && row < 24;
                    images.put((byte) (bar ? 200 + random.nextInt(55) : random.nextInt(20)));
                }
            }
        }
        gzip(folder.resolve(name + "-images-idx3-ubyte.gz"), images.array());
        gzip(folder.resolve(name + "-labels-idx1-ubyte.gz"), labels.array());
    }

    static void gzip(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
    }
}
