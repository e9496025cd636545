package dev.cajal.testing;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Ops;
import dev.cajal.ir.Value;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Writes graphs as functions of their parameters.
public final class Graphs {
    private Graphs() {}

    /// A graph with parameters of the given types.
    ///
    /// @param body from the parameters to the results
    public static Graph of(List<TensorType> parameters, Function<List<Value>, List<Value>> body) {
        List<Value> values = new ArrayList<>();
        for (TensorType type : parameters) {
            values.add(Ops.parameter(type, "p" + values.size()));
        }
        return Graph.of(values, body.apply(List.copyOf(values)));
    }
}
