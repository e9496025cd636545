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
    private MemorySegment[] operands = {};
    private MemorySegment[] results = {};
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

    private void run(TaskBody task, MemorySegment[] from, MemorySegment[] to) {
        operands = from;
        results = to;
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
        space.take(operands, item, group);
        for (int strip = task % parts; strip < strips * shape.headsOfGroup(); strip += parts) {
            int head = group * shape.headsOfGroup() + strip / strips;
            int first = strip % strips * StripProduct.ROWS;
            int rows = Math.min(StripProduct.ROWS, shape.queries() - first);
            long query = shape.query(item, head, first);
            space.gather(operands[0], query, first, rows);
            space.write(results, query, shape.sum(item, head, first), rows);
        }
        space.close();
        spaces.give(space);
    }
}
