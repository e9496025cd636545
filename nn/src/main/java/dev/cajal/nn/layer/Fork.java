package dev.cajal.nn.layer;

import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import java.util.ArrayList;
import java.util.List;

/// Several networks that all get the same input: a list of their outputs, such as those of several heads.
///
/// The branches are named by their positions, `0`, `1` and so on.
///
/// @param <I> the input of each branch
/// @param <O> the output of each branch
/// @param branches what the input goes to
public record Fork<I, O>(List<Network<I, O>> branches) implements Network<I, List<O>> {
    public Fork {
        branches = List.copyOf(branches);
    }

    /// The given branches.
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <I, O> Fork<I, O> of(Network<I, O>... branches) {
        return new Fork<>(List.of(branches));
    }

    /// The given branches.
    public static <I, O> Fork<I, O> of(List<? extends Network<I, O>> branches) {
        return new Fork<>(List.copyOf(branches));
    }

    @Override
    public List<O> apply(I input, Scope scope) {
        List<O> outputs = new ArrayList<>();
        for (Network<I, O> branch : branches) {
            outputs.add(scope.call(String.valueOf(outputs.size()), branch, input));
        }
        return outputs;
    }
}
