package dev.cajal.stablehlo;

import dev.cajal.ir.Literal;
import dev.cajal.ir.Op;
import dev.cajal.stablehlo.Emitter.Region;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Writes a scan as a `while`: it carries a counter, the carries, the stacked results so far, and unchanged `xs` and the constants, since regions
/// are closed.
final class ScanEmitter {
    private static final TensorType COUNTER = TensorType.of(DType.I32);

    private final GraphEmitter graphs;
    private final Emitter out;
    private final Op.Scan scan;
    private final List<TensorType> types;

    ScanEmitter(GraphEmitter graphs, Emitter out, Op.Scan scan, List<TensorType> types) {
        this.graphs = graphs;
        this.out = out;
        this.scan = scan;
        this.types = types;
    }

    List<Ref> emit(List<Ref> operands) {
        if (scan.length() == 0) {
            // The body would take a slice where there is none, which does not even type-check.
            List<Ref> results = new ArrayList<>(operands.subList(0, scan.carries()));
            results.addAll(zeros());
            return results;
        }
        List<Ref> first = new ArrayList<>(List.of(out.number(DType.I32, 0)));
        first.addAll(operands.subList(0, scan.carries()));
        first.addAll(zeros());
        first.addAll(operands.subList(scan.carries(), operands.size()));
        List<TensorType> carried = first.stream().map(Ref::type).toList();
        List<Ref> last = out.emit(
                "while", first, List.of(), carried, new Region(carried, this::condition),
                new Region(carried, this::trip));
        return last.subList(1, 1 + types.size());
    }

    private List<Ref> zeros() {
        return types.subList(scan.carries(), types.size()).stream()
                .map(y -> out.constant(Literal.splat(y, 0.0)))
                .toList();
    }

    private List<Ref> condition(List<Ref> carried) {
        Ref length = out.number(DType.I32, scan.length());
        return List.of(out.emit(
                "compare",
                TensorType.of(DType.BOOL),
                List.of(Notation.comparison("LT", "SIGNED")),
                carried.getFirst(),
                length));
    }

    private List<Ref> trip(List<Ref> carried) {
        Ref trip = carried.getFirst();
        Ref at = scan.reverse() ? out.emit("subtract", COUNTER, out.number(DType.I32, scan.length() - 1), trip) : trip;
        Ref zero = out.number(DType.I32, 0);
        List<Ref> stacks = carried.subList(1 + scan.carries(), 1 + types.size());
        List<Ref> rest = carried.subList(1 + types.size(), carried.size());
        List<Ref> arguments = new ArrayList<>(carried.subList(1, 1 + scan.carries()));
        rest.subList(0, scan.xs()).forEach(xs -> arguments.add(slice(xs, at, zero)));
        arguments.addAll(rest.subList(scan.xs(), rest.size()));
        List<Ref> results = graphs.emit(scan.body(), arguments);
        List<Ref> next = new ArrayList<>();
        next.add(out.emit("add", COUNTER, trip, out.number(DType.I32, 1)));
        next.addAll(results.subList(0, scan.carries()));
        for (int i = 0; i < stacks.size(); i++) {
            next.add(store(stacks.get(i), results.get(scan.carries() + i), at, zero));
        }
        next.addAll(rest);
        return next;
    }

    private Ref slice(Ref xs, Ref at, Ref zero) {
        Shape row = xs.type().shape().withDim(0, 1);
        List<Ref> operands = new ArrayList<>(List.of(xs));
        operands.addAll(starts(xs, at, zero));
        Ref slice = out.emit(
                "dynamic_slice",
                operands,
                List.of(Notation.array("slice_sizes", row.dims())),
                List.of(xs.type().withShape(row))).getFirst();
        return out.reshape(slice, row.without(List.of(0)));
    }

    private Ref store(Ref stack, Ref y, Ref at, Ref zero) {
        Ref row = out.reshape(y, y.type().shape().insert(0, 1));
        List<Ref> operands = new ArrayList<>(List.of(stack, row));
        operands.addAll(starts(stack, at, zero));
        return out.emit("dynamic_update_slice", operands, List.of(), List.of(stack.type())).getFirst();
    }

    private static List<Ref> starts(Ref stack, Ref at, Ref zero) {
        List<Ref> starts = new ArrayList<>(List.of(at));
        starts.addAll(Collections.nCopies(stack.type().shape().rank() - 1, zero));
        return starts;
    }
}
