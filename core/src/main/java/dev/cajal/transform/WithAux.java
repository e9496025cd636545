package dev.cajal.transform;

import dev.cajal.tensor.Tensor;

/// What a function under [Transform#valueAndGradWithAux] returns: the number to differentiate, and whatever else it wants to hand out.
///
/// @param value a scalar
/// @param aux any tree
public record WithAux<A>(Tensor value, A aux) {}
