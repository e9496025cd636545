package dev.cajal.reference;

import dev.cajal.backend.RunException;
import dev.cajal.ir.GraphPrinter;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.reference.Elements.Floating;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/// Looks for the operation that made a result that is not finite; see [dev.cajal.backend.CompileOptions#checked].
///
/// NaN is reported where no operand holds one. Infinity is reported where no operand holds one and the operation computes: masks are
/// made of infinities on purpose, and the maximum of nothing is minus infinity. So a division by zero is reported even where a later
/// selection throws its result away.
final class FiniteCheck {
    private FiniteCheck() {}

    static void check(Node node, List<Elements> operands, List<Elements> results) {
        boolean checkedInside = node.op() instanceof Op.While || node.op() instanceof Op.Scan
                || node.op() instanceof Op.Composite;
        if (node.op() instanceof Op.Constant || checkedInside) {
            return;
        }
        report(node, operands, results, Double::isNaN);
        if (computes(node.op())) {
            report(node, operands, results, Double::isInfinite);
        }
    }

    /// Reports NaN among the arguments of a run, which no operation has made.
    static void checkArgument(Node parameter, Elements argument) {
        report(parameter, List.of(), List.of(argument), Double::isNaN);
    }

    private static void report(Node node, List<Elements> operands, List<Elements> results, DoublePredicate bad) {
        for (Elements result : results) {
            if (result instanceof Floating(_, double[] numbers)
                    && Arrays.stream(numbers).anyMatch(bad)
                    && operands.stream().noneMatch(operand -> holds(operand, bad))) {
                double first = Arrays.stream(numbers).filter(bad).findFirst().getAsDouble();
                throw RunException.notFinite(node.origin(), label(node.op()), first);
            }
        }
    }

    private static boolean holds(Elements elements, DoublePredicate bad) {
        return elements instanceof Floating(_, double[] numbers) && Arrays.stream(numbers).anyMatch(bad);
    }

    private static String label(Op op) {
        return op instanceof Op.Parameter(_, String name) ? "the input " + name : GraphPrinter.label(op);
    }

    private static boolean computes(Op op) {
        return switch (op) {
            case Op.Unary _, Op.Binary _, Op.Convert _, Op.DotGeneral _, Op.Convolution _, Op.Scatter _ -> true;
            case Op.SelectAndScatter _ -> true;
            case Op.Reduce reduce -> computes(reduce.reducer());
            case Op.ReduceWindow reduce -> computes(reduce.reducer());
            case Op.Parameter _, Op.Constant _, Op.Iota _, Op.Compare _, Op.Select _, Op.BitcastConvert _ -> false;
            case Op.Reshape _, Op.Transpose _, Op.BroadcastInDim _, Op.Slice _, Op.Pad _, Op.Concatenate _ -> false;
            case Op.Reverse _, Op.Gather _, Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.Sort _ -> false;
            case Op.While _, Op.Scan _, Op.OptimizationBarrier _, Op.StopGradient _, Op.Composite _ -> false;
        };
    }

    private static boolean computes(Reducer reducer) {
        return switch (reducer) {
            case SUM, PRODUCT -> true;
            case MAX, MIN, AND, OR -> false;
        };
    }
}
