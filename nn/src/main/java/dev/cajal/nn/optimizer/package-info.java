/// How parameters follow their gradients: optimizers, what is done to gradients before, and learning rates over time.
///
/// Everything here is a pure function of trees of tensors, so that an update is part of the graph of a training step and fuses with it.
package dev.cajal.nn.optimizer;
