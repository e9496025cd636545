package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.window.Lines;
import dev.cajal.cpu.window.Slide;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A window that slides over images but not over their channels: a line of places at a time, all channels of a place side by side.
///
/// @param lines which lines of the images the window sees
/// @param along how it slides along a line
/// @param channels of a point
/// @param images lines are counted through so many; each has its own
/// @param scratch lines to work on
record Pool(Lines lines, Slide along, int channels, int images, Recycler<Scratch> scratch) {
    /// What one thread needs at a time.
    static final class Scratch {
        /// A line that is seen.
        final float[] seen;
        /// A line of places, and what a tap sees at each.
        final float[] made;
        final float[] side;

        Scratch(int seen, int made) {
            this.seen = new float[seen];
            this.made = new float[made];
            this.side = new float[made];
        }
    }

    /// @param shape of the images
    /// @param result with the places of the window
    /// @return empty if the window slides over the last dimension too
    static Optional<Pool> of(Window window, Shape shape, Shape result) {
        int last = shape.rank() - 1;
        if (last < 1 || shape.size() == 0 || result.size() == 0
                || !Slide.of(window, last, shape.dim(last), result.dim(last)).isStill()) {
            return Optional.empty();
        }
        List<Slide> slides = new ArrayList<>();
        for (int i = 0; i < last; i++) {
            slides.add(Slide.of(window, i, shape.dim(i), result.dim(i)));
        }
        return Optional.of(of(slides, shape.dim(last)));
    }

    /// For a window that slides over all dimensions but the first and the last.
    static Pool ofImages(Window window, Shape images, Shape result) {
        List<Slide> slides = new ArrayList<>(List.of(Slide.still(images.dim(0))));
        for (int i = 0; i < window.rank(); i++) {
            slides.add(Slide.of(window, i, images.dim(i + 1), result.dim(i + 1)));
        }
        return of(slides, images.dim(-1));
    }

    private static Pool of(List<Slide> slides, int channels) {
        Slide along = slides.removeLast();
        int seen = Math.multiplyExact(along.length(), channels);
        int made = Math.multiplyExact(along.places(), channels);
        boolean apart = !slides.isEmpty() && slides.getFirst().isStill();
        return new Pool(new Lines(slides, seen), along, channels, apart ? slides.getFirst().length() : 1,
                new Recycler<>(() -> new Scratch(seen, made)));
    }

    /// Elements of a line that is seen.
    int seen() {
        return along.length() * channels;
    }

    /// Elements of a line of places.
    int made() {
        return along.places() * channels;
    }

    /// Puts what a tap sees side by side, for all places: long loops are the ones that the JVM's compiler vectorises well.
    ///
    /// @param outside what is put where it sees nothing
    void gather(float[] seen, int tap, float[] side, float outside) {
        for (int place = 0; place < along.places(); place++) {
            int index = along.index(place, tap);
            if (index >= 0) {
                System.arraycopy(seen, index * channels, side, place * channels, channels);
            } else {
                Arrays.fill(side, place * channels, (place + 1) * channels, outside);
            }
        }
    }

    static void read(MemorySegment from, long element, float[] line) {
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * element, line, 0, line.length);
    }

    static void write(float[] line, MemorySegment to, long element) {
        MemorySegment.copy(line, 0, to, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * element, line.length);
    }
}
