package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What one thread needs for the gradient of the queries that share some keys. A strip holds the scores of some keys, row by row, with all queries of a block, so that what comes to a key
/// or its value is a sum along a row.
final class SlopeSpace {
    private static final int ROWS = StripProduct.ROWS;

    // Ports of the code.
    private static final int SCORES = 0;
    private static final int SHARES = 1;
    private static final int OUT = 2;
    private static final int PLACE = 3;
    private static final int PEAKS = 4;
    private static final int INVERSES = 5;
    private static final int ABSENCE = 6;

    private final AttentionShape shape;
    private final int block;
    /// Keys by queries, and values by cotangents.
    private final StripProduct[] scoring;
    private final StripProduct[] sharing;
    /// What comes to keys, and to values.
    private final StripProduct[] toKeys;
    private final StripProduct[] toValues;
    /// What comes to queries, from a strip of keys and from the last one, by block.
    private final StripProduct[] toQueries;
    private final StripProduct[] lastToQueries;
    private final Absence absence;
    private final Strip keyStrip = new Strip();
    private final Strip valueStrip = new Strip();
    private final Strip weights = new Strip();
    private final Strip slopes = new Strip();
    /// For each query what it gathered times its cotangent, and what comes from the sum of its weights.
    private final MemorySegment means;

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
        this.shape = shape;
        this.block = AttentionShape.block(shape.queries());
        int blocks = Math.ceilDiv(shape.queries(), block);
        this.scoring = new StripProduct[blocks];
        this.sharing = new StripProduct[blocks];
        this.toKeys = new StripProduct[blocks];
        this.toValues = new StripProduct[blocks];
        this.toQueries = new StripProduct[blocks];
        this.lastToQueries = new StripProduct[blocks];
        int rows = Math.min(ROWS, shape.keys());
        int last = (shape.keys() - 1) % ROWS + 1;
        for (int i = 0; i < blocks; i++) {
            int length = length(i);
            scoring[i] = new StripProduct(shape.across(length, shape.queryStep()));
            sharing[i] = new StripProduct(shape.across(length, shape.queryStep()));
            toKeys[i] = new StripProduct(shape.along(length, shape.queryStep(), shape.keyStep()));
            toValues[i] = new StripProduct(shape.along(length, shape.queryStep(), shape.keyStep()));
            toQueries[i] = new StripProduct(shape.back(rows, length, shape.keyStep(), shape.queryStep()));
            lastToQueries[i] = new StripProduct(shape.back(last, length, shape.keyStep(), shape.queryStep()));
        }
        this.absence = new Absence(shape);
        this.means = Arena.ofAuto().allocate(4L * shape.queries(), 64);
        RowCode.Builder mean = new RowCode.Builder();
        this.averaging = mean.reduce(OUT, Reducer.SUM,
                mean.binary(BinaryKind.MULTIPLY, mean.load(SCORES), mean.load(SHARES)));
        RowCode.Builder add = new RowCode.Builder();
        this.adding = add.store(OUT, add.binary(BinaryKind.ADD, add.load(SHARES),
                add.binary(BinaryKind.MULTIPLY, add.load(SCORES), add.load(INVERSES))));
        this.weighing = weighing();
        this.sloping = sloping();
    }

    private int length(int number) {
        return Math.min(block, shape.queries() - number * block);
    }

    private RowCode weighing() {
        RowCode.Builder code = new RowCode.Builder();
        int score = code.binary(BinaryKind.MULTIPLY, code.load(SCORES), code.constant(shape.scale()));
        if (shape.masked()) {
            score = code.binary(BinaryKind.ADD, score, code.loadOne(ABSENCE));
        }
        int part = code.exp(code.binary(BinaryKind.SUBTRACT, score, code.load(PEAKS)));
        int weight = code.binary(BinaryKind.MULTIPLY, part, code.load(INVERSES));
        return code.store(OUT, shape.causal() ? code.where(PLACE, Comparison.GE, weight, 0) : weight);
    }

    private RowCode sloping() {
        RowCode.Builder code = new RowCode.Builder();
        int slope = code.binary(BinaryKind.MULTIPLY, code.load(SCORES),
                code.binary(BinaryKind.SUBTRACT, code.load(SHARES), code.load(PEAKS)));
        if (shape.masked()) {
            slope = code.binary(BinaryKind.MULTIPLY, slope, code.loadOne(ABSENCE));
        }
        return code.store(OUT, code.binary(BinaryKind.MULTIPLY, slope, code.constant(shape.scale())));
    }

    private MemorySegment queries() {
        return operands[0];
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
        absence.read(shape.masked() ? operands[3] : MemorySegment.NULL, item);
    }

    /// Takes the queries of a head, until [#release].
    void head(int number, boolean isFirst) {
        head = number;
        isFirstHead = isFirst;
        for (int i = 0; i < scoring.length; i++) {
            long start = shape.query(item, head, i * block);
            scoring[i].take(queries(), start);
            sharing[i].take(result(3), start);
            toKeys[i].take(queries(), start);
            toValues[i].take(result(3), start);
        }
        long start = shape.query(item, head, 0);
        long step = 4 * shape.queryStep();
        averaging.at(SCORES, result(0), start, step).at(SHARES, result(3), start, step).at(OUT, means, 0, 4)
                .run(shape.queries(), shape.size());
        long sum = shape.sum(item, head, 0);
        adding.at(SCORES, result(4), sum, 0).at(INVERSES, result(2), sum, 0).at(SHARES, means, 0, 0)
                .at(OUT, means, 0, 0).run(1, shape.queries());
    }

    void release() {
        for (int i = 0; i < scoring.length; i++) {
            scoring[i].release();
            sharing[i].release();
            toKeys[i].release();
            toValues[i].release();
        }
    }

    /// What comes from and to some keys.
    void strip(int first, int rows) {
        long key = shape.key(item, group, first);
        keyStrip.copy(operands[1], key, shape.keyStep(), rows, shape.size());
        valueStrip.copy(operands[2], key, shape.keyStep(), rows, shape.size());
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
            scoring[i].multiply(keyStrip.memory, 0, rows, 0, shape.size(), from, length(i), false, weights.memory, 0);
            sharing[i].multiply(valueStrip.memory, 0, rows, 0, shape.size(), from, length(i), false, slopes.memory, 0);
            weigh(first, start + from, from, rows, seeing);
            long at = 4L * from;
            toValues[i].multiply(weights.memory, at, rows, from, seeing, 0, shape.size(), !isFirst, results[2], key);
            toKeys[i].multiply(slopes.memory, at, rows, from, seeing, 0, shape.size(), !isFirst, results[1], key);
            StripProduct back = rows == Math.min(ROWS, shape.keys()) ? toQueries[i] : lastToQueries[i];
            back.take(operands[1], key);
            back.multiply(slopes.memory, at, seeing, 0, rows, 0, shape.size(), first > 0, results[0],
                    shape.query(item, head, start + from));
            back.release();
            isFirst = false;
        }
    }

    /// Makes weights of scores, and slopes of shares.
    ///
    /// @param query the position of the first query
    /// @param column of it, in the block
    private void weigh(int first, int query, int column, int rows, int seeing) {
        long at = 4L * column;
        long sum = shape.sum(item, head, query);
        weighing.at(SCORES, weights.memory, at, Strip.ROW_BYTES).at(PEAKS, result(1), sum, 0)
                .at(INVERSES, result(2), sum, 0).at(OUT, weights.memory, at, Strip.ROW_BYTES);
        sloping.at(SCORES, weights.memory, at, Strip.ROW_BYTES).at(SHARES, slopes.memory, at, Strip.ROW_BYTES)
                .at(PEAKS, means, 4L * query, 0).at(OUT, slopes.memory, at, Strip.ROW_BYTES);
        if (shape.causal()) {
            weighing.number(PLACE, query - first, -1);
        }
        if (shape.masked()) {
            weighing.at(ABSENCE, absence.scores, 4L * first, 4);
            sloping.at(ABSENCE, absence.shares, 4L * first, 4);
        }
        weighing.run(rows, seeing);
        sloping.run(rows, seeing);
    }
}
