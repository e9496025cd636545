package dev.cajal.cpu.codegen;

import dev.cajal.cpu.reduce.ReductionOrder;
import dev.cajal.ir.BinaryKind;
import dev.cajal.ir.UnaryKind;

/// About how many machine instructions a program takes for a vector, without those that are the same for all elements.
public final class LaneWeight {
    private LaneWeight() {}

    /// More instructions than a function has: two of them in one kernel are one too many for the compiler (measured: 0.7 ns for an element with one,
    /// 2.2 ns with two, 4.5 ns with three).
    private static final int FUNCTION = 90;
    private static final int ROUNDING = 8;
    /// Whole numbers cost the compiler more than floats before they are one instruction each. A kernel with fourteen rounds of Threefry was one that it did not
    /// manage: an epoch of MNIST with dropout took 6 s, and takes 3 s with seven of them.
    private static final int BITS = 3;
    private static final int SHIFT = 6;

    /// @param bits of a vector
    static int of(LaneProgram program, int bits) {
        Uses uses = new Uses(program);
        int weight = program.endings().size();
        for (int i = 0; i < program.instructions().size(); i++) {
            if (uses.needed(i) && uses.variance(i) == Uses.Variance.ELEMENT) {
                weight += of(program.instructions().get(i));
            }
        }
        int parts = program.reduces() ? ReductionOrder.LANES * Integer.SIZE / bits : 1;
        return weight * parts;
    }

    /// The weight of one instruction.
    static int of(LaneInstruction instruction) {
        return switch (instruction) {
            case LaneInstruction.Unary unary -> of(unary.kind());
            case LaneInstruction.Binary binary -> of(binary.kind());
            case LaneInstruction.RoundToBf16 _ -> ROUNDING;
            case LaneInstruction.Constant _, LaneInstruction.LoadScalar _, LaneInstruction.LoadByte _ -> 0;
            case LaneInstruction.Load _, LaneInstruction.Read _, LaneInstruction.Index _, LaneInstruction.Compare _, LaneInstruction.Select _, LaneInstruction.Convert _, LaneInstruction.Bitcast _ ->
                1;
        };
    }

    /// The weight of a function of one operand.
    public static int of(UnaryKind kind) {
        return switch (kind) {
            case NEGATE, ABS, NOT, SQRT -> 1;
            case SIGN, IS_FINITE, RSQRT -> 3;
            case FLOOR, CEIL, ROUND -> ROUNDING;
            case EXP, EXPM1, LOG, LOG1P, CBRT, SIN, COS, TAN, TANH, LOGISTIC -> FUNCTION;
        };
    }

    /// The weight of a function of two operands.
    public static int of(BinaryKind kind) {
        return switch (kind) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> 1;
            case AND, OR, XOR -> BITS;
            case MAXIMUM, MINIMUM -> 3;
            case SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> SHIFT;
            case ATAN2 -> FUNCTION;
            case REMAINDER, POWER -> throw new AssertionError(kind);
        };
    }
}
