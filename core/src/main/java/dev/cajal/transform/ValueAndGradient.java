package dev.cajal.transform;

import dev.cajal.tensor.Tensor;

/// The value of a function and its gradient.
///
/// @param value a scalar
/// @param gradient of the same structure as the argument
public record ValueAndGradient<P>(Tensor value, P gradient) {}
