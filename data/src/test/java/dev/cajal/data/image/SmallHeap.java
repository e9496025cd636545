package dev.cajal.data.image;

import dev.cajal.data.DataException;
import dev.cajal.data.folder.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What [PictureBombTest] runs in a Java that has little memory.
final class SmallHeap {
    /// Of processors, since a machine may be busy with other things.
    private static final Duration MOST = Duration.ofSeconds(10);

    private SmallHeap() {}

    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "each" -> {
                try (var files = Files.walk(path)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        timed(file, () -> Image.read(file));
                        timed(file, () -> new ImageInputs(64, 64, 3).read(file));
                    }
                }
            }
            case "folder" -> {
                var loaded = ImageFolder.of(path).withSize(64, 64).withThreads(4).skippingDamaged().load();
                IO.println(loaded.findings().stream().map(String::valueOf).toList());
                IO.println(List.of(loaded.train().inputs().get(0, 0), loaded.train().inputs().get(0, 3 * 64 * 64 - 1)));
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void timed(Path file, Runnable reading) {
        Duration start = time();
        try {
            reading.run();
        } catch (DataException refused) {
            IO.println(refused.code() + " " + refused.getMessage());
        }
        if (time().minus(start).compareTo(MOST) > 0) {
            throw new AssertionError(file + " takes too long");
        }
    }

    private static Duration time() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
