package dev.cajal.nn.example;

import dev.cajal.type.CajalException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// How long rows are without what fills them up at the end, so that a batch can be cut to the longest in it, and rows of similar length can come into one batch.
///
/// What is cut is the last dimension of the rows' shape. Rows that are not filled up have one length.
public final class Lengths {
    /// Batches whose examples are sorted by length, in training: many, so that those of one batch are alike, but few enough that most of the order is chance.
    private static final int SORTED_BATCHES = 64;
    /// The longest that a batch is cut to is at most so many times the shortest. With [#rounded] that makes seven lengths, each of which is compiled.
    private static final int RANGE = 8;
    private static final int FINEST = 8;

    private final int full;
    /// Of each row; empty if they have one.
    private final int[] lengths;
    private final int count;

    private Lengths(int full, int[] lengths, int count) {
        this.full = full;
        this.lengths = lengths;
        this.count = count;
    }

    /// Of rows that are filled up with a number, or not at all.
    public static Lengths of(Rows rows, OptionalInt filler) {
        int full = rows.lastDimension();
        if (filler.isEmpty()) {
            return new Lengths(full, new int[0], rows.count());
        }
        int[] lengths = IntStream.range(0, rows.count()).map(row -> length(rows, row, filler.getAsInt())).toArray();
        return new Lengths(full, lengths, rows.count());
    }

    private static int length(Rows rows, int row, int filler) {
        int full = rows.lastDimension();
        int longest = 0;
        for (int line = 0; line < rows.width(); line += full) {
            int length = full;
            while (length > longest && rows.get(row, line + length - 1) == filler) {
                length--;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /// Of inputs whose targets are as long: whichever of the two is longer.
    Lengths and(Lengths targets) {
        if (full != targets.full) {
            throw new CajalException("batches.lengths",
                    "Inputs are filled up to a length of %s, their targets to %s. They are cut together, so both have to be the same.",
                    full, targets.full);
        }
        return new Lengths(full, IntStream.range(0, count).map(i -> Math.max(lengths[i], targets.lengths[i])).toArray(),
                count);
    }

    /// Whether rows are filled up.
    boolean vary() {
        return lengths.length > 0;
    }

    /// The length that rows are filled up to.
    int full() {
        return full;
    }

    /// What a batch has to be cut to: the longest of its rows, rounded up to one of few lengths.
    ///
    /// @param order positions of rows, of which those in `[from, to)` are in the batch
    public int longest(int[] order, int from, int to) {
        if (!vary()) {
            return full;
        }
        int longest = Math.ceilDiv(full, RANGE);
        for (int i = from; i < to; i++) {
            longest = Math.max(longest, lengths[order[i]]);
        }
        return Math.min(full, rounded(longest));
    }

    /// Rows in an order, batch by batch, each cut to the longest in it.
    ///
    /// @param rows those that these are the lengths of, or as many whose lengths follow them
    /// @param from where in the order to begin
    /// @param size rows of one batch
    public RowBatches batches(Rows rows, int[] order, int from, int size) {
        return vary()
                ? new StepBatches(from, order.length, size,
                        (first, last) -> rows.batch(order, first, last, size, longest(order, first, last)))
                : rows.batches(order, from, size);
    }

    /// 8, 16, 24, 32, 48, 64, 96 and so on: powers of two, and what is in the middle between two of them.
    private static int rounded(int length) {
        int step = Math.max(FINEST, Integer.highestOneBit(length - 1) / 2);
        return Math.ceilDiv(length, step) * step;
    }

    /// The positions of all rows, the short ones first.
    public int[] sorted() {
        int[] order = IntStream.range(0, count).toArray();
        sort(order, 0, count);
        return order;
    }

    /// Brings rows of similar length into one batch, where the order is chance otherwise: sorts large parts by length, and shuffles the batches. The rows of the last batch, if it is
    /// not full, stay where they are.
    void bucket(int[] order, int batch, SplittableRandom random) {
        int batches = order.length / batch;
        for (int first = 0; first < batches; first += SORTED_BATCHES) {
            sort(order, first * batch, Math.min(batches, first + SORTED_BATCHES) * batch);
        }
        int[] sorted = order.clone();
        int[] places = Shuffle.range(batches, random);
        for (int i = 0; i < batches; i++) {
            System.arraycopy(sorted, places[i] * batch, order, i * batch, batch);
        }
    }

    /// Sorts `[from, to)` by length; equally long ones stay in their order.
    private void sort(int[] order, int from, int to) {
        if (!vary()) {
            return;
        }
        int[] before = Arrays.copyOfRange(order, from, to);
        long[] keys = new long[before.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) lengths[before[i]] << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            order[from + i] = before[(int) keys[i]];
        }
    }
}
