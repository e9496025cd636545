package dev.cajal.cpu.matmul;

import dev.cajal.cpu.Species;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The transformations by vectors of channels and of features. A tile's numbers stay in registers between reading and writing, and what two tiles see is read once.
final class VectorWinogradTransform implements WinogradTransform {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private static FloatVector read(MemorySegment from, long offset) {
        return FloatVector.fromMemorySegment(S, from, offset, NATIVE);
    }

    @Override
    public void input(MemorySegment lines, long line, int tiles, int channels, MemorySegment out, long out0,
            long point) {
        int whole = channels / W * W;
        for (int channel = 0; channel < whole; channel += W) {
            input(lines, 4L * channel, line, 4L * channels, tiles, out, out0 + 4L * channel, point);
        }
        if (whole < channels) {
            ScalarWinogradTransform.input(lines, line, tiles, channels, whole, out, out0, point);
        }
    }

    /// One vector of channels of all tiles.
    ///
    /// @param place from one place to the next
    private static void input(MemorySegment lines, long lines0, long line, long place, int tiles, MemorySegment out,
            long out0, long point) {
        // Of the columns that the tile before has seen too: `B^T` times each.
        FloatVector next = read(lines, lines0 + 2 * line);
        FloatVector middle = read(lines, lines0 + line);
        FloatVector a0 = read(lines, lines0).sub(next);
        FloatVector a1 = middle.add(next);
        FloatVector a2 = next.sub(middle);
        FloatVector a3 = middle.sub(read(lines, lines0 + 3 * line));
        next = read(lines, lines0 + place + 2 * line);
        middle = read(lines, lines0 + place + line);
        FloatVector b0 = read(lines, lines0 + place).sub(next);
        FloatVector b1 = middle.add(next);
        FloatVector b2 = next.sub(middle);
        FloatVector b3 = middle.sub(read(lines, lines0 + place + 3 * line));
        long from = lines0 + 2 * place;
        long to = out0;
        for (int tile = 0; tile < tiles; tile++) {
            next = read(lines, from + 2 * line);
            middle = read(lines, from + line);
            FloatVector c0 = read(lines, from).sub(next);
            FloatVector c1 = middle.add(next);
            FloatVector c2 = next.sub(middle);
            FloatVector c3 = middle.sub(read(lines, from + 3 * line));
            from += place;
            next = read(lines, from + 2 * line);
            middle = read(lines, from + line);
            FloatVector d0 = read(lines, from).sub(next);
            FloatVector d1 = middle.add(next);
            FloatVector d2 = next.sub(middle);
            FloatVector d3 = middle.sub(read(lines, from + 3 * line));
            from += place;
            seen(a0, b0, c0, d0, out, to, point);
            seen(a1, b1, c1, d1, out, to + SIDE * point, point);
            seen(a2, b2, c2, d2, out, to + 2 * SIDE * point, point);
            seen(a3, b3, c3, d3, out, to + 3 * SIDE * point, point);
            a0 = c0;
            a1 = c1;
            a2 = c2;
            a3 = c3;
            b0 = d0;
            b1 = d1;
            b2 = d2;
            b3 = d3;
            to += place;
        }
    }

    /// Four numbers times `B`: four points.
    private static void seen(FloatVector a, FloatVector b, FloatVector c, FloatVector d, MemorySegment out, long to,
            long point) {
        a.sub(c).intoMemorySegment(out, to, NATIVE);
        b.add(c).intoMemorySegment(out, to + point, NATIVE);
        c.sub(b).intoMemorySegment(out, to + 2 * point, NATIVE);
        b.sub(d).intoMemorySegment(out, to + 3 * point, NATIVE);
    }

    @Override
    public void output(MemorySegment sums, long sums0, long point, int features, int count, int places,
            MemorySegment out, long out0, long line) {
        int whole = features / W * W;
        for (int feature = 0; feature < whole; feature += W) {
            output(sums, sums0 + 4L * feature, point, 4L * features, count == 2, places, out, out0 + 4L * feature,
                    line);
        }
        if (whole < features) {
            ScalarWinogradTransform.output(sums, sums0, point, features, whole, count, places, out, out0, line);
        }
    }

    /// One vector of features of all tiles.
    ///
    /// @param place from one place to the next, and from one tile's sums to those of the next one
    /// @param both whether both lines are wanted
    private static void output(MemorySegment sums, long sums0, long point, long place, boolean both, int places,
            MemorySegment out, long out0, long line) {
        long from = sums0;
        long to = out0;
        for (int done = 0; done < places; done += 2) {
            FloatVector middle = read(sums, from + SIDE * point);
            FloatVector next = read(sums, from + 2 * SIDE * point);
            FloatVector a0 = read(sums, from).add(middle).add(next);
            FloatVector a1 = middle.sub(next).sub(read(sums, from + 3 * SIDE * point));
            middle = read(sums, from + (SIDE + 1) * point);
            next = read(sums, from + (2 * SIDE + 1) * point);
            FloatVector b0 = read(sums, from + point).add(middle).add(next);
            FloatVector b1 = middle.sub(next).sub(read(sums, from + (3 * SIDE + 1) * point));
            middle = read(sums, from + (SIDE + 2) * point);
            next = read(sums, from + (2 * SIDE + 2) * point);
            FloatVector c0 = read(sums, from + 2 * point).add(middle).add(next);
            FloatVector c1 = middle.sub(next).sub(read(sums, from + (3 * SIDE + 2) * point));
            middle = read(sums, from + (SIDE + 3) * point);
            next = read(sums, from + (2 * SIDE + 3) * point);
            FloatVector d0 = read(sums, from + 3 * point).add(middle).add(next);
            FloatVector d1 = middle.sub(next).sub(read(sums, from + (3 * SIDE + 3) * point));
            a0.add(b0).add(c0).intoMemorySegment(out, to, NATIVE);
            boolean two = done + 1 < places;
            if (two) {
                b0.sub(c0).sub(d0).intoMemorySegment(out, to + place, NATIVE);
            }
            if (both) {
                a1.add(b1).add(c1).intoMemorySegment(out, to + line, NATIVE);
                if (two) {
                    b1.sub(c1).sub(d1).intoMemorySegment(out, to + line + place, NATIVE);
                }
            }
            from += place;
            to += 2 * place;
        }
    }
}
