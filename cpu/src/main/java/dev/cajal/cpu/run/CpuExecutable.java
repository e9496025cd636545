package dev.cajal.cpu.run;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.Executable;
import dev.cajal.backend.PlanSummary;
import dev.cajal.cpu.plan.MemoryPlan.Place;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// A plan that can be run: steps over arguments, results and an arena.
///
/// Each run leases an arena for itself, so several threads may run at once; results never lie in an arena.
final class CpuExecutable implements Executable {
    private final List<Step> steps;
    private final List<Slot> slots;
    private final List<Place> resultPlaces;
    private final List<TensorType> resultTypes;
    private final TensorType arenaType;
    private final PlanSummary summary;
    private final Queue<HostBuffer> arenas = new ConcurrentLinkedQueue<>();

    /// A value of the plan that lies in memory.
    ///
    /// @param place where
    /// @param bytes how long it is
    record Slot(Place place, long bytes) {}

    CpuExecutable(
            List<Step> steps,
            List<Slot> slots,
            List<Place> resultPlaces,
            List<TensorType> resultTypes,
            long arenaBytes,
            PlanSummary summary) {
        this.steps = List.copyOf(steps);
        this.slots = List.copyOf(slots);
        this.resultPlaces = List.copyOf(resultPlaces);
        this.resultTypes = List.copyOf(resultTypes);
        this.arenaType = TensorType.of(DType.U8, Math.toIntExact(arenaBytes));
        this.summary = summary;
    }

    @Override
    public PlanSummary summary() {
        return summary;
    }

    @Override
    public List<Buffer> run(List<Buffer> arguments) {
        List<HostBuffer> inputs = arguments.stream().map(HostBuffer::of).toList();
        HostBuffer leased = arenas.poll();
        HostBuffer arena = leased != null ? leased : HostBuffer.allocate(arenaType);
        List<@Nullable HostBuffer> results = allocate();
        try {
            Memory memory = memory(inputs, results, arena.segment());
            for (Step step : steps) {
                step.run(memory);
            }
            return finished(inputs, results);
        } finally {
            arenas.add(arena);
            Reference.reachabilityFence(inputs);
            Reference.reachabilityFence(results);
        }
    }

    /// Memory for the results that have a place of their own.
    private List<@Nullable HostBuffer> allocate() {
        List<@Nullable HostBuffer> results = new ArrayList<>();
        for (int i = 0; i < resultPlaces.size(); i++) {
            boolean own = resultPlaces.get(i) instanceof Place.Result(int index) && index == i;
            results.add(own ? HostBuffer.allocate(resultTypes.get(i)) : null);
        }
        return results;
    }

    private Memory memory(List<HostBuffer> inputs, List<@Nullable HostBuffer> results, MemorySegment arena) {
        MemorySegment[] segments = new MemorySegment[slots.size()];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = switch (slots.get(i).place()) {
                case Place.Argument(int index) -> inputs.get(index).segment();
                case Place.Result(int index) -> result(results, index).segment();
                case Place.Temporary(long offset) -> arena.asSlice(offset, slots.get(i).bytes());
            };
        }
        return new Memory(segments);
    }

    private static HostBuffer result(List<@Nullable HostBuffer> results, int index) {
        HostBuffer result = results.get(index);
        if (result == null) {
            throw new IllegalStateException("result " + index + " has no memory");
        }
        return result;
    }

    /// The buffers that the caller gets. A donated argument's buffer becomes the result's; a result that is an argument, or another result
    /// under a second shape, is copied.
    private List<Buffer> finished(List<HostBuffer> inputs, List<@Nullable HostBuffer> results) {
        List<Buffer> buffers = new ArrayList<>();
        for (int i = 0; i < resultPlaces.size(); i++) {
            HostBuffer own = results.get(i);
            TensorType type = resultTypes.get(i);
            if (own != null) {
                buffers.add(own);
                continue;
            }
            HostBuffer source = switch (resultPlaces.get(i)) {
                case Place.Argument(int index) -> inputs.get(index);
                case Place.Result(int index) -> result(results, index);
                case Place.Temporary _ -> throw new IllegalStateException("a result in the arena");
            };
            boolean taken = source.type().equals(type) && resultPlaces.get(i) instanceof Place.Argument
                    && !buffers.contains(source);
            buffers.add(taken ? source : HostBuffer.copyOf(type, source.segment()));
        }
        return buffers;
    }
}
