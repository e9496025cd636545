package dev.cajal.cpu.attention;

import dev.cajal.cpu.codegen.LaneEnding;
import dev.cajal.cpu.codegen.LaneFrame;
import dev.cajal.cpu.codegen.LaneInstruction;
import dev.cajal.cpu.codegen.LaneProgram;
import dev.cajal.cpu.codegen.LaneType;
import dev.cajal.cpu.loop.LaneCode;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.UnaryKind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// What is done with the rows of a strip, one after the other, and on which memory. For one thread at a time.
final class RowCode {
    private final LaneCode code;
    private final LaneFrame frame;

    private RowCode(LaneProgram program) {
        this.code = LaneCode.of(program);
        this.frame = new LaneFrame(program.ports());
    }

    /// Says where a port is.
    ///
    /// @param offset in bytes, of the first row
    /// @param step from row to row, in bytes; 0 for the same in each
    RowCode at(int port, MemorySegment memory, long offset, long step) {
        frame.memory[port] = memory;
        frame.offsets[port] = offset;
        frame.steps[port] = step;
        return this;
    }

    /// Says what a number is, and how much larger it is in the next row.
    RowCode number(int port, long first, long step) {
        frame.offsets[port] = first;
        frame.steps[port] = step;
        return this;
    }

    /// @param count elements of a row
    void run(int rows, int count) {
        code.kernel((long) rows * count).run(frame, rows, count);
    }

    /// Puts programs together.
    static final class Builder {
        private final List<LaneInstruction> instructions = new ArrayList<>();
        private final List<LaneEnding> endings = new ArrayList<>();

        private int add(LaneInstruction instruction) {
            instructions.add(instruction);
            return instructions.size() - 1;
        }

        /// The elements of a row.
        int load(int port) {
            return add(new LaneInstruction.Load(LaneType.FLOAT, port));
        }

        /// One number for a row.
        int loadOne(int port) {
            return add(new LaneInstruction.LoadScalar(LaneType.FLOAT, port));
        }

        int constant(float number) {
            return add(new LaneInstruction.Constant(LaneType.FLOAT, Float.floatToRawIntBits(number)));
        }

        int binary(BinaryKind kind, int a, int b) {
            return add(new LaneInstruction.Binary(LaneType.FLOAT, kind, a, b));
        }

        int exp(int a) {
            return add(new LaneInstruction.Unary(LaneType.FLOAT, UnaryKind.EXP, a));
        }

        /// `a` where the port's number plus the element's is as compared with 0, else another number.
        int where(int port, Comparison comparison, int a, float otherwise) {
            int index = add(new LaneInstruction.Index(port, 1));
            int zero = add(new LaneInstruction.Constant(LaneType.INT, 0));
            int mask = add(new LaneInstruction.Compare(comparison, index, zero));
            return add(new LaneInstruction.Select(LaneType.FLOAT, mask, a, constant(otherwise)));
        }

        /// `a` where a number is positive, else another number.
        int wherePositive(int number, int a, float otherwise) {
            int mask = add(new LaneInstruction.Compare(Comparison.GT, number, constant(0)));
            return add(new LaneInstruction.Select(LaneType.FLOAT, mask, a, constant(otherwise)));
        }

        RowCode store(int port, int value) {
            endings.add(new LaneEnding.Store(port, value));
            return new RowCode(new LaneProgram(instructions, endings));
        }

        RowCode reduce(int port, Reducer reducer, int value) {
            endings.add(new LaneEnding.Reduce(port, reducer, value));
            return new RowCode(new LaneProgram(instructions, endings));
        }
    }
}
