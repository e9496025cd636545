package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.ir.Attention;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import java.lang.foreign.MemorySegment;

/// What one thread needs for the gradient of the queries that share some keys. A strip holds the scores of some keys, row by row, with all queries of a block, so that what comes to a key
/// or its value is a sum along a row.
final class SlopeSpace extends StripSpace {
    private static final int ROWS = StripProduct.ROWS;

    // Ports of the code: elements of rows, numbers by column, and one number for each row.
    private static final int IN = 0;
    private static final int WITH = 1;
    private static final int OUT = 2;
    private static final int PLACE = 3;
    private static final int BY_COLUMN = 4;
    private static final int SCALE_BY_COLUMN = 5;
    private static final int PRESENCE = 6;

    private final int block;
    /// Keys by queries, and values by cotangents.
    private final StripProduct[] scoring;
    private final StripProduct[] sharing;
    /// What comes to keys, and to values.
    private final StripProduct[] toKeys;
    private final StripProduct[] toValues;
    /// What comes to queries from a whole strip of keys, and from the last one.
    private final StripProduct toQueries;
    private final StripProduct lastToQueries;

    // Where things are in memory.
    private final long keyStrip = strip();
    private final long valueStrip = strip();
    private final long weights = strip();
    private final long slopes = strip();
    /// For each query what it gathered times its cotangent, and what comes from the sum of its weights.
    private final long means;

    private final RowCode averaging;
    private final RowCode adding;
    private final RowCode weighing;
    private final RowCode sloping;

    // What is worked on.
    private MemorySegment[] operands = {};
    private MemorySegment[] results = {};
    private int item;
    private int group;
    private int head;
    private boolean isFirstHead;

    SlopeSpace(AttentionShape shape) {
        super(shape);
        this.block = AttentionShape.block(shape.queries());
        int blocks = Math.ceilDiv(shape.queries(), block);
        this.scoring = new StripProduct[blocks];
        this.sharing = new StripProduct[blocks];
        this.toKeys = new StripProduct[blocks];
        this.toValues = new StripProduct[blocks];
        for (int i = 0; i < blocks; i++) {
            scoring[i] = product(shape.across(length(i), shape.queryStep()));
            sharing[i] = product(shape.across(length(i), shape.queryStep()));
            toKeys[i] = product(shape.along(length(i), shape.queryStep(), shape.keyStep()));
            toValues[i] = product(shape.along(length(i), shape.queryStep(), shape.keyStep()));
        }
        this.toQueries = product(shape.back(Math.min(ROWS, shape.keys()), length(0)));
        this.lastToQueries = product(shape.back((shape.keys() - 1) % ROWS + 1, length(0)));
        this.means = numbers(shape.queries());
        RowCode.Builder mean = new RowCode.Builder();
        this.averaging = mean.reduce(OUT, Reducer.SUM,
                mean.binary(BinaryKind.MULTIPLY, mean.load(IN), mean.load(WITH)));
        RowCode.Builder add = new RowCode.Builder();
        this.adding = add.store(OUT, add.binary(BinaryKind.ADD, add.load(IN),
                add.binary(BinaryKind.MULTIPLY, add.load(BY_COLUMN), add.load(SCALE_BY_COLUMN))));
        this.weighing = weighing();
        this.sloping = sloping();
    }

    private int length(int number) {
        return Math.min(block, shape.queries() - number * block);
    }

    /// Weights of scores, of which `BY_COLUMN` is the largest of a query, and `SCALE_BY_COLUMN` one divided by their sum.
    private RowCode weighing() {
        RowCode.Builder code = new RowCode.Builder();
        int score = code.binary(BinaryKind.MULTIPLY, code.load(IN), code.constant(shape.scale()));
        if (shape.masked()) {
            score = code.wherePositive(code.loadOne(PRESENCE), score, Attention.ABSENT);
        }
        int part = code.exp(code.binary(BinaryKind.SUBTRACT, score, code.load(BY_COLUMN)));
        int weight = code.binary(BinaryKind.MULTIPLY, part, code.load(SCALE_BY_COLUMN));
        return code.store(OUT, shape.causal() ? code.where(PLACE, Comparison.GE, weight, 0) : weight);
    }

    /// What comes to scores: weights times the difference of what comes to them and its mean, `BY_COLUMN`.
    private RowCode sloping() {
        RowCode.Builder code = new RowCode.Builder();
        int slope = code.binary(BinaryKind.MULTIPLY, code.load(IN),
                code.binary(BinaryKind.SUBTRACT, code.load(WITH), code.load(BY_COLUMN)));
        if (shape.masked()) {
            slope = code.wherePositive(code.loadOne(PRESENCE), slope, 0);
        }
        return code.store(OUT, code.binary(BinaryKind.MULTIPLY, slope, code.constant(shape.scale())));
    }

    private MemorySegment queries() {
        return operands[0];
    }

    private MemorySegment keys() {
        return operands[1];
    }

    /// Of what comes after the operands of attention itself: gathered, peaks, inverses, and the cotangents of the first and the last.
    private MemorySegment result(int number) {
        return operands[(shape.masked() ? 4 : 3) + number];
    }

    /// Takes a group of keys.
    void take(MemorySegment[] from, MemorySegment[] to, int ofItem, int ofGroup) {
        operands = from;
        results = to;
        item = ofItem;
        group = ofGroup;
        readPresence(from, item);
    }

    /// Takes the queries of a head.
    void head(int number, boolean isFirst) {
        head = number;
        isFirstHead = isFirst;
        for (int i = 0; i < scoring.length; i++) {
            long start = shape.query(item, head, i * block);
            scoring[i].take(queries(), start, memory);
            sharing[i].take(result(3), start, memory);
            toKeys[i].take(queries(), start, memory);
            toValues[i].take(result(3), start, memory);
        }
        long start = shape.query(item, head, 0);
        long step = 4 * shape.queryStep();
        averaging.at(IN, result(0), start, step).at(WITH, result(3), start, step).at(OUT, memory, means, 4)
                .run(shape.queries(), shape.size());
        long sum = shape.sum(item, head, 0);
        adding.at(IN, memory, means, 0).at(BY_COLUMN, result(4), sum, 0).at(SCALE_BY_COLUMN, result(2), sum, 0)
                .at(OUT, memory, means, 0).run(1, shape.queries());
    }

    /// What comes from and to some keys.
    void strip(int first, int rows) {
        long key = shape.key(item, group, first);
        copy(keys(), key, shape.keyStep(), rows, keyStrip);
        copy(operands[2], key, shape.keyStep(), rows, valueStrip);
        StripProduct back = rows == ROWS ? toQueries : lastToQueries;
        back.take(keys(), key, memory);
        boolean isFirst = isFirstHead;
        for (int i = 0; i < scoring.length; i++) {
            int start = i * block;
            // Queries before the first key see none of them.
            int before = (first - start) / StripProduct.COLUMNS * StripProduct.COLUMNS;
            int from = shape.causal() ? Math.max(0, before) : 0;
            int seeing = length(i) - from;
            if (seeing <= 0) {
                continue;
            }
            scoring[i].multiply(memory, keyStrip, rows, 0, shape.size(), from, length(i), false, memory, weights);
            sharing[i].multiply(memory, valueStrip, rows, 0, shape.size(), from, length(i), false, memory, slopes);
            weigh(first, start + from, from, rows, seeing);
            long at = 4L * from;
            toValues[i].multiply(memory, weights + at, rows, from, seeing, 0, shape.size(), !isFirst, results[2], key);
            toKeys[i].multiply(memory, slopes + at, rows, from, seeing, 0, shape.size(), !isFirst, results[1], key);
            back.multiply(memory, slopes + at, seeing, 0, rows, 0, shape.size(), first > 0, results[0],
                    shape.query(item, head, start + from));
            isFirst = false;
        }
    }

    /// Makes weights of scores, and slopes of what comes to weights.
    ///
    /// @param query the position of the first query
    /// @param column of it, in the block
    private void weigh(int first, int query, int column, int rows, int seeing) {
        long at = 4L * column;
        long sum = shape.sum(item, head, query);
        weighing.at(IN, memory, weights + at, ROW_BYTES).at(BY_COLUMN, result(1), sum, 0)
                .at(SCALE_BY_COLUMN, result(2), sum, 0).at(OUT, memory, weights + at, ROW_BYTES);
        sloping.at(IN, memory, weights + at, ROW_BYTES).at(WITH, memory, slopes + at, ROW_BYTES)
                .at(BY_COLUMN, memory, means + 4L * query, 0).at(OUT, memory, slopes + at, ROW_BYTES);
        if (shape.causal()) {
            weighing.number(PLACE, query - first, -1);
        }
        if (shape.masked()) {
            weighing.at(PRESENCE, memory, presence + 4L * first, 4);
            sloping.at(PRESENCE, memory, presence + 4L * first, 4);
        }
        weighing.run(rows, seeing);
        sloping.run(rows, seeing);
    }
}
