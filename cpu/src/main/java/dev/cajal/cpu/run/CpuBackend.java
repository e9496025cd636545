package dev.cajal.cpu.run;

import dev.cajal.backend.Backend;
import dev.cajal.backend.BackendReport;
import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.backend.MachineLimits;
import dev.cajal.cpu.Lanes;
import dev.cajal.cpu.loop.RowChain;
import dev.cajal.cpu.machine.Limits;
import dev.cajal.cpu.matmul.FloatMatmul;
import dev.cajal.cpu.matmul.Libraries;
import dev.cajal.cpu.plan.RowRule;
import dev.cajal.cpu.thread.WorkerPool;
import dev.cajal.ir.Graph;
import dev.cajal.memory.HostBuffer;
import dev.cajal.memory.MemoryPool;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The fast backend for CPUs, in pure Java.
public final class CpuBackend implements Backend {
    private final RowRule rows;

    /// For the service loader.
    public CpuBackend() {
        this(RowChain::allows);
    }

    /// @param rows which loops and reductions may go row by row together
    CpuBackend(RowRule rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public long memoryBudget() {
        return MemoryPool.shared().statistics().budget();
    }

    /// A checked graph runs on the reference backend, which looks at each result: what is wanted there is a name, not speed.
    @Override
    public Executable compile(Graph graph, CompileOptions options) {
        Lanes.check();
        return options.checked()
                ? new ReferenceBackend().compile(graph, options)
                : Compiler.compile(graph, options.donated(), rows);
    }

    @Override
    public void requireProducts(DType operands) {
        if (operands == DType.BF16) {
            Libraries.require();
        }
    }

    @Override
    public BackendReport report() {
        Lanes.check();
        return new BackendReport(
                WorkerPool.shared().threads(), new BackendReport.Vectors(Lanes.bits(), Lanes.obstacle()),
                FloatMatmul.form(), Libraries.report());
    }

    @Override
    public Optional<MachineLimits> measureLimits() {
        Lanes.check();
        return Optional.of(Limits.measure(WorkerPool.shared().threads()));
    }

    @Override
    public Buffer upload(TensorType type, MemorySegment elements) {
        return HostBuffer.copyOf(type, elements);
    }
}
