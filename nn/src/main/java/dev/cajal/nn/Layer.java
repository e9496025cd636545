package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/// A network with one tensor in and one out; the first dimension is the batch.
public interface Layer extends Network<Tensor, Tensor> {}
