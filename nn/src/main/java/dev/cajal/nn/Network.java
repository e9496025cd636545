package dev.cajal.nn;

import dev.cajal.tensor.RandomKey;
import java.util.List;

/// A function with parameters, described but not holding them: from a tree of tensors to a tree of tensors.
///
/// Implement [#apply(Object, Scope)] in a record; its components are the configuration. Everything else follows: where
/// parameters are asked for, they are made, found, named and saved.
///
/// ```java
/// record Scale(int units) implements Layer {
///     public Tensor apply(Tensor x, Scope scope) {
///         return x.times(scope.parameter("scale", Shape.of(units), Initializers.ones()));
///     }
/// }
/// ```
///
/// @param <I> the input, a tree
/// @param <O> the output, a tree
public interface Network<I, O> {
    /// Layers one after the other, named by their positions; see [Sequential].
    static Sequential sequential(Layer... layers) {
        return Sequential.of(layers);
    }

    /// The output for an input. Called by Cajal, on placeholders or on tensors, for one whole batch.
    O apply(I input, Scope scope);

    /// Makes the parameters and statistics.
    ///
    /// @param key the same key makes the same parameters
    /// @param example an input; only its shapes matter
    default Variables init(RandomKey key, I example) {
        return Scope.init(this, key, example);
    }

    /// The output for an input, given the variables.
    ///
    /// @return the output, and the statistics after it (changed in training only)
    default Applied<O> apply(Variables variables, I input, Mode mode) {
        return Scope.apply(this, variables, input, mode);
    }

    /// This network and then another one, which gets this one's output.
    default <P> Network<I, P> then(Network<? super O, P> next) {
        return new Chain<I, O>(List.of(this)).then(next);
    }
}
