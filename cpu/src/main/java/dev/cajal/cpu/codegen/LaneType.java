package dev.cajal.cpu.codegen;

/// What the lanes of a value hold.
public enum LaneType {
    /// 32-bit floating-point numbers.
    FLOAT,
    /// 32-bit integers.
    INT,
    /// Truth values, one bit of a mask each.
    MASK
}
