package dev.cajal.cpu.machine;

import dev.cajal.cpu.Species;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Multiply-adds of vectors in registers, independent of one another.
///
/// A processor that begins two of them in a cycle and needs four cycles for each is busy with eight; one that begins four needs sixteen. But where
/// there are only sixteen registers, so many sums leave none for the operands. So there are two forms, and the faster one tells the peak.
final class VectorArithmetic {
    private static final VectorSpecies<Float> S = Species.FLOAT;
    private static final int W = S.length();
    private static final int MOST_SUMS = 16;
    private static final int STEPS = 64;
    /// Every sum converges to 1, so that no number becomes so large or so small that the processor takes longer for it.
    private static final float FACTOR = 0.75f;
    private static final float ADDED = 0.25f;

    /// Where the sums begin, each with another number, and end: else a compiler might see that they are all the same, or that nobody needs them.
    private final float[] sums = new float[MOST_SUMS * W];

    VectorArithmetic() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = i;
        }
    }

    /// With 12 sums.
    double twelve(int size) {
        FloatVector x = FloatVector.broadcast(S, FACTOR);
        FloatVector y = FloatVector.broadcast(S, ADDED);
        FloatVector a = FloatVector.fromArray(S, sums, 0);
        FloatVector b = FloatVector.fromArray(S, sums, W);
        FloatVector c = FloatVector.fromArray(S, sums, 2 * W);
        FloatVector d = FloatVector.fromArray(S, sums, 3 * W);
        FloatVector e = FloatVector.fromArray(S, sums, 4 * W);
        FloatVector f = FloatVector.fromArray(S, sums, 5 * W);
        FloatVector g = FloatVector.fromArray(S, sums, 6 * W);
        FloatVector h = FloatVector.fromArray(S, sums, 7 * W);
        FloatVector i = FloatVector.fromArray(S, sums, 8 * W);
        FloatVector j = FloatVector.fromArray(S, sums, 9 * W);
        FloatVector k = FloatVector.fromArray(S, sums, 10 * W);
        FloatVector l = FloatVector.fromArray(S, sums, 11 * W);
        for (int step = 0; step < STEPS * size; step++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, W);
        c.intoArray(sums, 2 * W);
        d.intoArray(sums, 3 * W);
        e.intoArray(sums, 4 * W);
        f.intoArray(sums, 5 * W);
        g.intoArray(sums, 6 * W);
        h.intoArray(sums, 7 * W);
        i.intoArray(sums, 8 * W);
        j.intoArray(sums, 9 * W);
        k.intoArray(sums, 10 * W);
        l.intoArray(sums, 11 * W);
        return 2.0 * 12 * W * STEPS * size;
    }

    /// With 16 sums.
    double sixteen(int size) {
        FloatVector x = FloatVector.broadcast(S, FACTOR);
        FloatVector y = FloatVector.broadcast(S, ADDED);
        FloatVector a = FloatVector.fromArray(S, sums, 0);
        FloatVector b = FloatVector.fromArray(S, sums, W);
        FloatVector c = FloatVector.fromArray(S, sums, 2 * W);
        FloatVector d = FloatVector.fromArray(S, sums, 3 * W);
        FloatVector e = FloatVector.fromArray(S, sums, 4 * W);
        FloatVector f = FloatVector.fromArray(S, sums, 5 * W);
        FloatVector g = FloatVector.fromArray(S, sums, 6 * W);
        FloatVector h = FloatVector.fromArray(S, sums, 7 * W);
        FloatVector i = FloatVector.fromArray(S, sums, 8 * W);
        FloatVector j = FloatVector.fromArray(S, sums, 9 * W);
        FloatVector k = FloatVector.fromArray(S, sums, 10 * W);
        FloatVector l = FloatVector.fromArray(S, sums, 11 * W);
        FloatVector m = FloatVector.fromArray(S, sums, 12 * W);
        FloatVector n = FloatVector.fromArray(S, sums, 13 * W);
        FloatVector o = FloatVector.fromArray(S, sums, 14 * W);
        FloatVector p = FloatVector.fromArray(S, sums, 15 * W);
        for (int step = 0; step < STEPS * size; step++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
            m = m.fma(x, y);
            n = n.fma(x, y);
            o = o.fma(x, y);
            p = p.fma(x, y);
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, W);
        c.intoArray(sums, 2 * W);
        d.intoArray(sums, 3 * W);
        e.intoArray(sums, 4 * W);
        f.intoArray(sums, 5 * W);
        g.intoArray(sums, 6 * W);
        h.intoArray(sums, 7 * W);
        i.intoArray(sums, 8 * W);
        j.intoArray(sums, 9 * W);
        k.intoArray(sums, 10 * W);
        l.intoArray(sums, 11 * W);
        m.intoArray(sums, 12 * W);
        n.intoArray(sums, 13 * W);
        o.intoArray(sums, 14 * W);
        p.intoArray(sums, 15 * W);
        return 2.0 * 16 * W * STEPS * size;
    }
}
