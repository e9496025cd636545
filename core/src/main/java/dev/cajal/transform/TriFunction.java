package dev.cajal.transform;

/// A function of three arguments.
///
/// @param <A> the first argument
/// @param <B> the second argument
/// @param <C> the third argument
/// @param <R> the result
@FunctionalInterface
public interface TriFunction<A, B, C, R> {
    /// Calls the function.
    R apply(A a, B b, C c);
}
