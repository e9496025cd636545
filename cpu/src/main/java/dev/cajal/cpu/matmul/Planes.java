package dev.cajal.cpu.matmul;

import dev.cajal.ir.Window;
import java.util.List;
import java.util.stream.Stream;

/// A convolution of planes by windows of 3 x 3 that move by one, which [Winograd] computes: images `[images, height, width, channels]`, a kernel `[3, 3, channels, features]`, and results
/// `[images, places, placesAcross, features]`.
///
/// @param top rows of padding before the first one of an image
/// @param left columns of padding before the first one
public record Planes(int images, int height, int width, int channels, int features, int places, int placesAcross,
        int top,
        int left) {
    /// With fewer channels or features the transformations cost more than they save.
    private static final int LEAST_CHANNELS = 32;
    private static final int LEAST_WEIGHTS = 64 * LEAST_CHANNELS;
    /// With fewer tiles, those of the kernel do.
    private static final int LEAST_TILES = 96;
    /// The largest number of features that a tail takes at a time.
    private static final int MOST_FEATURES = 512;
    /// Places of whole tiles for one that is wanted, at most.
    private static final double MOST_WASTE = 1.4;

    /// Whether a window is one of 3 x 3 that moves by one, without holes.
    public static boolean areFor(Window window) {
        return window.size().equals(List.of(3, 3))
                && Stream.of(window.strides(), window.windowDilation(), window.baseDilation()).flatMap(List::stream)
                        .allMatch(step -> step == 1);
    }

    /// Whether transformations cost less than they save.
    public boolean areWorthIt() {
        long wanted = (long) images * places * placesAcross;
        long tiles = (long) strips() * tilesAcross();
        return Math.min(channels, features) >= LEAST_CHANNELS && channels * features >= LEAST_WEIGHTS
                && features <= MOST_FEATURES && top >= 0 && left >= 0
                && tiles >= LEAST_TILES && 4 * tiles <= MOST_WASTE * wanted;
    }

    /// Pairs of lines of an image's results; the last one may be half.
    int stripsOfImage() {
        return Math.ceilDiv(places, 2);
    }

    /// Those of all images.
    int strips() {
        return Math.multiplyExact(images, stripsOfImage());
    }

    /// Tiles of 2 x 2 results along a strip.
    int tilesAcross() {
        return Math.ceilDiv(placesAcross, 2);
    }
}
