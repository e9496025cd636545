package dev.cajal.data.generator;

/// A point in the plane.
///
/// @param x to the right
/// @param y upwards
public record Point(double x, double y) {}
