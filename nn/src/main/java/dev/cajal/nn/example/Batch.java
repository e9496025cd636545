package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;

/// Examples for one step: a tree.
///
/// @param inputs `[batch, ...]`
/// @param targets `[batch]` class numbers (i32), or `[batch, outputs]` numbers (f32)
/// @param weights `[batch]`; 0 for a row that only fills up the batch
public record Batch(Tensor inputs, Tensor targets, Tensor weights) {}
