package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.window.Lines;
import dev.cajal.cpu.window.Slide;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
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
        Slide along = slides.removeLast();
        int channels = shape.dim(last);
        int seen = Math.multiplyExact(along.length(), channels);
        int made = Math.multiplyExact(along.places(), channels);
        boolean apart = !slides.isEmpty() && slides.getFirst().isStill();
        return Optional.of(new Pool(new Lines(slides, seen), along, channels, apart ? slides.getFirst().length() : 1,
                new Recycler<>(() -> new Scratch(seen, made))));
    }

    /// Elements of a line that is seen.
    int seen() {
        return along.length() * channels;
    }

    /// Elements of a line of places.
    int made() {
        return along.places() * channels;
    }

    static void read(MemorySegment from, long element, float[] line) {
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * element, line, 0, line.length);
    }

    static void write(float[] line, MemorySegment to, long element) {
        MemorySegment.copy(line, 0, to, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * element, line.length);
    }
}
