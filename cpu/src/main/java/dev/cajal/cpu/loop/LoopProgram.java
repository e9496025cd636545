package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// What a fused loop computes: instructions that compute the elements of a row.
///
/// The loop nest is `dims`, outermost first; the last one is the row. Instructions are in order; each writes a register that later ones read. Since
/// every instruction is one IEEE operation per element, the bits do not depend on where a row is cut.
///
/// @param dims trips of the loops
/// @param instructions in order
record LoopProgram(List<Integer> dims, List<Instruction> instructions) {
    LoopProgram {
        dims = List.copyOf(dims);
        instructions = List.copyOf(instructions);
    }

    /// The number of loops.
    int rank() {
        return dims.size();
    }

    /// The trips of a loop.
    int dim(int loop) {
        return dims.get(loop);
    }

    /// Elements of a row.
    int rowLength() {
        return dims.isEmpty() ? 1 : dims.getLast();
    }

    /// The trips of the loop around the rows.
    int group() {
        return dims.size() < 2 ? 1 : dims.get(dims.size() - 2);
    }

    /// The number of rows.
    long rows() {
        long rows = 1;
        for (int i = 0; i < dims.size() - 1; i++) {
            rows *= dims.get(i);
        }
        return rows;
    }

    /// About how many machine instructions it takes for a vector.
    int weight() {
        return instructions.stream().mapToInt(instruction -> {
            if (!(instruction instanceof Instruction.Apply apply)) {
                return 1;
            }
            return LaneFit.fits(apply, dims) ? LoopCutter.weight(apply) : LaneProgram.MOST_WEIGHT;
        }).sum();
    }

    /// A program that only reads dense elements of some loops, into register 0.
    ///
    /// @param slot of the memory
    static LoopProgram reading(int slot, DType dtype, List<Integer> dims) {
        List<Long> strides = strides(dims);
        return new LoopProgram(dims, List.of(new Instruction.Load(0, slot, dtype, 0, strides)));
    }

    /// The strides of a dense result, one element for each point of the loops.
    List<Long> strides() {
        return strides(dims);
    }

    private static List<Long> strides(List<Integer> dims) {
        List<Long> strides = new ArrayList<>();
        for (long stride : Shape.of(dims).strides()) {
            strides.add(stride);
        }
        return strides;
    }

    /// Writes the indices of a row into the given array.
    void indices(long row, long[] indices) {
        long rest = row;
        for (int i = dims.size() - 2; i >= 0; i--) {
            indices[i] = rest % dims.get(i);
            rest /= dims.get(i);
        }
    }
}
