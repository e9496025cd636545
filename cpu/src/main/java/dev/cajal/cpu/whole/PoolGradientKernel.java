package dev.cajal.cpu.whole;

import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;

/// Gives each number of the source to where the window has its first largest or smallest element, in single precision.
///
/// Windows may overlap, so an image is gone through by one thread, window after window. Numbers are compared as integers whose order is theirs, without branches: loops
/// of a form that the JVM's compiler vectorises by itself.
///
/// @param largest else the smallest
/// @param apart whether no two windows see the same element
/// @param scratch for one thread at a time
record PoolGradientKernel(Pool pool, boolean largest, boolean apart, Recycler<Scratch> scratch)
        implements WholeKernel {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    /// What one thread needs at a time.
    static final class Scratch {
        /// A line that is seen, and what it is compared by.
        final int[] seen;
        /// By place: the best so far, and the tap that saw it.
        final int[] best;
        final int[] chosen;
        /// By place: what there is to give, and what a tap sees or gives.
        final int[] given;
        final int[] side;
        /// A line of the result, and what comes to it.
        final float[] sums;
        final float[] added;

        Scratch(int seen, int made) {
            this.seen = new int[seen];
            this.best = new int[made];
            this.chosen = new int[made];
            this.given = new int[made];
            this.side = new int[made];
            this.sums = new float[seen];
            this.added = new float[seen];
        }
    }

    static Optional<WholeKernel> of(Node node, Op.SelectAndScatter op) {
        if (node.types().getFirst().dtype() != DType.F32) {
            return Optional.empty();
        }
        boolean apart = true;
        for (int i = 0; i < op.window().rank(); i++) {
            boolean dense = op.window().windowDilation().get(i) == 1 && op.window().baseDilation().get(i) == 1;
            apart &= dense && op.window().size().get(i) <= op.window().strides().get(i);
        }
        boolean noneSeenTwice = apart;
        return Pool.of(op.window(), node.inputs().get(0).shape(), node.inputs().get(1).shape())
                .map(pool -> new PoolGradientKernel(pool, op.select() == Comparison.GE, noneSeenTwice,
                        new Recycler<>(() -> new Scratch(pool.seen(), pool.made()))));
    }

    @Override
    public Runnable bind(MemorySegment[] operands, MemorySegment[] results) {
        int lines = pool.lines().places() / pool.images();
        TaskBody body = image -> {
            Scratch work = scratch.take();
            long bytes = results[0].byteSize() / pool.images();
            results[0].asSlice(image * bytes, bytes).fill((byte) 0);
            for (int line = image * lines; line < (image + 1) * lines; line++) {
                choose(line, work, operands[0]);
                MemorySegment.copy(operands[1], INT, 4L * line * pool.made(), work.given, 0, work.given.length);
                give(line, work, results[0]);
            }
            scratch.give(work);
        };
        return () -> WorkerPool.shared().run(pool.images(), body);
    }

    /// Finds the tap of each window of a line, counted through all of its taps.
    private void choose(int line, Scratch work, MemorySegment images) {
        // Less than any number, so that whatever comes first is chosen.
        Arrays.fill(work.best, Integer.MIN_VALUE);
        for (int outer = 0; outer < pool.lines().taps(); outer++) {
            long start = pool.lines().start(line, outer);
            if (start < 0) {
                continue;
            }
            MemorySegment.copy(images, INT, 4 * start, work.seen, 0, work.seen.length);
            order(work.seen, largest ? 0 : -1);
            for (int tap = 0; tap < pool.along().size(); tap++) {
                gather(work, tap);
                choose(work.side, work.best, work.chosen, outer * pool.along().size() + tap);
            }
        }
    }

    /// Puts what a tap sees side by side, for all places.
    private void gather(Scratch work, int tap) {
        int channels = pool.channels();
        for (int place = 0; place < pool.along().places(); place++) {
            int index = pool.along().index(place, tap);
            if (index >= 0) {
                System.arraycopy(work.seen, index * channels, work.side, place * channels, channels);
            } else {
                Arrays.fill(work.side, place * channels, (place + 1) * channels, Integer.MIN_VALUE);
            }
        }
    }

    /// Puts what a tap gives to where it sees, for all places.
    private void scatter(Scratch work, int tap) {
        int channels = pool.channels();
        for (int place = 0; place < pool.along().places(); place++) {
            int index = pool.along().index(place, tap);
            if (index >= 0) {
                System.arraycopy(work.side, place * channels, work.seen, index * channels, channels);
            }
        }
    }

    /// Makes integers of the bits of floats, in the same order (or the other way round); both zeros are equal, and NaN is more than all numbers.
    private static void order(int[] bits, int turned) {
        for (int i = 0; i < bits.length; i++) {
            int b = bits[i];
            int fromMinusZero = b ^ Integer.MIN_VALUE;
            int isNumber = b & (fromMinusZero | -fromMinusZero) >> 31;
            int ordered = isNumber ^ isNumber >> 31 & Integer.MAX_VALUE ^ turned;
            int isNan = 0x7f800000 - (b & Integer.MAX_VALUE) >> 31;
            bits[i] = ordered & ~isNan | Integer.MAX_VALUE & isNan;
        }
    }

    private static void choose(int[] seen, int[] best, int[] chosen, int tap) {
        for (int i = 0; i < best.length; i++) {
            int before = best[i];
            int after = Math.max(before, seen[i]);
            int change = before ^ after;
            int isBetter = (change | -change) >> 31;
            best[i] = after;
            chosen[i] = chosen[i] & ~isBetter | tap & isBetter;
        }
    }

    private void give(int line, Scratch work, MemorySegment gradient) {
        for (int outer = 0; outer < pool.lines().taps(); outer++) {
            long start = pool.lines().start(line, outer);
            if (start < 0) {
                continue;
            }
            if (!apart) {
                MemorySegment.copy(gradient, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * start, work.sums, 0,
                        work.sums.length);
            }
            for (int tap = 0; tap < pool.along().size(); tap++) {
                if (!apart) {
                    Arrays.fill(work.seen, 0);
                }
                give(work.given, work.chosen, work.side, outer * pool.along().size() + tap);
                scatter(work, tap);
                if (!apart) {
                    add(work);
                }
            }
            if (apart) {
                clearUnseen(work.seen);
                MemorySegment.copy(work.seen, 0, gradient, INT, 4 * start, work.seen.length);
            } else {
                MemorySegment.copy(work.sums, 0, gradient, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * start,
                        work.sums.length);
            }
        }
    }

    private static void give(int[] given, int[] chosen, int[] to, int tap) {
        for (int i = 0; i < to.length; i++) {
            int other = chosen[i] ^ tap;
            to[i] = given[i] & ~((other | -other) >> 31);
        }
    }

    /// Adds what one tap of all windows of a line gives; taps see different elements at different places.
    private static void add(Scratch work) {
        MemorySegment.copy(MemorySegment.ofArray(work.seen), 0, MemorySegment.ofArray(work.added), 0,
                4L * work.seen.length);
        for (int i = 0; i < work.sums.length; i++) {
            work.sums[i] += work.added[i];
        }
    }

    /// Zeros between windows, and behind the last one.
    private void clearUnseen(int[] line) {
        int channels = pool.channels();
        int end = 0;
        for (int place = 0; place < pool.along().places(); place++) {
            int first = place * pool.along().stride() - pool.along().padding();
            int from = Math.clamp((long) first * channels, end, line.length);
            Arrays.fill(line, end, from, 0);
            end = Math.clamp((long) (first + pool.along().size()) * channels, from, line.length);
        }
        Arrays.fill(line, end, line.length, 0);
    }
}
