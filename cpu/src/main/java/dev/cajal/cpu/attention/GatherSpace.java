package dev.cajal.cpu.attention;

import dev.cajal.cpu.math.FloatMath;
import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What one thread needs to gather for the queries that share some keys, strip by strip.
final class GatherSpace {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int ROWS = StripProduct.ROWS;

    // Ports of the code.
    private static final int SCORES = 0;
    private static final int OUT = 1;
    private static final int PEAK = 2;
    private static final int PLACE = 3;
    private static final int ABSENCE = 4;

    private final AttentionShape shape;
    private final int block;
    private final StripProduct[] scoring;
    private final StripProduct[] gathering;
    private final Absence absence;
    private final Strip queries = new Strip();
    private final Strip scores = new Strip();
    /// What the strip has gathered so far.
    private final MemorySegment gathered;
    /// For each row: the largest score so far and in this block, the sum of `e^(score - largest)` likewise, and what to multiply by.
    private final MemorySegment peaks = numbers();
    private final MemorySegment nextPeaks = numbers();
    private final MemorySegment sums = numbers();
    private final MemorySegment nextSums = numbers();
    private final MemorySegment factors = numbers();

    private final RowCode peaking;
    private final RowCode weighing;
    private final RowCode summing;
    private final RowCode scaling;

    GatherSpace(AttentionShape shape) {
        this.shape = shape;
        this.block = AttentionShape.block(shape.keys());
        int blocks = Math.ceilDiv(shape.keys(), block);
        this.scoring = new StripProduct[blocks];
        this.gathering = new StripProduct[blocks];
        for (int i = 0; i < blocks; i++) {
            scoring[i] = new StripProduct(shape.across(length(i), shape.keyStep()));
            gathering[i] = new StripProduct(shape.along(length(i), shape.keyStep(), shape.size()));
        }
        this.absence = new Absence(shape);
        this.gathered = Arena.ofAuto().allocate(4L * ROWS * shape.size(), 64);
        RowCode.Builder peak = new RowCode.Builder();
        this.peaking = peak.reduce(OUT, Reducer.MAX, seen(peak, score(peak), Float.NEGATIVE_INFINITY));
        RowCode.Builder weight = new RowCode.Builder();
        this.weighing = weight.store(OUT, seen(weight,
                weight.exp(weight.binary(BinaryKind.SUBTRACT, score(weight), weight.loadOne(PEAK))), 0));
        RowCode.Builder sum = new RowCode.Builder();
        this.summing = sum.reduce(OUT, Reducer.SUM, sum.load(SCORES));
        RowCode.Builder scale = new RowCode.Builder();
        this.scaling = scale.store(OUT, scale.binary(BinaryKind.MULTIPLY, scale.load(SCORES), scale.loadOne(PEAK)));
    }

    private static MemorySegment numbers() {
        return Arena.ofAuto().allocate(4L * ROWS, 64);
    }

    private int length(int number) {
        return Math.min(block, shape.keys() - number * block);
    }

    /// The scores of a row.
    private int score(RowCode.Builder code) {
        int scaled = code.binary(BinaryKind.MULTIPLY, code.load(SCORES), code.constant(shape.scale()));
        return shape.masked() ? code.binary(BinaryKind.ADD, scaled, code.load(ABSENCE)) : scaled;
    }

    /// A number for the keys that a query sees, another one for the others.
    private int seen(RowCode.Builder code, int value, float otherwise) {
        return shape.causal() ? code.where(PLACE, Comparison.LE, value, otherwise) : value;
    }

    /// Takes the keys and values of a group, until [#release].
    void take(MemorySegment keys, MemorySegment values, long first, MemorySegment present, int item) {
        for (int i = 0; i < scoring.length; i++) {
            long start = first + 4 * shape.keyStep() * i * block;
            scoring[i].take(keys, start);
            gathering[i].take(values, start);
        }
        absence.read(present, item);
    }

    void release() {
        for (int i = 0; i < scoring.length; i++) {
            scoring[i].release();
            gathering[i].release();
        }
    }

    /// Gathers for a strip.
    ///
    /// @param query where its first query is, in bytes
    /// @param first the position of that
    void gather(MemorySegment from, long query, int first, int rows) {
        queries.copy(from, query, shape.queryStep(), rows, shape.size());
        for (int i = 0; i < scoring.length; i++) {
            int start = i * block;
            int seen = shape.causal() ? Math.min(length(i), first + rows - start) : length(i);
            if (seen <= 0) {
                break;
            }
            scoring[i].multiply(queries.memory, 0, rows, 0, shape.size(), 0, seen, false, scores.memory, 0);
            weigh(start, seen, first, rows, i == 0);
            gathering[i].multiply(scores.memory, 0, rows, 0, seen, 0, shape.size(), i > 0, gathered, 0);
        }
    }

    /// Makes weights of the scores of a block.
    private void weigh(int start, int seen, int first, int rows, boolean isFirst) {
        at(peaking, start, first).at(OUT, isFirst ? peaks : nextPeaks, 0, 4).run(rows, seen);
        if (!isFirst) {
            for (int i = 0; i < rows; i++) {
                float before = peaks.getAtIndex(FLOAT, i);
                float peak = Math.max(before, nextPeaks.getAtIndex(FLOAT, i));
                peaks.setAtIndex(FLOAT, i, peak);
                factors.setAtIndex(FLOAT, i, FloatMath.exp(before - peak));
            }
        }
        at(weighing, start, first).at(PEAK, peaks, 0, 4).at(OUT, scores.memory, 0, Strip.ROW_BYTES).run(rows, seen);
        summing.at(SCORES, scores.memory, 0, Strip.ROW_BYTES).at(OUT, isFirst ? sums : nextSums, 0, 4).run(rows, seen);
        if (!isFirst) {
            for (int i = 0; i < rows; i++) {
                sums.setAtIndex(FLOAT, i, Math.fma(sums.getAtIndex(FLOAT, i), factors.getAtIndex(FLOAT, i),
                        nextSums.getAtIndex(FLOAT, i)));
            }
            scale(gathered, 0, 4L * shape.size(), rows);
        }
    }

    private RowCode at(RowCode code, int start, int first) {
        code.at(SCORES, scores.memory, 0, Strip.ROW_BYTES);
        if (shape.causal()) {
            code.number(PLACE, start - first, -1);
        }
        return shape.masked() ? code.at(ABSENCE, absence.scores, 4L * start, 0) : code;
    }

    /// Multiplies what has been gathered by a factor for each row.
    private void scale(MemorySegment to, long to0, long step, int rows) {
        scaling.at(SCORES, gathered, 0, 4L * shape.size()).at(PEAK, factors, 0, 4).at(OUT, to, to0, step)
                .run(rows, shape.size());
    }

    /// Writes what the strip has gathered, and from what the gradient makes its weights.
    ///
    /// @param sum where what is known of the first query goes, in bytes
    void write(MemorySegment to, long query, MemorySegment largest, MemorySegment inverses, long sum, int rows) {
        for (int i = 0; i < rows; i++) {
            factors.setAtIndex(FLOAT, i, 1 / sums.getAtIndex(FLOAT, i));
        }
        MemorySegment.copy(peaks, 0, largest, sum, 4L * rows);
        MemorySegment.copy(factors, 0, inverses, sum, 4L * rows);
        scale(to, query, 4 * shape.queryStep(), rows);
    }
}
