package dev.cajal.reference;

import dev.cajal.ir.Op;
import dev.cajal.reference.Elements.Whole;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Operations that run a graph many times.
final class Loops {
    private Loops() {}

    static List<Elements> repeat(Program condition, Program body, List<Elements> first, boolean checked) {
        List<Elements> carried = first;
        while (((Whole) condition.run(carried, checked).getFirst()).numbers()[0] != 0) {
            carried = body.run(carried, checked);
        }
        return carried;
    }

    static List<Elements> scan(
            Op.Scan op, Program body, List<Elements> operands, List<TensorType> types, boolean checked) {
        List<Elements> carries = operands.subList(0, op.carries());
        List<Elements> xs = operands.subList(op.carries(), op.carries() + op.xs());
        List<Elements> constants = operands.subList(op.carries() + op.xs(), operands.size());
        List<Elements> ys = types.stream().skip(op.carries()).map(Elements::zeros).toList();
        for (int trip = 0; trip < op.length(); trip++) {
            int at = op.reverse() ? op.length() - 1 - trip : trip;
            List<Elements> arguments = new ArrayList<>(carries);
            xs.forEach(x -> arguments.add(slice(x, at)));
            arguments.addAll(constants);
            List<Elements> results = body.run(arguments, checked);
            carries = results.subList(0, op.carries());
            for (int i = 0; i < ys.size(); i++) {
                Elements y = results.get(op.carries() + i);
                Movement.store(y, ys.get(i), line(y.type().shape(), at));
            }
        }
        List<Elements> all = new ArrayList<>(carries);
        all.addAll(ys);
        return all;
    }

    private static Elements slice(Elements x, int at) {
        TensorType type = x.type().withShape(x.type().shape().without(List.of(0)));
        return x.pick(type, line(type.shape(), at));
    }

    /// Positions of a slice of the first dimension.
    private static int[] line(Shape slice, int at) {
        return Positions.of(slice, slice.strides(), at * slice.size());
    }
}
