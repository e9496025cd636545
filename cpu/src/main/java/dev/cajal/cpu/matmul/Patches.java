package dev.cajal.cpu.matmul;

import dev.cajal.cpu.window.Lines;
import dev.cajal.cpu.window.Slide;
import dev.cajal.ir.Window;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// A matrix that is never in memory as a whole: what a window sees that slides over images, a row for each of its places, in a row tap after tap, and
/// for each tap its channels. Padding and the holes of dilation are zeros.
///
/// A convolution is the product of this matrix and its kernel. K. Chellapilla, S. Puri, P. Simard, *High Performance Convolutional Neural Networks for Document
/// Processing*, 2006; here only some rows at a time are written out, so that they stay in the cache.
public final class Patches {
    /// Elements below which a loop copies faster than a call does.
    private static final int FEW = 12;
    static final MemorySegment ZEROS = Arena.global().allocate(1 << 14, 64);

    private final Lines lines;
    /// Along a line, the last dimension that the window slides over.
    private final Slide along;
    /// Elements from a point of a line to the next one.
    private final int channels;
    /// Of them those that are taken.
    private final int taken;
    /// Whether taps that are neighbours along a line are neighbours in memory.
    private final boolean dense;
    /// The first and the last place on a line whose taps all see elements.
    private final int firstInside;
    private final int lastInside;

    /// @param images how many
    /// @param lengths of the dimensions that the window slides over
    /// @param channels of each point
    /// @param window its size, strides, padding before and dilations
    /// @param places how many it takes along each dimension
    /// @param taken channels that a row has of each point; which, the beginning of the images decides
    public Patches(int images, List<Integer> lengths, int channels, Window window, List<Integer> places, int taken) {
        List<Slide> slides = new ArrayList<>(List.of(Slide.still(images)));
        for (int i = 0; i < lengths.size(); i++) {
            slides.add(Slide.of(window, i, lengths.get(i), places.get(i)));
        }
        this.along = lengths.isEmpty() ? Slide.still(1) : slides.removeLast();
        this.lines = new Lines(slides, (long) along.length() * channels);
        this.channels = channels;
        this.taken = taken;
        this.dense = along.isDense() && taken == channels;
        this.firstInside = Math.ceilDiv(along.padding(), along.stride());
        this.lastInside = Math.floorDiv(along.length() + along.padding() - along.size(), along.stride());
    }

    /// Rows of the matrix.
    public int rows() {
        return Math.multiplyExact(lines.places(), along.places());
    }

    /// Columns of the matrix.
    public int columns() {
        return Math.multiplyExact(Math.multiplyExact(lines.taps(), along.size()), taken);
    }

    /// Columns that see a line through one tap of the dimensions before.
    int run() {
        return along.size() * taken;
    }

    /// Whether the columns of a run see elements that are neighbours in memory.
    boolean isDense() {
        return dense;
    }

    /// Whether the window moves by one point along the last two dimensions, sees neighbours there, and takes every element of those before by itself.
    boolean movesByOne() {
        return dense && along.stride() == 1 && lines.movesByOne();
    }

    /// Places on a line.
    int places() {
        return along.places();
    }

    /// Elements from a point of a line to the next one.
    int channels() {
        return channels;
    }

    /// Points that the window sees of a line, with its padding.
    int pointsOfLine() {
        return lineElements() / channels;
    }

    /// Taps of the dimensions before a line.
    int lineTaps() {
        return lines.taps();
    }

    /// Lines of places from one on that see lines one after the other.
    int linesTogether(int line) {
        return lines.placesLeft(line);
    }

    /// Copies the lines, with their padding, that are seen from some lines of places that are [together][#linesTogether].
    ///
    /// @param x0 where the images begin, in bytes
    /// @param to where they go, one behind the other, from `to0` on
    void copyPadded(MemorySegment x, long x0, int line, int count, MemorySegment to, long to0) {
        for (int i = 0; i < count + lineTaps() - 1; i++) {
            int from = Math.min(i, count - 1);
            copyPadded(x, x0, lines.start(line + from, i - from), to, to0 + 4L * i * lineElements());
        }
    }

    /// Rows from one on that see the same lines.
    int placesLeft(int row) {
        return along.places() - row % along.places();
    }

    /// Where the line begins that a row sees in a column, in elements; -1 if there is none.
    long line(int row, int column) {
        return lines.start(row / along.places(), column / run());
    }

    /// Which line of the images begins at an element.
    long lineNumber(long line) {
        return line / ((long) along.length() * channels);
    }

    /// Elements that the window sees of a dense line, with its padding; those of one place if it takes none.
    int lineElements() {
        return (Math.max(0, along.places() - 1) * along.stride() + along.size()) * channels;
    }

    /// What a row sees in a column, in bytes from the beginning of its padded line.
    long seenInLine(int row, int column) {
        return row % along.places() * placeBytes() + 4L * (column % run());
    }

    /// Copies a dense line with its padding.
    ///
    /// @param x0 where the images begin, in bytes
    /// @param line where the line begins, in elements; -1 for one that is nothing but padding
    void copyPadded(MemorySegment x, long x0, long line, MemorySegment to, long to0) {
        if (line < 0) {
            clear(to, to0, lineElements());
        } else {
            copyRun(x, x0 + 4 * line, 0, 0, lineElements(), to, to0);
        }
    }

    /// From the elements that one place sees to those of the next one on the same line.
    long placeBytes() {
        return 4L * along.stride() * channels;
    }

    /// Writes a rectangle of the matrix.
    ///
    /// @param x0 where the images begin, in bytes
    /// @param to where it goes, from the beginning on
    /// @param rowBytes from row to row there
    void copy(MemorySegment x, long x0, int row, int rows, int column, int columns, MemorySegment to, long rowBytes) {
        for (int i = 0; i < rows;) {
            // As many rows as there are places left on a line.
            int place = (row + i) % along.places();
            int together = Math.min(rows - i, along.places() - place);
            copyLine(x, x0, (row + i) / along.places(), place, together, column, columns, to, i * rowBytes, rowBytes);
            i += together;
        }
    }

    private void copyLine(MemorySegment x, long x0, int line, int place, int places, int column, int columns,
            MemorySegment to, long to0, long rowBytes) {
        int run = run();
        long target = to0;
        for (int at = column; at < column + columns;) {
            int tap = at / run;
            int from = at - tap * run;
            int end = Math.min(run, from + column + columns - at);
            long start = lines.start(line, tap);
            int count = end - from;
            int i = 0;
            if (start >= 0 && dense && count < FEW) {
                int first = Math.clamp(firstInside - (long) place, 0, places);
                int last = Math.clamp(lastInside + 1L - place, first, places);
                copyRuns(x, x0 + 4 * start, place, 0, first, from, end, to, target, rowBytes);
                long seen = x0
                        + 4 * (start + (long) ((place + first) * along.stride() - along.padding()) * channels + from);
                copyInside(x, seen, placeBytes(), to, target + first * rowBytes, rowBytes,
                        last - first, count);
                i = last;
            }
            copyRuns(x, start < 0 ? -1 : x0 + 4 * start, place, i, places, from, end, to, target, rowBytes);
            target += 4L * (end - from);
            at += end - from;
        }
    }

    /// For places that see nothing but elements.
    private static void copyInside(MemorySegment x, long x0, long step, MemorySegment to, long to0, long rowBytes,
            int places, int count) {
        for (int i = 0; i < places; i++) {
            for (int j = 0; j < count; j++) {
                to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to0 + i * rowBytes + 4L * j,
                        x.get(ValueLayout.JAVA_FLOAT_UNALIGNED, x0 + i * step + 4L * j));
            }
        }
    }

    /// @param line where the line begins that is seen, in bytes; -1 if there is none
    private void copyRuns(MemorySegment x, long line, int place, int begin, int stop, int from, int end,
            MemorySegment to,
            long target, long rowBytes) {
        for (int i = begin; i < stop; i++) {
            if (line < 0) {
                clear(to, target + i * rowBytes, end - from);
            } else {
                copyRun(x, line, place + i, from, end, to, target + i * rowBytes);
            }
        }
    }

    /// Copies elements `from` to `end` of what the taps along a line see at a place.
    private void copyRun(MemorySegment x, long line, int place, int from, int end, MemorySegment to, long target) {
        if (dense) {
            // The point that the first tap sees, if there were no bounds.
            int first = place * along.stride() - along.padding();
            int begin = Math.clamp(-(long) first * channels, from, end);
            int stop = Math.clamp((long) (along.length() - first) * channels, begin, end);
            clear(to, target, begin - from);
            copy(x, line + 4L * (first * channels + begin), to, target + 4L * (begin - from), stop - begin);
            clear(to, target + 4L * (stop - from), end - stop);
            return;
        }
        for (int at = from; at < end;) {
            int tap = at / taken;
            int channel = at - tap * taken;
            int count = Math.min(taken - channel, end - at);
            int index = along.index(place, tap);
            if (index < 0) {
                clear(to, target + 4L * (at - from), count);
            } else {
                copy(x, line + 4L * ((long) index * channels + channel), to, target + 4L * (at - from), count);
            }
            at += count;
        }
    }

    private static void copy(MemorySegment x, long from, MemorySegment to, long target, int count) {
        if (count < FEW) {
            for (int i = 0; i < count; i++) {
                to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, target + 4L * i,
                        x.get(ValueLayout.JAVA_FLOAT_UNALIGNED, from + 4L * i));
            }
        } else {
            MemorySegment.copy(x, from, to, target, 4L * count);
        }
    }

    /// Writes zeros.
    ///
    /// @param target where, in bytes
    /// @param count how many
    static void clear(MemorySegment to, long target, int count) {
        if (count < FEW) {
            for (int i = 0; i < count; i++) {
                to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, target + 4L * i, 0);
            }
            return;
        }
        for (long done = 0; done < 4L * count; done += ZEROS.byteSize()) {
            MemorySegment.copy(ZEROS, 0, to, target + done, Math.min(ZEROS.byteSize(), 4L * count - done));
        }
    }
}
