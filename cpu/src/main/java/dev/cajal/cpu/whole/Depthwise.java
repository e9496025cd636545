package dev.cajal.cpu.whole;

import dev.cajal.cpu.plan.KernelGradient;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Window;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;

/// Convolutions in which each channel has a kernel of its own. As products they would have a single column for each channel; here a line of places is worked on with all channels side by
/// side, tap after tap, which is the order of a product's sums.
///
/// What padding would add is added too: a zero, which makes a difference where a weight is infinite.
final class Depthwise {
    private Depthwise() {}

    static boolean is(Node node, Op.Convolution op) {
        Shape images = node.inputs().get(0).shape();
        int channels = images.dim(-1);
        return channels > 1 && op.batchGroups() == 1 && op.featureGroups() == channels
                && node.types().getFirst().shape().dim(-1) == channels && images.rank() > 2;
    }

    static boolean is(Node node, KernelGradient gradient) {
        Shape images = node.inputs().get(0).shape();
        int channels = images.dim(-1);
        return channels > 1 && gradient.slices() == 1 && gradient.groups() == channels
                && node.inputs().get(1).shape().dim(-1) == channels && images.rank() > 2;
    }

    static WholeKernel forward(Node node, Op.Convolution op) {
        return new DepthwiseKernel(
                Pool.ofImages(op.window(), node.inputs().get(0).shape(), node.types().getFirst().shape()));
    }

    static WholeKernel kernelGradient(Node node, Window window) {
        return new DepthwiseGradientKernel(
                Pool.ofImages(window, node.inputs().get(0).shape(), node.inputs().get(1).shape()));
    }

    /// Adds up, for all places of a line, what the taps see times factors: one for each place and channel.
    ///
    /// @param factorStep from the factors of a tap to those of the next one; 0 if all have the same
    /// @param sumStep from the sums of a tap to those of the next one; 0 if all go into the same
    static void line(Pool pool, int line, Pool.Scratch scratch, MemorySegment images, float[] factors, int factorStep,
            float[] sums, int sumStep) {
        int size = pool.along().size();
        for (int tap = 0; tap < pool.lines().taps(); tap++) {
            long start = pool.lines().start(line, tap);
            if (start >= 0) {
                Pool.read(images, start, scratch.seen);
            }
            for (int i = 0; i < size; i++) {
                int from = (tap * size + i) * factorStep;
                int to = (tap * size + i) * sumStep;
                if (start >= 0) {
                    add(pool, scratch.seen, i, scratch.side, factors, from, sums, to);
                } else {
                    nothing(factors, from, sums, to, 0, pool.made());
                }
            }
        }
    }

    /// Adds what a tap sees of a line, times a factor for each place and channel, for all places of a line.
    ///
    /// @param tap along the line
    /// @param side to work in
    /// @param from where the factors and the sums begin
    private static void add(Pool pool, float[] seen, int tap, float[] side, float[] factors, int factorsFrom,
            float[] sums,
            int from) {
        int channels = pool.channels();
        int made = pool.made();
        if (pool.along().stride() == 1 && pool.along().holes() == 1) {
            // Neighbouring places see neighbours: nothing has to be put side by side.
            int shift = tap * pool.along().dilation() - pool.along().padding();
            int first = Math.clamp(-(long) shift, 0, pool.along().places());
            int last = Math.clamp((long) pool.along().length() - shift, first, pool.along().places());
            nothing(factors, factorsFrom, sums, from, 0, first * channels);
            inside(seen, shift * channels, factors, factorsFrom, sums, from, first * channels, last * channels);
            nothing(factors, factorsFrom, sums, from, last * channels, made);
        } else {
            pool.gather(seen, tap, side, 0);
            inside(side, 0, factors, factorsFrom, sums, from, 0, made);
        }
    }

    private static void inside(float[] seen, int shift, float[] factors, int factorsFrom, float[] sums, int from,
            int first, int last) {
        for (int i = first; i < last; i++) {
            sums[from + i] = Math.fma(seen[i + shift], factors[factorsFrom + i], sums[from + i]);
        }
    }

    private static void nothing(float[] factors, int factorsFrom, float[] sums, int from, int first, int last) {
        for (int i = first; i < last; i++) {
            sums[from + i] = Math.fma(0f, factors[factorsFrom + i], sums[from + i]);
        }
    }
}
