package dev.cajal.nn;

/// A layer that changes each number, or each row, on its own: what stands between two linear layers so that they do not collapse into one.
public interface Activation extends Layer {}
