package dev.cajal.transform;

import dev.cajal.tensor.Tensor;

/// The value of a function, what it handed out besides, and its gradient.
///
/// @param value a scalar
/// @param aux what the function returned beside the value
/// @param gradient of the same structure as the argument
public record ValueAuxAndGradient<A, P>(Tensor value, A aux, P gradient) {}
