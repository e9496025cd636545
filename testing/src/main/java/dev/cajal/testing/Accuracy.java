package dev.cajal.testing;

/// How close a backend's result has to be to the reference's.
public sealed interface Accuracy {
    /// The same bits; any NaN equals any NaN.
    Accuracy EXACT = new Ulps(0);

    /// At most so many units in the last place of the element type between the two.
    ///
    /// @param count 0 for operations that move or compare elements, and those that IEEE 754 wants rounded correctly
    record Ulps(int count) implements Accuracy {}

    /// A sum of products of elements: the error may be so many units of rounding of the sum of the terms' absolute values.
    ///
    /// @param terms how many numbers are added up for one element of the result
    record Sum(long terms) implements Accuracy {}

    /// The difference may be so large, whatever the numbers.
    ///
    /// @param difference the largest one that is allowed
    record Absolute(double difference) implements Accuracy {}
}
