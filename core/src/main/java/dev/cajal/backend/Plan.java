package dev.cajal.backend;

import dev.cajal.ir.Origin;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.List;
import java.util.Optional;

/// A compiled graph as it will run: its regions in their order, and where everything lies in memory.
///
/// @param regions what runs, one after the other
/// @param allocations all memory that regions read and write; regions name it by its position here
/// @param results where each result is found
/// @param argumentBytes bytes of all arguments
/// @param resultBytes bytes of all results, those in donated arguments included
/// @param arenaBytes bytes of the arena, which allocations share that are not alive at the same time
/// @param loopBytes bytes of what runs inside of repeated regions, and of what they carry from trip to trip
public record Plan(
        List<Region> regions,
        List<Allocation> allocations,
        List<Place> results,
        long argumentBytes,
        long resultBytes,
        long arenaBytes,
        long loopBytes) {
    public Plan {
        regions = List.copyOf(regions);
        allocations = List.copyOf(allocations);
        results = List.copyOf(results);
    }

    /// Floating-point operations of all regions. What is computed again in a second region, since that costs less than storing it, counts twice;
    /// what the compiler found to be superfluous counts nothing.
    public long flops() {
        return regions.stream().mapToLong(Region::flops).sum();
    }

    /// Bytes that all regions have to move.
    public long bytes() {
        return regions.stream().mapToLong(Region::bytes).sum();
    }

    /// Bytes of memory that a run takes: arguments, results that are not written over an argument, the arena, and what repetitions need.
    public long peakBytes() {
        long outside = allocations.stream().filter(piece -> switch (piece.place()) {
            case Place.Argument _, Place.Result _ -> true;
            case Place.Arena _, Place.Constant _ -> false;
        }).mapToLong(Allocation::bytes).sum();
        return outside + arenaBytes + loopBytes;
    }

    /// What a run costs altogether.
    public PlanSummary summary() {
        return new PlanSummary(argumentBytes, resultBytes, arenaBytes + loopBytes, flops());
    }

    /// What a region is.
    public enum Kind {
        /// A loop over the elements of one shape, with all operations on an element fused.
        LOOP,
        /// A loop that ends in a reduction.
        REDUCTION,
        /// Loops and reductions over the same rows, all of them over one block of rows before the next.
        ROWS,
        /// A product of matrices.
        PRODUCT,
        /// A product of matrices whose elements go through a loop while they are in the cache.
        PRODUCT_WITH_TAIL,
        /// One operation on whole tensors, such as a gather or a sort.
        OPERATION,
        /// A plan that runs several times.
        REPETITION,
        /// What there is no kernel for, computed as the reference backend defines it: on one thread, and slowly.
        PLAIN
    }

    /// What runs at once: the elements of its operands are read once, and nothing between its operations is stored.
    ///
    /// @param kind what it is
    /// @param text what it computes: `matmul 128x784 . 784x512 + bias + relu`
    /// @param space the shape that its loops run over
    /// @param operations how many operations of the graph it computes
    /// @param origins the layers and parts of the step that these operations come from
    /// @param reads positions of the allocations that it reads
    /// @param writes positions of the allocations that it writes
    /// @param flops floating-point operations; a multiply-add counts as two
    /// @param bytes bytes that have to be read and written at least, if everything outside of the region lies in memory
    /// @param repeated what runs inside, if it is a repetition
    public record Region(
            Kind kind,
            String text,
            Shape space,
            int operations,
            List<Origin> origins,
            List<Integer> reads,
            List<Integer> writes,
            long flops,
            long bytes,
            Optional<Repeated> repeated) {
        public Region {
            origins = List.copyOf(origins);
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }

        /// The shortest time, in seconds, that the machine can need: for the arithmetic at its peak, or for moving the bytes at the bandwidth of
        /// memory, whichever is longer (the roofline model: S. Williams, A. Waterman, D. Patterson,
        /// [Roofline](https://doi.org/10.1145/1498765.1498785), 2009).
        ///
        /// It is a bound where the operands come from memory. A region whose operands the one before it has left in the cache can be faster.
        public double limitSeconds(MachineLimits limits) {
            return Math.max(flops / limits.flopsPerSecond(), bytes / limits.bytesPerSecond());
        }

        /// Whether moving bytes is what limits this region, not arithmetic.
        public boolean isLimitedByMemory(MachineLimits limits) {
            return bytes / limits.bytesPerSecond() > flops / limits.flopsPerSecond();
        }
    }

    /// What a repetition runs in each trip.
    ///
    /// @param trips how often; empty if that depends on the elements
    /// @param plans the body; after the condition, where there is one
    public record Repeated(Optional<Integer> trips, List<Plan> plans) {
        public Repeated {
            plans = List.copyOf(plans);
        }
    }

    /// A piece of memory.
    ///
    /// @param place where it is
    /// @param type of the elements in it
    /// @param bytes that it takes; in the arena with what is added up to a whole cache line
    /// @param name of an argument; empty for anything else
    /// @param from the first region that reads or writes it; -1 if none does
    /// @param to the last region that reads or writes it
    public record Allocation(Place place, TensorType type, long bytes, String name, int from, int to) {
        /// Whether both are needed at the same moment.
        public boolean isAliveWith(Allocation other) {
            return from <= other.to && other.from <= to;
        }
    }

    /// Where a piece of memory is.
    public sealed interface Place {
        /// In an argument; also a result that is written over a donated one.
        record Argument(int index) implements Place {}

        /// In a result, which the caller gets.
        record Result(int index) implements Place {}

        /// In the arena.
        ///
        /// @param offset in bytes
        record Arena(long offset) implements Place {}

        /// In the plan itself, written when it was made.
        record Constant() implements Place {}
    }
}
