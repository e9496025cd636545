package dev.cajal.backend;

import dev.cajal.ir.Graph;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// What runs graphs. Found as a service; see [Backends].
///
/// Nothing above this interface knows how elements are stored or computed. Implementations are safe for use by many threads.
public interface Backend {
    /// The name that a user picks it by: `cpu`, `reference`.
    String name();

    /// Of several backends the one with the largest number is the default. The reference backend has 0.
    int priority();

    /// Turns a graph into something that runs many times. Takes long compared with a run; callers keep the result.
    Executable compile(Graph graph, CompileOptions options);

    /// Copies elements in, stored densely in row-major order, native byte order.
    ///
    /// @param elements at least `type.byteSize()` bytes
    Buffer upload(TensorType type, MemorySegment elements);

    /// How many bytes buffers may take altogether.
    long memoryBudget();

    /// Makes sure that products of operands of a type are computed by the processor's own instructions, so that asking for them makes
    /// sense. A backend computes products of every type either way.
    ///
    /// @throws dev.cajal.type.CajalException that says what is missing
    default void requireProducts(DType operands) {}

    /// What this backend computes with. Quick, but for a library that is loaded for it.
    default BackendReport report() {
        return BackendReport.PLAIN;
    }

    /// Measures what the machine can do at most, with all threads of this backend. Takes one to two seconds, in which they are busy; callers keep
    /// the result. Empty if the backend does not know how.
    default Optional<MachineLimits> measureLimits() {
        return Optional.empty();
    }
}
