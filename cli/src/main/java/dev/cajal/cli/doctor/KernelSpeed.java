package dev.cajal.cli.doctor;

/// How fast a kernel is.
///
/// @param name which kernel, in the notation of shapes and functions
/// @param kind what it is compared with
/// @param perSecond operations or bytes per second
public record KernelSpeed(String name, Kind kind, double perSecond) {
    /// What limits a kernel at best.
    public enum Kind {
        /// A matrix product: operations, the peak of arithmetic.
        PRODUCT,
        /// A matrix product of bf16: operations, to be compared with the same product of f32.
        PRODUCT_OF_BF16,
        /// A fused loop: bytes read and written, the bandwidth of memory.
        LOOP
    }
}
