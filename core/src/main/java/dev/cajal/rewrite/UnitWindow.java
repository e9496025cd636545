package dev.cajal.rewrite;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Reducer;
import dev.cajal.ir.Value;
import dev.cajal.ir.Window;
import java.util.Collections;
import java.util.List;

/// A window of one element that moves by one, without padding and holes, shows each element itself. A floating-point sum stays, as for
/// [reductions][ReduceNothing].
final class UnitWindow implements Rule {
    @Override
    public List<Value> apply(Node node) {
        if (!(node.op() instanceof Op.ReduceWindow(Reducer reducer, Window window))) {
            return KEEP;
        }
        Value x = node.inputs().getFirst();
        Window unit = Window.of(Collections.nCopies(window.rank(), 1));
        boolean exact = !(reducer == Reducer.SUM && x.dtype().isFloating());
        // The dilation of a window of one element has no effect.
        return exact && window.withDilation(window.baseDilation(), unit.windowDilation()).equals(unit)
                ? List.of(x)
                : KEEP;
    }
}
