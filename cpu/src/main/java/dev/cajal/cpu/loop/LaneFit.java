package dev.cajal.cpu.loop;

import dev.cajal.cpu.codegen.LaneType;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.Op;
import dev.cajal.type.DType;
import java.util.List;
import java.util.Optional;

/// Which instructions can be part of a lane program, where every value is 32 bits wide.
final class LaneFit {
    private LaneFit() {}

    /// The lanes that hold elements of a type in registers; empty for those of 64 bits.
    static Optional<LaneType> lanes(DType dtype) {
        return switch (dtype) {
            case F32, BF16 -> Optional.of(LaneType.FLOAT);
            case I32, U8 -> Optional.of(LaneType.INT);
            case BOOL -> Optional.of(LaneType.MASK);
            case F64, I64 -> Optional.empty();
        };
    }

    /// Whether elements of a type are 32 bits wide in memory too.
    static boolean inMemory(DType dtype) {
        return dtype == DType.F32 || dtype == DType.I32;
    }

    /// Whether lanes can be written to memory as elements of a type.
    static boolean storable(DType dtype) {
        return inMemory(dtype) || dtype == DType.BF16;
    }

    /// Whether an instruction can be part of a lane program.
    ///
    /// @param dims trips of the loops
    static boolean fits(Instruction instruction, List<Integer> dims) {
        return switch (instruction) {
            case Instruction.Load load -> switch (load.dtype()) {
                case F32, I32 -> innermost(load.strides()) == 0 || innermost(load.strides()) == 1;
                case U8, BOOL -> innermost(load.strides()) == 0;
                case F64, BF16, I64 -> false;
            };
            case Instruction.Fill fill -> lanes(fill.dtype()).isPresent();
            case Instruction.Index index -> inMemory(index.dtype()) && isInt(index, dims);
            case Instruction.Apply apply -> fits(apply);
        };
    }

    /// Elements from one to the next of a row.
    static long innermost(List<Long> strides) {
        return strides.isEmpty() ? 0 : strides.getLast();
    }

    private static boolean isInt(Instruction.Index index, List<Integer> dims) {
        long smallest = index.offset();
        long largest = index.offset();
        for (int i = 0; i < dims.size(); i++) {
            long span = index.strides().get(i) * dims.get(i);
            smallest += Math.min(0, span);
            largest += Math.max(0, span);
        }
        return smallest >= Integer.MIN_VALUE && largest <= Integer.MAX_VALUE;
    }

    private static boolean fits(Instruction.Apply apply) {
        DType operand = apply.operand();
        if (lanes(operand).isEmpty() || lanes(apply.dtype()).isEmpty()) {
            return false;
        }
        return switch (apply.op()) {
            case Op.Unary _ -> operand != DType.U8;
            case Op.Binary binary -> operand != DType.U8 && fits(binary.kind(), operand);
            case Op.Compare _, Op.Select _ -> true;
            case Op.Convert convert -> convert.to() != DType.U8
                    && !(operand == DType.I32 && convert.to() == DType.BF16);
            case Op.BitcastConvert _ -> inMemory(operand) && inMemory(apply.dtype());
            default -> false;
        };
    }

    private static boolean fits(BinaryKind kind, DType dtype) {
        boolean numbers = dtype != DType.BOOL;
        boolean floats = dtype.isFloating();
        return switch (kind) {
            case ADD, SUBTRACT, MULTIPLY -> numbers;
            case MAXIMUM, MINIMUM -> true;
            case DIVIDE, ATAN2 -> floats;
            case AND, OR, XOR -> !floats;
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> numbers && !floats;
            // One lane after the other at best, and then a plain loop does better.
            case REMAINDER, POWER -> false;
        };
    }
}
