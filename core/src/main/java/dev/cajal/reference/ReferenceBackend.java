package dev.cajal.reference;

import dev.cajal.backend.Backend;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.ir.Graph;
import dev.cajal.memory.HostBuffer;
import dev.cajal.memory.MemoryPool;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;

/// The backend that defines what is right: each operation by itself, with plain loops, in double precision or 64 bits.
///
/// - A floating-point result is computed in double precision and rounded to its element type, to nearest even. That is exact for
///   `+ - * /` and square roots; the other functions are within an ulp of the element type.
/// - Whatever combines many elements (products, convolutions, reductions, scatters) keeps the sum in double precision, in row-major
///   order, and rounds it once. A backend that sums in f32 differs by a bound that grows with the number of terms.
/// - Integers are computed in 64 bits and wrapped.
///
/// It takes some hundred times as long as the CPU backend, and is used to test it, and where nothing else is there.
public final class ReferenceBackend implements Backend {
    /// For the service loader.
    public ReferenceBackend() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public long memoryBudget() {
        return MemoryPool.shared().statistics().budget();
    }

    @Override
    public Executable compile(Graph graph, CompileOptions options) {
        return new ReferenceExecutable(graph, options);
    }

    @Override
    public Buffer upload(TensorType type, MemorySegment elements) {
        return HostBuffer.copyOf(type, elements);
    }
}
