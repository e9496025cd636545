package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.List;

/// Several networks side by side, each with an input and an output of its own.
///
/// The branches are named by their positions, `0`, `1` and so on. Followed by a merge it is a network of several
/// inputs; one whose inputs have names is a record of your own that implements [Network].
///
/// ```java
/// var network = Parallel.of(Dense.of(32, RELU), Embedding.of(1000, 32)).then(Sum.of()).then(Dense.of(10));
/// ```
///
/// @param <I> the input of each branch
/// @param <O> the output of each branch
/// @param branches one for each input
public record Parallel<I, O>(List<Network<I, O>> branches) implements Network<List<I>, List<O>> {
    public Parallel {
        branches = List.copyOf(branches);
    }

    /// The given branches.
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <I, O> Parallel<I, O> of(Network<I, O>... branches) {
        return new Parallel<>(List.of(branches));
    }

    @Override
    public List<O> apply(List<I> inputs, Scope scope) {
        if (inputs.size() != branches.size()) {
            throw new ShapeException(
                    "shape.parallel", "%sParallel has %s branches and takes as many inputs, but got %s.",
                    Origin.current().prefix(), branches.size(), inputs.size());
        }
        List<O> outputs = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            outputs.add(scope.call(String.valueOf(i), branches.get(i), inputs.get(i)));
        }
        return outputs;
    }
}
