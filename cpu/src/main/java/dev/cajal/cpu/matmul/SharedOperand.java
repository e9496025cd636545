package dev.cajal.cpu.matmul;

import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import java.lang.foreign.MemorySegment;

/// A [packed operand][PackedOperand] on its way to the tasks of a run that share it.
///
/// What another processor has packed comes from its cache line by line, ten times as slowly as it could have been packed here. So each thread packs all of it for itself, when it does
/// its first task; only where so many copies would take too much memory do threads pack one together, before the tasks.
final class SharedOperand {
    private final WorkerPool pool;
    private final PackedOperand operand;
    /// Whether it is the same for several runs.
    private final boolean lasts;
    private final boolean together;
    private final Recycler<PackedCopy> copies;
    private final TaskBody packing = this::pack;

    // Of the run that is on.
    private MemorySegment x = MemorySegment.NULL;
    private long x0;
    /// Of the contents; 0 before the first ones.
    private long stamp;
    /// What threads pack together.
    private PackedCopy common = new PackedCopy();

    /// @param lasts whether the operand is the same for all runs until [#renew]
    SharedOperand(WorkerPool pool, PackedOperand operand, boolean lasts) {
        this.pool = pool;
        this.operand = operand;
        this.lasts = lasts;
        this.together = isTogether(operand, pool.threads());
        this.copies = lasts ? new Recycler<>(PackedCopy::new) : PackedCopy.FREE;
    }

    private static boolean isTogether(PackedOperand operand, int threads) {
        return threads * operand.bytes() > PackedOperand.MOST_BYTES;
    }

    /// Bytes that an operand takes that lasts.
    static long bytes(PackedOperand operand, int threads) {
        return isTogether(operand, threads) ? operand.bytes() : threads * operand.bytes();
    }

    /// How it is packed.
    PackedOperand operand() {
        return operand;
    }

    /// Has it packed anew in the next run.
    void renew() {
        stamp = 0;
    }

    /// Begins a run.
    ///
    /// @param from A or B, whichever is packed
    /// @param start where it begins, in bytes
    void begin(MemorySegment from, long start) {
        x = from;
        x0 = start;
        if (!lasts || stamp == 0) {
            stamp = PackedCopy.newStamp();
        }
        if (together) {
            common = copies.take();
            if (common.prepare(stamp, operand.bytes())) {
                pool.run(operand.pieces(), packing);
            }
        }
    }

    private void pack(int piece) {
        operand.pack(piece, x, x0, common.segment());
    }

    /// Ends a run.
    void end() {
        if (together) {
            copies.give(common);
        }
    }

    /// The packed operand, for a task.
    PackedCopy take() {
        if (together) {
            return common;
        }
        PackedCopy copy = copies.take();
        if (copy.prepare(stamp, operand.bytes())) {
            for (int piece = 0; piece < operand.pieces(); piece++) {
                operand.pack(piece, x, x0, copy.segment());
            }
        }
        return copy;
    }

    /// Gives back what a task has taken.
    void give(PackedCopy copy) {
        if (!together) {
            copies.give(copy);
        }
    }
}
