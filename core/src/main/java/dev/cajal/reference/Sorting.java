package dev.cajal.reference;

import dev.cajal.ir.Op;
import dev.cajal.type.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Sorting by the first of several operands.
final class Sorting {
    private Sorting() {}

    static List<Elements> sort(Op.Sort op, List<Elements> operands) {
        Elements keys = operands.getFirst();
        Shape shape = keys.type().shape();
        Comparator<Integer> ascending = Comparator.comparingLong(position -> Elementwise.key(keys, position));
        Comparator<Integer> order = op.descending() ? ascending.reversed() : ascending;
        int[] lines = Positions.along(shape, Positions.others(shape, List.of(op.dimension())));
        int[] steps = Positions.along(shape, List.of(op.dimension()));
        int[] sources = new int[keys.size()];
        for (int line : lines) {
            Integer[] positions = IntStream.of(steps).mapToObj(step -> line + step).toArray(Integer[]::new);
            // Stable, as Arrays.sort is for objects.
            Arrays.sort(positions, order);
            for (int i = 0; i < steps.length; i++) {
                sources[line + steps[i]] = positions[i];
            }
        }
        return operands.stream().map(x -> x.pick(x.type(), sources)).toList();
    }
}
