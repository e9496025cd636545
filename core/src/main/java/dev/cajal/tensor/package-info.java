/// [Tensors][dev.cajal.tensor.Tensor], what can be done with them, and random numbers.
package dev.cajal.tensor;
