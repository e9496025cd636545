package dev.cajal.cpu.loop;

import dev.cajal.ir.Literal;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/// The body of a fused loop: instructions that compute the elements of a row, a register's length at a time.
///
/// The loop nest is `dims`, outermost first; the last one is the row. Instructions are in order; each writes a register that later ones read. Since
/// every instruction is one IEEE operation per element, the bits do not depend on where a row is cut.
public final class LoopProgram {
    private final int[] dims;
    private final List<Instruction> instructions;
    private final int[] registerCounts;
    private final Queue<Registers> idle = new ConcurrentLinkedQueue<>();

    /// One instruction.
    sealed interface Instruction {
        /// Reads from memory.
        ///
        /// @param slot of the memory
        /// @param offset the element at loop indices 0
        /// @param strides elements per step of each loop
        record Load(int target, int slot, DType dtype, long offset, List<Long> strides) implements Instruction {}

        /// A constant.
        record Fill(int target, DType dtype, long bits) implements Instruction {}

        /// The index of a loop: `offset + sum(strides * index)`.
        record Index(int target, DType dtype, long offset, List<Long> strides) implements Instruction {}

        /// An operation.
        record Apply(int target, Kernel kernel, int a, int b, int c) implements Instruction {}
    }

    LoopProgram(int[] dims, List<Instruction> instructions, int[] registerCounts) {
        this.dims = dims.clone();
        this.instructions = List.copyOf(instructions);
        this.registerCounts = registerCounts.clone();
    }

    /// The number of loops.
    int rank() {
        return dims.length;
    }

    /// The trips of a loop.
    int dim(int loop) {
        return dims[loop];
    }

    /// Elements of a row.
    int rowLength() {
        return dims.length == 0 ? 1 : dims[dims.length - 1];
    }

    /// The number of rows.
    long rows() {
        long rows = 1;
        for (int i = 0; i < dims.length - 1; i++) {
            rows *= dims[i];
        }
        return rows;
    }

    /// A program that only reads dense elements of some loops.
    ///
    /// @param slot of the memory
    static LoopProgram reading(int slot, DType dtype, int... dims) {
        List<Long> strides = new ArrayList<>();
        for (long stride : Shape.of(dims).strides()) {
            strides.add(stride);
        }
        int[] counts = new int[Registers.Kind.values().length];
        counts[Registers.Kind.of(dtype).ordinal()] = 2;
        return new LoopProgram(dims, List.of(new Instruction.Load(0, slot, dtype, 0, strides)), counts);
    }

    Registers lease() {
        Registers registers = idle.poll();
        return registers != null ? registers : new Registers(registerCounts);
    }

    void giveBack(Registers registers) {
        idle.add(registers);
    }

    /// Writes the indices of a row into the given array.
    void indices(long row, long[] indices) {
        long rest = row;
        for (int i = dims.length - 2; i >= 0; i--) {
            indices[i] = rest % dims[i];
            rest /= dims[i];
        }
    }

    /// Computes elements `from` to `from + n` of a row, all registers.
    ///
    /// @param indices of the outer loops
    void run(IntFunction<MemorySegment> memory, long[] indices, int from, int n, Registers r) {
        for (Instruction instruction : instructions) {
            switch (instruction) {
                case Instruction.Load load -> {
                    long at = position(load.offset(), load.strides(), indices, from);
                    long stride = innermost(load.strides());
                    if (stride == 0) {
                        Access.repeat(memory.apply(load.slot()), load.dtype(), at, r, load.target(), n);
                    } else {
                        Access.load(memory.apply(load.slot()), load.dtype(), at, stride, r, load.target(), n);
                    }
                }
                case Instruction.Fill(int target, DType dtype, long bits) -> fill(dtype, bits, r, target, n);
                case Instruction.Index index -> {
                    long at = position(index.offset(), index.strides(), indices, from);
                    count(index.dtype(), at, innermost(index.strides()), r, index.target(), n);
                }
                case Instruction.Apply(int target, Kernel kernel, int a, int b, int c) ->
                    kernel.run(r, target, a, b, c, n);
            }
        }
    }

    private long position(long offset, List<Long> strides, long[] indices, int from) {
        long at = offset;
        int inner = dims.length - 1;
        for (int i = 0; i < inner; i++) {
            at += strides.get(i) * indices[i];
        }
        return inner >= 0 ? at + strides.get(inner) * from : at;
    }

    private static long innermost(List<Long> strides) {
        return strides.isEmpty() ? 0 : strides.getLast();
    }

    /// A number in the first elements of a register.
    static void fill(DType dtype, long bits, Registers r, int t, int n) {
        switch (dtype) {
            case F32 -> r.floats[t][0] = Float.intBitsToFloat((int) bits);
            case BF16 -> r.floats[t][0] = Float.intBitsToFloat((int) bits << 16);
            case F64 -> r.doubles[t][0] = Double.longBitsToDouble(bits);
            case I32, U8, BOOL -> r.ints[t][0] = (int) bits;
            case I64 -> r.longs[t][0] = bits;
        }
        Access.spread(dtype, r, t, n);
    }

    private static void count(DType dtype, long from, long step, Registers r, int t, int n) {
        for (int i = 0; i < n; i++) {
            long number = from + i * step;
            switch (dtype) {
                case F32 -> r.floats[t][i] = number;
                case BF16 -> r.floats[t][i] = (float) Literal.decode(dtype, Literal.encode(dtype, number));
                case F64 -> r.doubles[t][i] = number;
                case I32 -> r.ints[t][i] = (int) number;
                case U8 -> r.ints[t][i] = (int) number & 0xff;
                case BOOL -> r.ints[t][i] = number != 0 ? 1 : 0;
                case I64 -> r.longs[t][i] = number;
            }
        }
    }
}
