package dev.cajal.cpu.run;

import dev.cajal.backend.Buffer;
import dev.cajal.backend.Executable;
import dev.cajal.backend.Plan;
import dev.cajal.backend.PlanSummary;
import dev.cajal.backend.Profile;
import dev.cajal.cpu.plan.MemoryPlan.Place;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program on buffers: gives it memory for its results, and keeps those alive that it works on.
final class CpuExecutable implements Executable {
    private final Program program;
    private final Set<Integer> donated;

    CpuExecutable(Program program, Set<Integer> donated) {
        this.program = program;
        this.donated = Set.copyOf(donated);
    }

    @Override
    public PlanSummary summary() {
        return program.plan().summary();
    }

    @Override
    public Optional<Plan> plan() {
        return Optional.of(program.plan());
    }

    @Override
    public Optional<Profile> profile(List<Buffer> arguments, Duration warmUp, int runs) {
        return Optional.of(new Profiler(this, program.steps(), donated).profile(arguments, warmUp, runs));
    }

    /// Allocates what the caller gets and little else; the program allocates nothing.
    @Override
    public List<Buffer> run(List<Buffer> arguments) {
        return run(arguments, null);
    }

    /// @param clock as for [Program#run(MemorySegment[], MemorySegment[], long[])]
    List<Buffer> run(List<Buffer> arguments, long @Nullable [] clock) {
        HostBuffer[] inputs = new HostBuffer[arguments.size()];
        MemorySegment[] from = new MemorySegment[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = HostBuffer.of(arguments.get(i));
            from[i] = inputs[i].segment();
        }
        @Nullable
        HostBuffer[] results = new HostBuffer[program.results()];
        @Nullable
        MemorySegment[] to = new MemorySegment[results.length];
        for (int i = 0; i < results.length; i++) {
            if (program.isOwn(i)) {
                HostBuffer result = HostBuffer.allocate(program.resultType(i));
                results[i] = result;
                to[i] = result.segment();
            }
        }
        try {
            program.run(from, to, clock);
            List<Buffer> outcome = finished(inputs, results);
            release(inputs, outcome);
            return outcome;
        } finally {
            Reference.reachabilityFence(inputs);
            Reference.reachabilityFence(results);
        }
    }

    /// Frees the donated arguments whose memory no result has taken over.
    private void release(HostBuffer[] inputs, List<Buffer> outcome) {
        for (int i : donated) {
            if (!outcome.contains(inputs[i])) {
                inputs[i].release();
            }
        }
    }

    /// The buffers that the caller gets. A donated argument's buffer becomes the result's; a result that is a constant, another argument, or
    /// another result under a second shape, is copied: whoever donates the result later must not take the argument's memory with it.
    private List<Buffer> finished(HostBuffer[] inputs, @Nullable HostBuffer[] results) {
        List<Buffer> buffers = new ArrayList<>(results.length);
        for (int i = 0; i < results.length; i++) {
            HostBuffer own = results[i];
            TensorType type = program.resultType(i);
            if (own != null) {
                buffers.add(own);
            } else if (program.resultPlace(i) instanceof Place.Argument(int index)
                    && donated.contains(index) && inputs[index].type().equals(type)
                    && !buffers.contains(inputs[index])) {
                buffers.add(inputs[index]);
            } else {
                HostBuffer copy = HostBuffer.allocate(type);
                switch (program.resultPlace(i)) {
                    case Place.Argument(int index) -> inputs[index].read(copy.segment());
                    case Place.Result(int index) -> buffers.get(index).read(copy.segment());
                    case Place.Constant _, Place.Temporary _ -> program.copyConstant(i, copy.segment());
                }
                buffers.add(copy);
            }
        }
        return buffers;
    }
}
