package dev.cajal.cpu.attention;

import dev.cajal.cpu.math.FloatMath;
import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.ir.Attention;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What one thread needs to gather for the queries that share some keys, strip by strip.
final class GatherSpace extends StripSpace {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int ROWS = StripProduct.ROWS;

    // Ports of the code: elements of rows, and one number for each row.
    private static final int IN = 0;
    private static final int OUT = 1;
    private static final int OF_ROW = 2;
    private static final int PLACE = 3;
    private static final int PRESENCE = 4;

    private final int block;
    private final StripProduct[] scoring;
    private final StripProduct[] gathering;

    // Where things are in memory.
    private final long queries = strip();
    private final long scores = strip();
    /// What the strip has gathered so far.
    private final long gathered;
    /// For each row the largest score so far, and in this block; what is subtracted from scores, the same but for minus infinity.
    private final long peaks = numbers(ROWS);
    private final long nextPeaks = numbers(ROWS);
    private final long levels = numbers(ROWS);
    /// For each row the sum of `e^(score - level)` so far, and in this block; and what to multiply by.
    private final long sums = numbers(ROWS);
    private final long nextSums = numbers(ROWS);
    private final long factors = numbers(ROWS);

    private final RowCode peaking;
    private final RowCode weighing;
    private final RowCode summing;
    private final RowCode scaling;

    GatherSpace(AttentionShape shape) {
        super(shape);
        this.block = AttentionShape.block(shape.keys());
        int blocks = Math.ceilDiv(shape.keys(), block);
        this.scoring = new StripProduct[blocks];
        this.gathering = new StripProduct[blocks];
        for (int i = 0; i < blocks; i++) {
            scoring[i] = product(shape.across(length(i), shape.keyStep()));
            gathering[i] = product(shape.along(length(i), shape.keyStep(), shape.size()));
        }
        this.gathered = numbers((long) ROWS * shape.size());
        RowCode.Builder peak = new RowCode.Builder();
        this.peaking = peak.reduce(OUT, Reducer.MAX, seen(peak, score(peak), Float.NEGATIVE_INFINITY));
        RowCode.Builder weight = new RowCode.Builder();
        this.weighing = weight.store(OUT, seen(weight,
                weight.exp(weight.binary(BinaryKind.SUBTRACT, score(weight), weight.loadOne(OF_ROW))), 0));
        // A pass of its own: with the exponential it would be more than the compiler takes into one loop.
        RowCode.Builder sum = new RowCode.Builder();
        this.summing = sum.reduce(OUT, Reducer.SUM, sum.load(IN));
        RowCode.Builder scale = new RowCode.Builder();
        this.scaling = scale.store(OUT, scale.binary(BinaryKind.MULTIPLY, scale.load(IN), scale.loadOne(OF_ROW)));
    }

    private int length(int number) {
        return Math.min(block, shape.keys() - number * block);
    }

    /// The scores of a row.
    private int score(RowCode.Builder code) {
        int scaled = code.binary(BinaryKind.MULTIPLY, code.load(IN), code.constant(shape.scale()));
        return shape.masked() ? code.wherePositive(code.load(PRESENCE), scaled, Attention.ABSENT) : scaled;
    }

    /// A number for the keys that a query sees, another one for the others.
    private int seen(RowCode.Builder code, int value, float otherwise) {
        return shape.causal() ? code.where(PLACE, Comparison.LE, value, otherwise) : value;
    }

    /// Takes the keys and values of a group.
    void take(MemorySegment[] operands, int item, int group) {
        long first = shape.key(item, group, 0);
        for (int i = 0; i < scoring.length; i++) {
            long start = first + 4 * shape.keyStep() * i * block;
            scoring[i].take(operands[1], start, memory);
            gathering[i].take(operands[2], start, memory);
        }
        readPresence(operands, item);
    }

    /// Gathers for a strip.
    ///
    /// @param query where its first query is, in bytes
    /// @param first the position of that
    void gather(MemorySegment from, long query, int first, int rows) {
        copy(from, query, shape.queryStep(), rows, queries);
        for (int i = 0; i < scoring.length; i++) {
            int start = i * block;
            int seen = shape.causal() ? Math.min(length(i), first + rows - start) : length(i);
            if (seen <= 0) {
                break;
            }
            scoring[i].multiply(memory, queries, rows, 0, shape.size(), 0, seen, false, memory, scores);
            weigh(start, seen, first, rows, i == 0);
            gathering[i].multiply(memory, scores, rows, 0, seen, 0, shape.size(), i > 0, memory, gathered);
        }
    }

    /// Makes weights of the scores of a block.
    private void weigh(int start, int seen, int first, int rows, boolean isFirst) {
        at(peaking, start, first).at(OUT, memory, isFirst ? peaks : nextPeaks, 4).run(rows, seen);
        for (int i = 0; i < rows; i++) {
            float peak = get(peaks, i);
            if (!isFirst) {
                float before = peak;
                peak = Math.max(before, get(nextPeaks, i));
                set(peaks, i, peak);
                set(factors, i, FloatMath.exp(before - level(peak)));
            }
            set(levels, i, level(peak));
        }
        at(weighing, start, first).at(OF_ROW, memory, levels, 4).at(OUT, memory, scores, ROW_BYTES).run(rows, seen);
        summing.at(IN, memory, scores, ROW_BYTES).at(OUT, memory, isFirst ? sums : nextSums, 4).run(rows, seen);
        if (!isFirst) {
            for (int i = 0; i < rows; i++) {
                set(sums, i, Math.fma(get(sums, i), get(factors, i), get(nextSums, i)));
            }
            scale(memory, gathered, 4L * shape.size(), rows);
        }
    }

    /// What is subtracted from scores: if all so far are minus infinity there is no weight yet, and none is NaN.
    private static float level(float peak) {
        return peak == Float.NEGATIVE_INFINITY ? 0 : peak;
    }

    private float get(long numbers, int row) {
        return memory.get(FLOAT, numbers + 4L * row);
    }

    private void set(long numbers, int row, float number) {
        memory.set(FLOAT, numbers + 4L * row, number);
    }

    private RowCode at(RowCode code, int start, int first) {
        code.at(IN, memory, scores, ROW_BYTES);
        if (shape.causal()) {
            code.number(PLACE, start - first, -1);
        }
        return shape.masked() ? code.at(PRESENCE, memory, presence + 4L * start, 0) : code;
    }

    /// Multiplies what has been gathered by a factor for each row.
    private void scale(MemorySegment to, long to0, long step, int rows) {
        scaling.at(IN, memory, gathered, 4L * shape.size()).at(OF_ROW, memory, factors, 4).at(OUT, to, to0, step)
                .run(rows, shape.size());
    }

    /// Writes what the strip has gathered, and from what the gradient makes its weights.
    ///
    /// @param sum where what is known of the first query goes, in bytes
    void write(MemorySegment[] results, long query, long sum, int rows) {
        for (int i = 0; i < rows; i++) {
            set(factors, i, 1 / get(sums, i));
        }
        MemorySegment.copy(memory, peaks, results[1], sum, 4L * rows);
        MemorySegment.copy(memory, factors, results[2], sum, 4L * rows);
        scale(results[0], query, 4 * shape.queryStep(), rows);
    }
}
