package dev.cajal.cpu.loop;

import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/// Makes a [RowChain] of a region: parts that go over the same elements, and need not wait for each other's reductions, share a pass.
final class RowChainBuilder {
    private final Region.Rows region;
    private final Regions regions;
    private final long rows;
    /// What the parts write, numbered.
    private final Map<Value, Integer> written = new HashMap<>();
    /// Bytes of a row of each value that only the chain needs, partial results of reductions among them.
    private final List<Long> inner = new ArrayList<>();

    RowChainBuilder(Region.Rows region, Regions regions) {
        this.region = region;
        this.regions = regions;
        this.rows = region.count();
        for (Region part : region.parts()) {
            part.outputs().forEach(output -> written.put(output, written.size()));
        }
    }

    /// Parts that share a pass.
    ///
    /// @param parts loops and reductions over the same space
    /// @param program computes all that they write or reduce
    private record Shared(List<Region> parts, RowProgram program) {}

    boolean allows() {
        return region.parts().stream().allMatch(this::allows);
    }

    private boolean allows(Region part) {
        boolean kernel = switch (part) {
            case Region.Loop loop -> loop.outputs().stream().allMatch(output -> LaneFit.storable(output.dtype()));
            case Region.Reduction(Node node) -> LaneFit.inMemory(node.inputs().getFirst().dtype());
            case Region.Product _, Region.Rows _, Region.Whole _ -> false;
        };
        return kernel && program(List.of(part), this::number)
                .filter(program -> part instanceof Region.Loop || program.hasWholeRows())
                .filter(program -> written.entrySet().stream().allMatch(
                        entry -> program.readsOwnRow(-1 - entry.getValue(), perRow(entry.getKey()))))
                .isPresent();
    }

    private int number(Value value) {
        Integer number = written.get(Regions.memory(value));
        return number == null ? 0 : -1 - number;
    }

    private int perRow(Value value) {
        return Math.toIntExact(value.type().size() / rows);
    }

    Optional<RowChain> build(ToIntFunction<Value> slots) {
        if (!allows()) {
            return Optional.empty();
        }
        List<RowPass> passes = new ArrayList<>();
        Map<Integer, Integer> sizes = new HashMap<>();
        Map<Value, Integer> own = new HashMap<>();
        for (Region part : region.parts()) {
            for (Value output : part.outputs()) {
                if (!region.outputs().contains(output)) {
                    int slot = add(perRow(output), output.dtype());
                    own.put(output, slot);
                    sizes.put(slot, perRow(output));
                }
            }
        }
        ToIntFunction<Value> all = value -> {
            Integer slot = own.get(Regions.memory(value));
            return slot != null ? slot : slots.applyAsInt(value);
        };
        int length = 1;
        for (Shared shared : passes()) {
            length = Math.max(length, shared.program().length());
            RowProgram program = program(shared.parts(), all).orElseThrow();
            add(passes, program, shared.parts(), all, sizes);
        }
        long rowBytes = inner.stream().mapToLong(Long::longValue).sum();
        Set<Value> outside = new HashSet<>(regions.reads(region));
        outside.addAll(region.outputs());
        for (Value value : outside) {
            rowBytes += value.type().size() >= rows ? value.type().byteSize() / rows : 0;
        }
        return Optional
                .of(new RowChain(rows, length, rowBytes, passes, inner.stream().mapToLong(Long::longValue).toArray()));
    }

    /// A new slot for what only the chain needs.
    private int add(int perRow, DType dtype) {
        inner.add((long) perRow * dtype.byteSize());
        return -inner.size();
    }

    private void add(List<RowPass> passes, RowProgram program, List<Region> parts, ToIntFunction<Value> slots,
            Map<Integer, Integer> sizes) {
        List<RowPass.Target> stores = new ArrayList<>();
        List<RowPass.Target> reductions = new ArrayList<>();
        List<RowPass> later = new ArrayList<>();
        int blocks = ReductionOrder.blocks(program.length());
        int wanted = 0;
        for (Region part : parts) {
            for (Value output : part.outputs()) {
                int register = program.registers().get(wanted++);
                int slot = slots.applyAsInt(output);
                DType dtype = output.dtype();
                if (!(part instanceof Region.Reduction(Node node) && node.op() instanceof Op.Reduce reduce)) {
                    stores.add(new RowPass.Target(new Ending.Store(dtype, register, slot), dtype.byteSize(),
                            program.length(), slot < 0));
                } else if (blocks == 1) {
                    reductions.add(reduction(new Ending.Reduce(dtype, register, reduce.reducer(), slot), 1));
                } else {
                    int between = add(blocks, dtype);
                    sizes.put(between, blocks);
                    reductions.add(reduction(new Ending.Reduce(dtype, register, reduce.reducer(), between), blocks));
                    later.add(new RowPass(blocks(between, dtype, blocks), blocks,
                            List.of(reduction(new Ending.Reduce(dtype, 0, reduce.reducer(), slot), 1))));
                }
            }
        }
        stores.addAll(reductions);
        passes.add(
                new RowPass(program.inMemoryOfBlocks(slot -> sizes.getOrDefault(slot, 0)), program.length(), stores));
        passes.addAll(later);
    }

    private static RowPass.Target reduction(Ending.Reduce ending, int perRow) {
        return new RowPass.Target(ending, ending.dtype().byteSize(), perRow, ending.slot() < 0);
    }

    /// Reads what a reduction has made of the blocks of each row.
    private LoopProgram blocks(int slot, DType dtype, int blocks) {
        List<Integer> dims = List.of(1, Math.toIntExact(rows), blocks);
        List<Long> strides = List.of((long) -blocks, (long) blocks, 1L);
        return new LoopProgram(dims, List.of(new Instruction.Load(0, slot, dtype, 0, strides)));
    }

    /// Puts each part into the first pass that it may share, else into a new one.
    private List<Shared> passes() {
        List<Shared> passes = new ArrayList<>();
        for (Region part : region.parts()) {
            Set<Value> reads = regions.reads(part);
            int at = passes.size() - 1;
            while (at > 0 && writes(passes.get(at)).stream().noneMatch(reads::contains)) {
                at--;
            }
            boolean placed = false;
            for (int i = Math.max(0, at); i < passes.size() && !placed; i++) {
                Optional<Shared> both = share(passes.get(i), part);
                if (both.isPresent()) {
                    passes.set(i, both.get());
                    placed = true;
                }
            }
            if (!placed) {
                passes.add(new Shared(List.of(part), program(List.of(part), this::number).orElseThrow()));
            }
        }
        return passes;
    }

    private static List<Value> writes(Shared shared) {
        return shared.parts().stream().flatMap(part -> part.outputs().stream()).toList();
    }

    private Optional<Shared> share(Shared shared, Region part) {
        if (!space(shared.parts().getFirst()).equals(space(part))) {
            return Optional.empty();
        }
        List<Region> parts = new ArrayList<>(shared.parts());
        parts.add(part);
        long reductions = parts.stream().filter(Region.Reduction.class::isInstance).count();
        Set<Integer> own = new HashSet<>();
        parts.forEach(each -> each.outputs().forEach(output -> own.add(number(output))));
        int groups = reductions > 0 && Lanes.available() ? ReductionOrder.LANES / Lanes.floats() : 1;
        return program(parts, this::number)
                // What one writes the other must have in a register; memory may not be written yet.
                .filter(program -> !program.readsFrom(own::contains))
                .filter(program -> program.weight() * groups <= LaneProgram.MOST_WEIGHT
                        && reductions <= LaneProgram.MOST_REDUCTIONS
                        && (reductions == 0 || program.hasWholeRows()))
                .map(program -> new Shared(parts, program));
    }

    private static Shape space(Region part) {
        return switch (part) {
            case Region.Loop loop -> loop.space();
            case Region.Reduction(Node node) -> node.inputs().getFirst().shape();
            case Region.Product _, Region.Rows _, Region.Whole _ -> throw new AssertionError(part);
        };
    }

    /// The program of parts over one space.
    private Optional<RowProgram> program(List<Region> parts, ToIntFunction<Value> slots) {
        List<Value> wanted = new ArrayList<>();
        Set<Node> inside = new HashSet<>();
        for (Region part : parts) {
            inside.addAll(regions.inside(part));
            if (part instanceof Region.Reduction(Node node)) {
                inside.remove(node);
                wanted.add(node.inputs().getFirst());
            } else {
                wanted.addAll(part.outputs());
            }
        }
        return RowProgram.of(space(parts.getFirst()), wanted, rows, inside, slots);
    }
}
