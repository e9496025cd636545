package dev.cajal.nn.layer;

import dev.cajal.nn.Network;
import dev.cajal.tensor.Tensor;
import java.util.List;

/// Several tensors put together as one.
public sealed interface Merge extends Network<List<Tensor>, Tensor> permits Concatenate, Sum, Product {}
