package dev.cajal.cpu.run;

import dev.cajal.backend.Plan;
import dev.cajal.cpu.describe.Layout;
import dev.cajal.cpu.describe.PlanDescription;
import dev.cajal.cpu.plan.MemoryPlan.Place;
import dev.cajal.cpu.thread.Recycler;
import dev.cajal.ir.Literal;
import dev.cajal.memory.HostBuffer;
import dev.cajal.type.DType;
import dev.cajal.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A plan that can be run: steps over arguments, results and an arena.
///
/// Each run leases a frame for itself, so several threads may run at once; results never lie in a frame. A frame holds the arena and the steps bound to
/// it, with all that they need: a run that finds one allocates nothing.
final class Program {
    private static final int ALIGNMENT = 64;

    private final Layout layout;
    private final List<Step> steps;
    private final List<Slot> slots;
    private final List<Place> resultPlaces;
    private final List<TensorType> resultTypes;
    private final TensorType arenaType;
    private final Map<Literal, HostBuffer> constants = new HashMap<>();
    private final Recycler<Frame> frames = new Recycler<>(this::frame);
    /// The slots whose memory differs from run to run.
    private final int[] given;

    /// A value of the plan that lies in memory.
    ///
    /// @param place where
    /// @param bytes how long it is
    record Slot(Place place, long bytes) {}

    /// What a run works in, used again by a later run.
    ///
    /// @param segments one for each slot; those of constants and temporaries stay as they are
    /// @param steps bound to the segments
    private record Frame(HostBuffer arena, MemorySegment[] segments, Memory memory, Runnable[] steps) {}

    Program(
            Layout layout,
            List<Step> steps,
            List<Slot> slots,
            List<Place> resultPlaces,
            List<TensorType> resultTypes,
            long arenaBytes) {
        this.layout = layout;
        this.steps = List.copyOf(steps);
        this.slots = List.copyOf(slots);
        this.resultPlaces = List.copyOf(resultPlaces);
        this.resultTypes = List.copyOf(resultTypes);
        this.arenaType = TensorType.of(
                DType.U8, Math.toIntExact(Math.ceilDiv(arenaBytes, ALIGNMENT)), ALIGNMENT);
        this.given = IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).place() instanceof Place.Argument
                        || slots.get(i).place() instanceof Place.Result)
                .toArray();
        slots.forEach(slot -> keep(slot.place()));
        resultPlaces.forEach(this::keep);
    }

    private void keep(Place place) {
        if (place instanceof Place.Constant(Literal literal)) {
            constants.computeIfAbsent(literal, Program::write);
        }
    }

    private static HostBuffer write(Literal literal) {
        HostBuffer buffer = HostBuffer.allocate(literal.type());
        MemorySegment segment = buffer.segment();
        for (long i = 0; i < literal.type().size(); i++) {
            long bits = literal.bitsAt(i);
            switch (literal.type().dtype().byteSize()) {
                case 1 -> segment.set(ValueLayout.JAVA_BYTE, i, (byte) bits);
                case 2 -> segment.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) bits);
                case 4 -> segment.setAtIndex(ValueLayout.JAVA_INT, i, (int) bits);
                default -> segment.setAtIndex(ValueLayout.JAVA_LONG, i, bits);
            }
        }
        return buffer;
    }

    /// The number of steps, and of regions.
    int steps() {
        return steps.size();
    }

    /// The number of results.
    int results() {
        return resultTypes.size();
    }

    TensorType resultType(int result) {
        return resultTypes.get(result);
    }

    Place resultPlace(int result) {
        return resultPlaces.get(result);
    }

    /// Whether a run writes a result to memory that it is given for it. The others are arguments, constants, or other results.
    boolean isOwn(int result) {
        return resultPlaces.get(result) instanceof Place.Result(int index) && index == result;
    }

    /// Bytes of a frame: the arena, and what steps hold beside it.
    long temporaryBytes() {
        return arenaType.byteSize() + steps.stream().mapToLong(Step::temporaryBytes).sum();
    }

    /// What the compiler decided.
    Layout layout() {
        return layout;
    }

    /// What this is made of, for people.
    Plan plan() {
        List<Plan.Region> regions = new ArrayList<>();
        PlanDescription description = PlanDescription.of(layout);
        for (int i = 0; i < steps.size(); i++) {
            regions.add(description.region(i, steps.get(i).isPlain(), steps.get(i).repeated()));
        }
        return description.plan(regions, temporaryBytes());
    }

    /// Runs all steps.
    ///
    /// @param results memory for the results; null for those that need none
    void run(MemorySegment[] arguments, @Nullable MemorySegment[] results) {
        run(arguments, results, null, 0);
    }

    /// Runs all steps.
    ///
    /// @param clock is told the time at the beginning and after each step, in nanoseconds; null where nobody asks
    void run(MemorySegment[] arguments, @Nullable MemorySegment[] results, long @Nullable [] clock) {
        run(arguments, results, clock, 0);
    }

    private void run(MemorySegment[] arguments, @Nullable MemorySegment[] results, long @Nullable [] clock,
            long repetition) {
        Frame frame = frames.take();
        try {
            frame.memory().repetition(repetition);
            MemorySegment[] segments = frame.segments();
            for (int i : given) {
                switch (slots.get(i).place()) {
                    case Place.Argument(int index) -> segments[i] = arguments[index];
                    case Place.Result(int index) -> segments[i] = given(results, index);
                    case Place.Temporary _, Place.Constant _ -> {}
                }
            }
            Runnable[] todo = frame.steps();
            if (clock == null) {
                for (Runnable step : todo) {
                    step.run();
                }
            } else {
                clock[0] = System.nanoTime();
                for (int i = 0; i < todo.length; i++) {
                    todo[i].run();
                    clock[i + 1] = System.nanoTime();
                }
            }
        } finally {
            frames.give(frame);
            Reference.reachabilityFence(this);
        }
    }

    /// Runs all steps, and writes all results, also those that are arguments, constants or other results.
    ///
    /// @param results apart from the arguments
    void runInto(MemorySegment[] arguments, MemorySegment[] results) {
        runInto(arguments, results, 0);
    }

    /// As [#runInto] for one of several trips.
    ///
    /// @param repetition the same number for all trips that share values that do not change; see [Memory#repetition]
    void runInto(MemorySegment[] arguments, MemorySegment[] results, long repetition) {
        run(arguments, results, null, repetition);
        for (int i = 0; i < results.length; i++) {
            if (!isOwn(i)) {
                MemorySegment source = switch (resultPlaces.get(i)) {
                    case Place.Argument(int index) -> arguments[index];
                    case Place.Result(int index) -> results[index];
                    case Place.Constant(Literal literal) -> constant(literal).segment();
                    case Place.Temporary _ -> throw new IllegalStateException("a result in the arena");
                };
                MemorySegment.copy(source, 0, results[i], 0, resultTypes.get(i).byteSize());
            }
        }
        Reference.reachabilityFence(this);
    }

    /// Copies a result that is a constant.
    void copyConstant(int result, MemorySegment target) {
        if (!(resultPlaces.get(result) instanceof Place.Constant(Literal literal))) {
            throw new IllegalStateException("result " + result + " is no constant");
        }
        constant(literal).read(target);
    }

    private HostBuffer constant(Literal literal) {
        HostBuffer constant = constants.get(literal);
        if (constant == null) {
            throw new IllegalStateException("a constant without memory");
        }
        return constant;
    }

    private Frame frame() {
        HostBuffer arena = HostBuffer.allocate(arenaType);
        MemorySegment[] segments = new MemorySegment[slots.size()];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = switch (slots.get(i).place()) {
                case Place.Temporary(long offset) -> arena.segment().asSlice(offset, slots.get(i).bytes());
                case Place.Constant(Literal literal) -> constant(literal).segment();
                case Place.Argument _, Place.Result _ -> MemorySegment.NULL;
            };
        }
        Memory memory = new Memory(segments);
        return new Frame(arena, segments, memory,
                steps.stream().map(step -> step.bind(memory)).toArray(Runnable[]::new));
    }

    private static MemorySegment given(@Nullable MemorySegment[] results, int index) {
        MemorySegment result = results[index];
        if (result == null) {
            throw new IllegalStateException("result " + index + " has no memory");
        }
        return result;
    }
}
