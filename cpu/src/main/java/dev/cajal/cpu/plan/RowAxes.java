package dev.cajal.cpu.plan;

import dev.cajal.ir.Op;
import dev.cajal.type.Shape;
import java.util.OptionalInt;

/// How a shape is cut into rows: the leading axes count them, the others are the row.
public final class RowAxes {
    private RowAxes() {}

    /// How many leading axes have so many points; empty if no number of them, at least one, has.
    public static OptionalInt leading(Shape shape, long rows) {
        long points = 1;
        for (int axes = 1; axes <= shape.rank(); axes++) {
            points *= shape.dim(axes - 1);
            if (points == rows) {
                return OptionalInt.of(axes);
            }
        }
        return OptionalInt.empty();
    }

    /// Whether a reduction makes one element of each of so many rows.
    static boolean reducesRows(Op.Reduce reduce, Shape operand, long rows) {
        OptionalInt leading = leading(operand, rows);
        if (leading.isEmpty() || operand.size() == rows) {
            return false;
        }
        for (int axis = 0; axis < operand.rank(); axis++) {
            boolean inRow = axis >= leading.getAsInt();
            if (operand.dim(axis) != 1 && reduce.dimensions().contains(axis) != inRow) {
                return false;
            }
        }
        return true;
    }
}
