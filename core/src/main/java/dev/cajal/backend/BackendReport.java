package dev.cajal.backend;

import dev.cajal.type.Phrase;
import java.util.Optional;

/// What a backend computes with, for whoever asks why something is slow.
///
/// @param threads that compute at once
/// @param vectors of its kernels
/// @param products the form of the matrix product that works at this moment
/// @param bf16 what multiplies matrices of bf16
public record BackendReport(int threads, Vectors vectors, Form products, Bf16 bf16) {
    /// The vectors of kernels.
    ///
    /// @param bits of a vector; 0 where kernels are scalar
    /// @param obstacle why there are none, or narrower ones than the processor has; empty if nothing is in the way
    public record Vectors(int bits, Optional<Phrase> obstacle) {}

    /// Which form of a kernel works. All of them give the same bits.
    public enum Form {
        /// There is a scalar form only.
        SCALAR,
        /// The scalar form works until the vector form has been made.
        WARMING,
        /// The vector form works.
        VECTOR,
        /// The vector form failed, or was slower than the scalar form, which works.
        SLOW
    }

    /// The library that multiplies matrices of bf16 by the processor's own instructions. Without one such products are computed in f32.
    ///
    /// @param library its name and version, if one can be used
    /// @param obstacle what is missing, if none can
    public record Bf16(Optional<String> library, Optional<Phrase> obstacle) {}

    /// A backend of one thread without vectors and libraries.
    static final BackendReport PLAIN = new BackendReport(1, new Vectors(0, Optional.empty()), Form.SCALAR,
            new Bf16(Optional.empty(), Optional.empty()));
}
