package dev.cajal.stablehlo;

import dev.cajal.type.TensorType;

/// A value in the text.
///
/// @param name as operations refer to it: `%3` or `%3#1`
record Ref(String name, TensorType type) {}
