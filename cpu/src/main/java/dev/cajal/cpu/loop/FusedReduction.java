package dev.cajal.cpu.loop;

import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/// A reduction together with the element-wise operations before it.
///
/// Neighbouring axes that are both reduced or both kept count as one; the innermost reduced axis goes first. So the order of every sum depends on
/// shape and axes alone, not on how the operand is computed.
public final class FusedReduction {
    /// Slots of memory between stages are negative: -1 for the first.
    private final List<ReductionStage> stages = new ArrayList<>();

    private final List<TensorType> between = new ArrayList<>();
    private final Op.Reduce reduce;
    private final DType dtype;
    private final int target;

    /// A merged axis.
    private record Axis(boolean reduced, int length) {}

    private FusedReduction(Op.Reduce reduce, DType dtype, int target) {
        this.reduce = reduce;
        this.dtype = dtype;
        this.target = target;
    }

    /// The reduction for a region.
    ///
    /// @param slots where values in memory are
    /// @return empty if there is an operation without a kernel
    public static Optional<FusedReduction> of(Region.Reduction region, Regions regions, ToIntFunction<Value> slots) {
        Value operand = region.node().inputs().getFirst();
        DType dtype = operand.dtype();
        if (!(region.node().op() instanceof Op.Reduce reduce) || dtype == DType.BF16 || dtype == DType.U8) {
            return Optional.empty();
        }
        var inside = regions.inside(region);
        inside.remove(region.node());
        return LoopBuilder.build(operand.shape(), List.of(operand), reduce.dimensions(), inside, slots)
                .flatMap(built -> new FusedReduction(reduce, dtype, slots.applyAsInt(region.node().value()))
                        .plan(built, operand.shape()));
    }

    private Optional<FusedReduction> plan(LoopBuilder.Built built, Shape shape) {
        List<Axis> axes = axes(shape);
        LoopProgram program = built.program();
        int register = built.registers().getFirst();
        int spare = built.spare();
        if (axes.stream().noneMatch(Axis::reduced)) {
            // Only axes of length 1 are reduced: each element is a row of one.
            return Optional.empty();
        }
        boolean first = true;
        while (axes.stream().anyMatch(Axis::reduced)) {
            boolean columns = !axes.getLast().reduced();
            int at = columns ? axes.size() - 2 : axes.size() - 1;
            if (first && !fits(program, axes, columns)) {
                return Optional.empty();
            }
            first = false;
            int length = axes.get(at).length();
            int blocks = columns ? ReductionOrder.rowBlocks(length) : ReductionOrder.blocks(length);
            List<Axis> rest = new ArrayList<>(axes);
            rest.set(at, new Axis(true, blocks));
            if (blocks == 1) {
                rest.remove(at);
                rest = merge(rest);
            }
            boolean last = rest.stream().noneMatch(Axis::reduced);
            int slot = last ? target : -1 - between.size();
            stages.add(columns
                    ? new ColumnReduction(program, register, spare, reduce.reducer(), dtype, slot, length,
                            size(axes.subList(0, at)))
                    : new RowReduction(program, register, spare, reduce.reducer(), dtype, slot));
            axes = rest;
            if (!last) {
                List<Integer> dims = axes.stream().map(Axis::length).toList();
                between.add(new TensorType(dtype, Shape.of(dims)));
                program = LoopProgram.reading(slot, dtype, dims);
                register = 0;
                spare = 1;
            }
        }
        return Optional.of(this);
    }

    /// Whether the program's innermost loop is the last merged axis, and where columns are reduced, whether some loops before that are the rows.
    private static boolean fits(LoopProgram program, List<Axis> axes, boolean columns) {
        int inner = program.rank() - 1;
        if (inner < 0 || program.dim(inner) != axes.getLast().length()) {
            return false;
        }
        if (!columns) {
            return true;
        }
        long rows = axes.get(axes.size() - 2).length();
        long met = 1;
        int loop = inner;
        while (loop > 0 && (met != rows || program.dim(loop - 1) == 1)) {
            met *= program.dim(--loop);
        }
        return loop < inner && met == rows;
    }

    private static long size(List<Axis> axes) {
        return axes.stream().mapToLong(Axis::length).reduce(1, (a, b) -> a * b);
    }

    private List<Axis> axes(Shape shape) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            if (shape.dim(i) != 1) {
                axes.add(new Axis(reduce.dimensions().contains(i), shape.dim(i)));
            }
        }
        return merge(axes);
    }

    private static List<Axis> merge(List<Axis> axes) {
        List<Axis> merged = new ArrayList<>();
        for (Axis axis : axes) {
            if (!merged.isEmpty() && merged.getLast().reduced() == axis.reduced()) {
                merged.set(merged.size() - 1, new Axis(axis.reduced(), merged.getLast().length() * axis.length()));
            } else {
                merged.add(axis);
            }
        }
        return merged;
    }

    /// Bytes between stages that each bound reduction holds.
    public long temporaryBytes() {
        return between.stream().mapToLong(TensorType::byteSize).sum();
    }

    /// The reduction over some memory, to be run over and over, one run at a time.
    ///
    /// @param memory of the slots; may differ from run to run
    public Runnable bind(IntFunction<MemorySegment> memory) {
        if (between.isEmpty()) {
            return stages.getFirst().bind(memory, WorkerPool.shared(), ReductionStage.TASK);
        }
        HostBuffer[] buffers = between.stream().map(HostBuffer::allocate).toArray(HostBuffer[]::new);
        IntFunction<MemorySegment> all = slot -> slot >= 0 ? memory.apply(slot) : buffers[-1 - slot].segment();
        Runnable[] bound = stages.stream().map(stage -> stage.bind(all, WorkerPool.shared(), ReductionStage.TASK))
                .toArray(Runnable[]::new);
        return () -> {
            for (Runnable stage : bound) {
                stage.run();
            }
            Reference.reachabilityFence(buffers);
        };
    }
}
