package dev.cajal.cpu.attention;

import dev.cajal.cpu.matmul.StripProduct;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Attention;
import dev.cajal.ir.Node;
import java.lang.foreign.MemorySegment;

/// The gradient of attention. Weights are made again for a strip of keys and a block of queries at a time.
///
/// A task takes all queries of a group of keys, so that sums over either have one order.
public final class AttentionGradientKernel {
    private final AttentionShape shape;
    private final Recycler<SlopeSpace> spaces;

    // Of the run that is on.
    private MemorySegment[] operands = {};
    private MemorySegment[] results = {};

    private AttentionGradientKernel(AttentionShape shape) {
        this.shape = shape;
        this.spaces = new Recycler<>(() -> new SlopeSpace(shape));
    }

    /// The operation on some operands, to be run over and over, one run at a time.
    public static Runnable bind(Node node, Attention attention, MemorySegment[] operands, MemorySegment[] results) {
        AttentionGradientKernel kernel = new AttentionGradientKernel(AttentionShape.of(node, attention));
        TaskBody task = kernel::run;
        return () -> kernel.run(task, operands, results);
    }

    private void run(TaskBody task, MemorySegment[] from, MemorySegment[] to) {
        operands = from;
        results = to;
        WorkerPool.shared().run(shape.batch() * shape.groups(), task);
    }

    /// All queries that share keys.
    private void run(int task) {
        int item = task / shape.groups();
        int group = task % shape.groups();
        SlopeSpace space = spaces.take();
        space.open();
        space.take(operands, results, item, group);
        for (int i = 0; i < shape.headsOfGroup(); i++) {
            space.head(group * shape.headsOfGroup() + i, i == 0);
            for (int first = 0; first < shape.keys(); first += StripProduct.ROWS) {
                space.strip(first, Math.min(StripProduct.ROWS, shape.keys() - first));
            }
        }
        space.close();
        spaces.give(space);
    }
}
