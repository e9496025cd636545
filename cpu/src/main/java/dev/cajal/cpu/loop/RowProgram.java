package dev.cajal.cpu.loop;

import dev.cajal.cpu.plan.RowAxes;
import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// The program of a loop that goes through blocks of rows.
///
/// Its outermost loop has one trip and stands for the block: its index is the first row of the block. Where the memory of a value holds the rows of one block
/// only, the value's stride along that loop is a row backwards.
///
/// @param program its loops are the block, the rows, and what is in a row
/// @param registers one for each wanted value
/// @param rows how many there are
/// @param length elements of a row
record RowProgram(LoopProgram program, List<Integer> registers, long rows, int length) {
    /// Builds a program.
    ///
    /// @param wanted values of one shape
    /// @param inside the nodes that are computed
    /// @param slots where values in memory are
    /// @return empty if there is an operation without a kernel
    static Optional<RowProgram> of(
            Shape space, List<Value> wanted, long rows, Set<Node> inside, ToIntFunction<Value> slots) {
        int leading = RowAxes.leading(space, rows).orElseThrow();
        // Rows stay rows, however the operands lie.
        List<Integer> row = IntStream.range(leading, space.rank()).boxed().toList();
        return LoopBuilder.build(space, wanted, row, inside, slots)
                .map(built -> new RowProgram(inBlocks(built.program()), built.registers(), rows,
                        Math.toIntExact(space.size() / rows)));
    }

    private static LoopProgram inBlocks(LoopProgram program) {
        List<Integer> dims = new ArrayList<>(List.of(1));
        dims.addAll(program.dims());
        List<Instruction> instructions = program.instructions().stream().map(instruction -> switch (instruction) {
            case Instruction.Load load -> new Instruction.Load(
                    load.target(), load.slot(), load.dtype(), load.offset(), with(0, load.strides()));
            case Instruction.Index index -> new Instruction.Index(
                    index.target(), index.dtype(), index.offset(), with(0, index.strides()));
            case Instruction.Fill _, Instruction.Apply _ -> instruction;
        }).toList();
        return new LoopProgram(dims, instructions);
    }

    private static List<Long> with(long block, List<Long> strides) {
        List<Long> all = new ArrayList<>(List.of(block));
        all.addAll(strides);
        return all;
    }

    /// How many loops go through the rows.
    private int rowLoops() {
        long points = 1;
        for (int loops = 0;; loops++) {
            if (points == rows) {
                return loops;
            }
            points *= program.dim(1 + loops);
        }
    }

    /// Whether what is read from a slot lies in the row where the loop is.
    ///
    /// @param size elements of a row of the value in that slot
    boolean readsOwnRow(int slot, int size) {
        return program.instructions().stream()
                .allMatch(instruction -> !(instruction instanceof Instruction.Load load) || load.slot() != slot
                        || readsOwnRow(load, size));
    }

    private boolean readsOwnRow(Instruction.Load load, int size) {
        int loops = rowLoops();
        long step = size;
        for (int loop = loops; loop >= 1; loop--) {
            if (load.strides().get(loop) != step) {
                return false;
            }
            step *= program.dim(loop);
        }
        long first = load.offset();
        long last = load.offset();
        for (int loop = loops + 1; loop < program.rank(); loop++) {
            long span = load.strides().get(loop) * (program.dim(loop) - 1);
            first += Math.min(0, span);
            last += Math.max(0, span);
        }
        return first >= 0 && last < size;
    }

    /// Whether anything is read from such a slot.
    boolean readsFrom(IntPredicate slots) {
        return program.instructions().stream()
                .anyMatch(instruction -> instruction instanceof Instruction.Load load && slots.test(load.slot()));
    }

    /// About how many machine instructions it takes for a vector.
    int weight() {
        return program.weight();
    }

    /// Whether the row is the innermost loop, all of it.
    boolean hasWholeRows() {
        return length > 1 && program.rowLength() == length;
    }

    /// The program where some slots hold the rows of one block only.
    ///
    /// @param sizes elements of a row of such a slot; 0 for those that hold all rows
    LoopProgram inMemoryOfBlocks(IntUnaryOperator sizes) {
        if (rows == 1) {
            return program;
        }
        return new LoopProgram(program.dims(), program.instructions().stream().map(instruction -> {
            if (instruction instanceof Instruction.Load load) {
                List<Long> strides = new ArrayList<>(load.strides());
                strides.set(0, (long) -sizes.applyAsInt(load.slot()));
                return new Instruction.Load(load.target(), load.slot(), load.dtype(), load.offset(), strides);
            }
            return instruction;
        }).toList());
    }
}
