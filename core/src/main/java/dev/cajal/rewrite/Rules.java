package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import java.util.List;

/// All rules, in the order in which they are tried.
final class Rules {
    static final List<Rule> ALL = List.of(
            new DropStopGradient(),
            new FillForm(),
            new FoldElementwise(),
            new MoveConstant(),
            new NeutralOperand(),
            new AbsorbingOperand(),
            new SameOperands(),
            new DivideByPowerOfTwo(),
            new RepeatedUnary(),
            new KnownSelect(),
            new ConvertOfConvert(),
            new BitcastOfBitcast(),
            new ReshapeOfReshape(),
            new TransposeOfTranspose(),
            new DotOfTranspose(),
            new BroadcastOfBroadcast(),
            new BroadcastLast(),
            new SliceOfSlice(),
            new PadNothing(),
            new ReverseOfReverse(),
            new ConcatenateParts(),
            new ReduceNothing(),
            new UnitWindow(),
            new KnownStart(),
            new SortNothing(),
            new ShortScan());

    private Rules() {}

    /// What the first rule that applies puts in place of a node's results; nothing if none applies.
    static List<Value> first(Node node) {
        for (Rule rule : ALL) {
            List<Value> replacement = rule.apply(node);
            if (!replacement.isEmpty()) {
                return replacement;
            }
        }
        return Rule.KEEP;
    }
}
