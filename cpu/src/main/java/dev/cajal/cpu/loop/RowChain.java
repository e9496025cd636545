package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneKernel;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.cpu.thread.TaskBody;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// Several [passes][RowPass] over the same rows: each task takes blocks of rows through all of them, one block after the other, so that what one pass
/// leaves for the next is in the cache, in memory of the task's own.
public final class RowChain {
    /// Elements of a pass that are worth a task of its own.
    private static final long TASK = 32_768;
    /// What a block may take of a second-level cache, in bytes. Each pass over a block takes about a tenth of a microsecond to begin with, so small ones cost more than
    /// the first-level cache gains.
    private static final long BLOCK = 256 << 10;
    private static final int ALIGNMENT = 64;

    private final long rows;
    /// Elements of the longest row of all passes.
    private final int length;
    private final int rowsOfBlock;
    private final List<RowPass> passes;
    /// Bytes of each value that only the chain needs, for one block.
    private final long[] bytes;
    private final TensorType memoryType;
    private final Recycler<Scratch> idle = new Recycler<>(this::scratch);

    /// What one thread needs: the memory of what only the chain needs, in slots below zero, beside that of the run that it is in.
    private static final class Scratch implements IntFunction<MemorySegment> {
        private final HostBuffer buffer;
        private final MemorySegment[] own;
        private final RowPass.Scratch[] passes;
        private IntFunction<MemorySegment> memory = _ -> MemorySegment.NULL;

        Scratch(HostBuffer buffer, MemorySegment[] own, RowPass.Scratch[] passes) {
            this.buffer = buffer;
            this.own = own;
            this.passes = passes;
        }

        @Override
        public MemorySegment apply(int slot) {
            return slot >= 0 ? memory.apply(slot) : own[-1 - slot];
        }
    }

    /// @param length elements of the longest row
    /// @param rowBytes of all that is read and written for one row
    /// @param inner bytes of a row of each value that only the chain needs
    RowChain(long rows, int length, long rowBytes, List<RowPass> passes, long[] inner) {
        this.rows = rows;
        this.length = length;
        this.rowsOfBlock = (int) Math.clamp(Math.min(BLOCK / Math.max(1, rowBytes), TASK / length), 1, rows);
        this.passes = List.copyOf(passes);
        this.bytes = Arrays.stream(inner).map(size -> Math.ceilDiv(size * rowsOfBlock, ALIGNMENT) * ALIGNMENT)
                .toArray();
        long lines = Arrays.stream(bytes).sum() / ALIGNMENT;
        this.memoryType = TensorType.of(DType.U8, Math.toIntExact(lines), ALIGNMENT);
    }

    /// Whether a region can be run as a chain.
    public static boolean allows(Region.Rows region, Regions regions) {
        return new RowChainBuilder(region, regions).allows();
    }

    /// The chain of a region.
    ///
    /// @param slots where values in memory are
    /// @return empty if it is not [allowed][#allows]
    public static Optional<RowChain> of(Region.Rows region, Regions regions, ToIntFunction<Value> slots) {
        return new RowChainBuilder(region, regions).build(slots);
    }

    /// The chain over some memory, one run at a time; a run allocates nothing.
    public Runnable bind(IntFunction<MemorySegment> memory) {
        return new Bound(memory);
    }

    /// The chain over the memory of a frame.
    private final class Bound implements Runnable, TaskBody {
        private final IntFunction<MemorySegment> memory;
        private final LaneKernel[][] kernels = new LaneKernel[passes.size()][];
        private final long perTask = Math.max(1, TASK / ((long) length * rowsOfBlock)) * rowsOfBlock;

        Bound(IntFunction<MemorySegment> memory) {
            this.memory = memory;
            Arrays.setAll(kernels, i -> passes.get(i).kernels());
        }

        /// Runs all passes.
        @Override
        public void run() {
            for (int i = 0; i < kernels.length; i++) {
                passes.get(i).kernels(kernels[i]);
            }
            WorkerPool.shared().run(Math.toIntExact(Math.ceilDiv(rows, perTask)), this);
        }

        @Override
        public void run(int task) {
            Scratch scratch = idle.take();
            scratch.memory = memory;
            long first = task * perTask;
            long last = Math.min(rows, first + perTask);
            for (long row = first; row < last; row += rowsOfBlock) {
                int count = (int) Math.min(rowsOfBlock, last - row);
                for (int i = 0; i < kernels.length; i++) {
                    passes.get(i).run(scratch, kernels[i], scratch.passes[i], row, count);
                }
            }
            // The buffer, and with it the memory of its segments, has to be there till now.
            Reference.reachabilityFence(scratch.buffer);
            idle.give(scratch);
        }
    }

    private Scratch scratch() {
        HostBuffer buffer = HostBuffer.allocate(memoryType);
        MemorySegment[] segments = new MemorySegment[bytes.length];
        long at = 0;
        for (int i = 0; i < segments.length; i++) {
            segments[i] = buffer.segment().asSlice(at, bytes[i]);
            at += bytes[i];
        }
        RowPass.Scratch[] each = passes.stream().map(RowPass::scratch).toArray(RowPass.Scratch[]::new);
        return new Scratch(buffer, segments, each);
    }
}
