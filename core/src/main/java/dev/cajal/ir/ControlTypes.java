package dev.cajal.ir;

import dev.cajal.ir.TypeRules.Operands;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Type rules of sorting, loops and composites.
final class ControlTypes {
    private ControlTypes() {}

    static List<TensorType> sort(Op.Sort sort, Operands in) {
        in.require(in.count() > 0, "operands", "needs at least one operand");
        Shape shape = in.get(0).shape();
        in.requireAxes("dimension", List.of(sort.dimension()), shape.rank());
        in.require(
                in.types().stream().allMatch(type -> type.shape().equals(shape)),
                "mismatch",
                "needs operands of one shape, but got %s",
                in.types());
        return in.types();
    }

    static List<TensorType> loop(Op.While loop, Operands in) {
        List<TensorType> carried = in.types();
        requireRegion("condition", loop.condition(), carried, List.of(TensorType.of(DType.BOOL)), in);
        requireRegion("body", loop.body(), carried, carried, in);
        return carried;
    }

    static List<TensorType> scan(Op.Scan scan, Operands in) {
        int fixed = scan.carries() + scan.xs();
        in.require(
                scan.carries() >= 0 && scan.xs() >= 0 && scan.length() >= 0 && fixed <= in.count(),
                "scan",
                "has %s carries and %s xs, but only %s operands",
                scan.carries(),
                scan.xs(),
                in.count());
        List<TensorType> carries = in.types().subList(0, scan.carries());
        List<TensorType> taken = new ArrayList<>(carries);
        for (TensorType x : in.types().subList(scan.carries(), fixed)) {
            in.require(
                    x.shape().rank() >= 1 && x.shape().dim(0) == scan.length(),
                    "scan",
                    "over %s steps needs xs with a leading dimension of %s, but got %s",
                    scan.length(),
                    scan.length(),
                    x);
            taken.add(x.withShape(x.shape().without(List.of(0))));
        }
        taken.addAll(in.types().subList(fixed, in.count()));
        List<TensorType> results = types(scan.body().results());
        in.require(
                types(scan.body().parameters()).equals(taken),
                "scan",
                "gives its body %s, but the body takes %s",
                taken,
                types(scan.body().parameters()));
        in.require(
                results.size() >= scan.carries() && results.subList(0, scan.carries()).equals(carries),
                "scan",
                "carries %s, but its body gives back %s; what is carried keeps its type",
                carries,
                results.subList(0, Math.min(scan.carries(), results.size())));
        List<TensorType> all = new ArrayList<>(carries);
        for (TensorType y : results.subList(scan.carries(), results.size())) {
            all.add(y.withShape(y.shape().insert(0, scan.length())));
        }
        return all;
    }

    static List<TensorType> composite(Op.Composite composite, Operands in) {
        Graph decomposition = composite.decomposition();
        requireRegion("decomposition", decomposition, in.types(), types(decomposition.results()), in);
        composite.gradient().ifPresent(gradient -> {
            List<TensorType> taken = new ArrayList<>(in.types());
            taken.addAll(types(decomposition.results()));
            taken.addAll(types(decomposition.results()));
            requireRegion("gradient", gradient, taken, in.types(), in);
        });
        return types(decomposition.results());
    }

    private static void requireRegion(
            String name, Graph region, List<TensorType> taken, List<TensorType> given, Operands in) {
        in.require(
                types(region.parameters()).equals(taken) && types(region.results()).equals(given),
                "region",
                "needs a %s from %s to %s, but got one from %s to %s",
                name,
                taken,
                given,
                types(region.parameters()),
                types(region.results()));
    }

    private static List<TensorType> types(List<Value> values) {
        return values.stream().map(Value::type).toList();
    }
}
