package dev.cajal.data.dataset;

import dev.cajal.nn.example.Examples;

/// A data set that comes in two parts.
///
/// @param name the data set's name
/// @param train to learn from
/// @param test to measure by, once at the end
public record Split<X, L>(String name, Examples<X, L> train, Examples<X, L> test) {}
