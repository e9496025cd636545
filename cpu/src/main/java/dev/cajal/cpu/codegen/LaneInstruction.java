package dev.cajal.cpu.codegen;

import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Comparison;
import dev.cajal.ir.UnaryKind;
import java.util.List;

/// One instruction of a [LaneProgram]. Operands are the positions of earlier instructions.
public sealed interface LaneInstruction {
    /// What the result's lanes hold.
    LaneType type();

    /// The positions of the operands.
    default List<Integer> operands() {
        return switch (this) {
            case Load _, LoadScalar _, LoadByte _, Read _, Constant _, Index _ -> List.of();
            case Unary(_, _, int a) -> List.of(a);
            case Binary(_, _, int a, int b) -> List.of(a, b);
            case Compare(_, int a, int b) -> List.of(a, b);
            case Select(_, int condition, int a, int b) -> List.of(condition, a, b);
            case Convert(_, int a) -> List.of(a);
            case Bitcast(_, int a) -> List.of(a);
            case RoundToBf16(int a) -> List.of(a);
        };
    }

    /// Reads consecutive elements of memory.
    ///
    /// @param type [LaneType#FLOAT] or [LaneType#INT]
    /// @param port of the memory
    record Load(LaneType type, int port) implements LaneInstruction {}

    /// Reads one element of memory, the same for all elements of a row.
    ///
    /// @param type [LaneType#FLOAT] or [LaneType#INT]
    /// @param port of the memory
    record LoadScalar(LaneType type, int port) implements LaneInstruction {}

    /// Reads one byte of memory, the same for all elements of a row: a truth value, or a number from 0 to 255.
    ///
    /// @param type [LaneType#MASK] or [LaneType#INT]
    /// @param port of the memory
    record LoadByte(LaneType type, int port) implements LaneInstruction {}

    /// Reads consecutive elements of a register, an array of Java's. Truth values are ints, 0 or 1.
    ///
    /// @param register the number of the array in the frame
    record Read(LaneType type, int register) implements LaneInstruction {}

    /// The same number in all lanes.
    ///
    /// @param type [LaneType#FLOAT] or [LaneType#INT]
    /// @param bits of the number
    record Constant(LaneType type, int bits) implements LaneInstruction {}

    /// Counts along a row: the port's offset + the port's step * row + `stride` * element.
    ///
    /// @param port whose offset and step are numbers, not places in memory
    record Index(int port, int stride) implements LaneInstruction {
        @Override
        public LaneType type() {
            return LaneType.INT;
        }
    }

    /// An element-wise function of one operand.
    record Unary(LaneType type, UnaryKind kind, int a) implements LaneInstruction {}

    /// An element-wise function of two operands of the result's type.
    record Binary(LaneType type, BinaryKind kind, int a, int b) implements LaneInstruction {}

    /// Compares two operands of one type, numbers in their usual order.
    record Compare(Comparison comparison, int a, int b) implements LaneInstruction {
        @Override
        public LaneType type() {
            return LaneType.MASK;
        }
    }

    /// `condition ? a : b`.
    ///
    /// @param condition a mask
    record Select(LaneType type, int condition, int a, int b) implements LaneInstruction {}

    /// The operand as another type: rounded to nearest, truncated and saturated, `!= 0`, or 0 and 1.
    record Convert(LaneType type, int a) implements LaneInstruction {}

    /// The bits of the operand as those of another type; neither is a mask.
    record Bitcast(LaneType type, int a) implements LaneInstruction {}

    /// A float rounded to the nearest one of bfloat16, ties to even.
    record RoundToBf16(int a) implements LaneInstruction {
        @Override
        public LaneType type() {
            return LaneType.FLOAT;
        }
    }
}
