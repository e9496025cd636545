package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Attention;
import dev.cajal.ir.Node;
import java.lang.foreign.MemorySegment;

/// What queries gather. Scores are there for a strip of queries and a block of keys at a time; what a strip has gathered from the blocks before is made smaller where a later one has a
/// larger score.
///
/// Results do not depend on how strips are divided among tasks.
public final class AttentionKernel {
    private static final int TASKS_PER_THREAD = 2;

    private final AttentionShape shape;
    private final Recycler<GatherSpace> spaces;
    /// Strips of the queries of one head.
    private final int strips;

    // Of the run that is on.
    private MemorySegment queries = MemorySegment.NULL;
    private MemorySegment keys = MemorySegment.NULL;
    private MemorySegment values = MemorySegment.NULL;
    private MemorySegment present = MemorySegment.NULL;
    private MemorySegment gathered = MemorySegment.NULL;
    private MemorySegment peaks = MemorySegment.NULL;
    private MemorySegment inverses = MemorySegment.NULL;
    /// Tasks for the strips of one group.
    private int parts;

    private AttentionKernel(AttentionShape shape) {
        this.shape = shape;
        this.strips = Math.ceilDiv(shape.queries(), StripProduct.ROWS);
        this.spaces = new Recycler<>(() -> new GatherSpace(shape));
    }

    /// The operation on some operands, to be run over and over, one run at a time.
    public static Runnable bind(Node node, Attention attention, MemorySegment[] operands, MemorySegment[] results) {
        AttentionKernel kernel = new AttentionKernel(AttentionShape.of(node, attention));
        TaskBody task = kernel::run;
        return () -> kernel.run(task, operands, results);
    }

    private void run(TaskBody task, MemorySegment[] operands, MemorySegment[] results) {
        queries = operands[0];
        keys = operands[1];
        values = operands[2];
        present = shape.masked() ? operands[3] : MemorySegment.NULL;
        gathered = results[0];
        peaks = results[1];
        inverses = results[2];
        WorkerPool pool = WorkerPool.shared();
        int groups = shape.batch() * shape.groups();
        parts = Math.clamp(Math.ceilDiv(TASKS_PER_THREAD * pool.threads(), groups), 1, strips * shape.headsOfGroup());
        pool.run(groups * parts, task);
    }

    /// Some strips of the queries that share keys.
    private void run(int task) {
        int item = task / parts / shape.groups();
        int group = task / parts % shape.groups();
        GatherSpace space = spaces.take();
        space.open();
        space.take(keys, values, shape.key(item, group, 0), present, item);
        for (int strip = task % parts; strip < strips * shape.headsOfGroup(); strip += parts) {
            int head = group * shape.headsOfGroup() + strip / strips;
            int first = strip % strips * StripProduct.ROWS;
            int rows = Math.min(StripProduct.ROWS, shape.queries() - first);
            long query = shape.query(item, head, first);
            space.gather(queries, query, first, rows);
            space.write(gathered, query, peaks, inverses, shape.sum(item, head, first), rows);
        }
        space.close();
        spaces.give(space);
    }
}
