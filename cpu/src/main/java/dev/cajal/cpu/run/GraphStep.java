package dev.cajal.cpu.run;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.CompileOptions;
import dev.cajal.backend.Executable;
import dev.cajal.cpu.plan.RegionGraph;
import dev.cajal.ir.Value;
import dev.cajal.memory.HostBuffer;
import dev.cajal.reference.ReferenceBackend;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The plain path: an operation for which there is no kernel yet runs as the reference backend defines it. One thread, one order: its bits
/// depend on nothing.
final class GraphStep implements Step {
    private final Executable executable;
    private final List<TensorType> types;
    private final int[] reads;
    private final int[] writes;

    GraphStep(RegionGraph region, int[] reads, int[] writes) {
        this.executable = new ReferenceBackend().compile(region.graph(), CompileOptions.DEFAULT);
        this.types = region.reads().stream().map(Value::type).toList();
        this.reads = reads.clone();
        this.writes = writes.clone();
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public Runnable bind(Memory memory) {
        return () -> run(memory);
    }

    private void run(Memory memory) {
        List<Buffer> arguments = new ArrayList<>();
        for (int i = 0; i < reads.length; i++) {
            arguments.add(HostBuffer.copyOf(types.get(i), memory.segment(reads[i])));
        }
        List<Buffer> results = executable.run(arguments);
        for (int i = 0; i < writes.length; i++) {
            MemorySegment target = memory.segment(writes[i]);
            results.get(i).read(target);
        }
    }
}
