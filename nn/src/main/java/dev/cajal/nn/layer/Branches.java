package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.List;

/// Several layers that all get the same input, and whose outputs are put together as one tensor.
///
/// The branches are named by their positions, `0`, `1` and so on.
///
/// ```java
/// Branches.concatenated(Dense.of(32, RELU), Dense.of(32, TANH)) // [batch, 64]
/// ```
///
/// @param branches at least one
/// @param merge how the outputs are put together
public record Branches(List<Layer> branches, Merge merge) implements Layer {
    public Branches {
        branches = List.copyOf(branches);
        Inputs.requirePositive("The number of branches", branches.size());
    }

    /// Outputs side by side along the last dimension; see [Concatenate].
    public static Branches concatenated(Layer... branches) {
        return new Branches(List.of(branches), Concatenate.of());
    }

    /// Outputs added up; see [Sum].
    public static Branches summed(Layer... branches) {
        return new Branches(List.of(branches), Sum.of());
    }

    /// Outputs multiplied, element by element; see [Product].
    public static Branches multiplied(Layer... branches) {
        return new Branches(List.of(branches), Product.of());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return scope.call("merge", merge, Fork.of(branches).apply(x, scope));
    }
}
