package dev.cajal.backend;

/// What a machine can do at most, as measured on it: what the speed of a kernel is to be compared with.
///
/// A product of matrices can at best reach the peak of arithmetic, a loop over large tensors the bandwidth of memory. Both are measured with the vectors
/// that kernels use, so a machine where kernels are scalar has the limits of scalar code. On a machine that does other things too a limit may come
/// out low, never high.
///
/// @param threads that compute at once
/// @param flopsPerSecond operations in f32 per second of all threads together, from and to registers; a multiply-add counts as two
/// @param flopsPerSecondOfOneThread the same of one thread alone
/// @param bytesPerSecond bytes read and written per second by all threads together, in arrays of at least 64 MB, which is more than most caches
///     hold
public record MachineLimits(int threads, double flopsPerSecond, double flopsPerSecondOfOneThread,
        double bytesPerSecond) {}
