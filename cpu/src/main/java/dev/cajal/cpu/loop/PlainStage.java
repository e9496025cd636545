package dev.cajal.cpu.loop;

import dev.cajal.ir.Literal;
import dev.cajal.type.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntFunction;

/// Instructions that run one after the other over registers: each is a plain loop over short arrays.
///
/// All that there is for doubles, longs and bytes, for accesses that jump about in memory, and for functions that no vector instruction helps with.
final class PlainStage {
    private final List<Instruction> instructions;
    private final Port[] ports;

    PlainStage(List<Instruction> instructions) {
        this.instructions = List.copyOf(instructions);
        this.ports = new Port[instructions.size()];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = switch (instructions.get(i)) {
                case Instruction.Load load -> new Port(load.slot(), 1, load.offset(), load.strides());
                case Instruction.Index index -> new Port(-1, 1, index.offset(), index.strides());
                case Instruction.Fill _, Instruction.Apply _ -> new Port(-1, 1, 0, List.of());
            };
        }
    }

    /// Computes elements `from` to `from + n` of a row.
    ///
    /// @param indices of the outer loops
    void run(IntFunction<MemorySegment> memory, long[] indices, int from, int n, Registers r) {
        for (int i = 0; i < ports.length; i++) {
            Port port = ports[i];
            switch (instructions.get(i)) {
                case Instruction.Load load -> {
                    long at = port.position(indices, from);
                    long stride = port.step(1);
                    MemorySegment segment = memory.apply(load.slot());
                    if (stride == 0) {
                        Access.repeat(segment, 0, load.dtype(), at, r, load.target(), n);
                    } else {
                        Access.load(segment, load.dtype(), at, stride, r, load.target(), n);
                    }
                }
                case Instruction.Fill(int target, DType dtype, long bits) -> fill(dtype, bits, r, target, n);
                case Instruction.Index index ->
                    count(index.dtype(), port.position(indices, from), port.step(1), r, index.target(), n);
                case Instruction.Apply apply -> apply.kernel()
                        .run(r, apply.target(), apply.operand(0), apply.operand(1), apply.operand(2), n);
            }
        }
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
