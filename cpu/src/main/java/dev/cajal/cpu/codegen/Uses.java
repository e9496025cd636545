package dev.cajal.cpu.codegen;

import dev.cajal.ir.BinaryKind;
import java.util.List;
import java.util.Optional;

/// Which instructions of a program a kernel must compute, and how often.
final class Uses {
    /// How often an instruction's result changes.
    enum Variance {
        /// Never: computed once for all rows.
        CONSTANT,
        /// From row to row.
        ROW,
        /// From element to element.
        ELEMENT
    }

    private final LaneProgram program;
    private final boolean[] needed;
    private final Variance[] variance;

    Uses(LaneProgram program) {
        this.program = program;
        int count = program.instructions().size();
        this.needed = new boolean[count];
        this.variance = new Variance[count];
        for (LaneEnding ending : program.endings()) {
            needed[ending.value()] = true;
        }
        for (int i = count - 1; i >= 0; i--) {
            if (needed[i]) {
                operands(i).forEach(operand -> needed[operand] = true);
            }
        }
        for (int i = 0; i < count; i++) {
            variance[i] = variance(i);
        }
    }

    /// A rotation, which programs write as two shifts and an or.
    record Rotation(int operand, int distance) {}

    boolean needed(int value) {
        return needed[value];
    }

    Variance variance(int value) {
        Variance known = variance[value];
        return known != null ? known : switch (program.instructions().get(value)) {
            case LaneInstruction.Load _, LaneInstruction.Read _, LaneInstruction.Index _ -> Variance.ELEMENT;
            case LaneInstruction.LoadScalar _, LaneInstruction.LoadByte _ -> Variance.ROW;
            case LaneInstruction.Constant _ -> Variance.CONSTANT;
            default -> operands(value).stream().map(operand -> variance[operand]).reduce(
                    Variance.CONSTANT,
                    (a, b) -> a.compareTo(b) > 0 ? a : b);
        };
    }

    private List<Integer> operands(int value) {
        Optional<Rotation> rotation = rotation(value);
        return rotation.isPresent()
                ? List.of(rotation.get().operand())
                : program.instructions().get(value).operands();
    }

    /// The rotation that an instruction is the end of.
    Optional<Rotation> rotation(int value) {
        if (program.instructions().get(value) instanceof LaneInstruction.Binary or && or.type() == LaneType.INT
                && or.kind() == BinaryKind.OR
                && program.instructions().get(or.a()) instanceof LaneInstruction.Binary left
                && program.instructions().get(or.b()) instanceof LaneInstruction.Binary right
                && left.kind() == BinaryKind.SHIFT_LEFT && right.kind() == BinaryKind.SHIFT_RIGHT_LOGICAL
                && left.a() == right.a()
                && program.instructions().get(left.b()) instanceof LaneInstruction.Constant(_, int distance)
                && program.instructions().get(right.b()) instanceof LaneInstruction.Constant(_, int rest)
                && distance > 0 && rest > 0 && distance + rest == Integer.SIZE) {
            return Optional.of(new Rotation(left.a(), distance));
        }
        return Optional.empty();
    }
}
