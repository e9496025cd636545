package dev.cajal.cpu.plan;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Literal;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Where each value in memory lies: in an argument, in a result, or at a place of the arena that is free while the value is alive.
///
/// @param places by value
/// @param resultPlaces where each result of the graph is found
/// @param arenaBytes the size of the arena
public record MemoryPlan(Map<Value, Place> places, List<Place> resultPlaces, long arenaBytes) {
    private static final long ALIGNMENT = 64;

    /// Where a value lies.
    public sealed interface Place {
        /// In the memory of an argument.
        record Argument(int index) implements Place {}

        /// In memory that the caller gets.
        record Result(int index) implements Place {}

        /// In the arena.
        record Temporary(long offset) implements Place {}

        /// In memory of the plan, written when the plan is made.
        record Constant(Literal literal) implements Place {}
    }

    /// Lays out a graph that has been cut into regions.
    ///
    /// @param donated positions of the parameters whose memory results may take over
    public static MemoryPlan of(Graph graph, Regions.Cut cut, Set<Integer> donated) {
        Map<Value, Place> places = new HashMap<>();
        for (int i = 0; i < graph.parameters().size(); i++) {
            places.put(graph.parameters().get(i), new Place.Argument(i));
        }
        for (Region region : cut.order()) {
            if (region instanceof Region.Whole(Node node) && node.op() instanceof Op.Constant(Literal literal)) {
                places.put(node.value(), new Place.Constant(literal));
            }
        }
        List<Place> results = new ArrayList<>();
        Donation donation = new Donation(graph, cut, donated);
        for (int i = 0; i < graph.results().size(); i++) {
            Value memory = Regions.memory(graph.results().get(i));
            Place place = places.get(memory);
            if (place == null) {
                int argument = donation.take(memory);
                place = argument >= 0 ? new Place.Argument(argument) : new Place.Result(i);
                places.put(memory, place);
            }
            results.add(place);
        }
        long arena = layOut(cut, places);
        return new MemoryPlan(Map.copyOf(places), List.copyOf(results), arena);
    }

    /// The life of a temporary, in positions of the order of regions.
    private record Life(Value value, long bytes, int from, int to) {
        boolean overlaps(Life other) {
            return from <= other.to && other.from <= to;
        }
    }

    /// Largest first, each at the lowest place that no overlapping life has.
    private static long layOut(Regions.Cut cut, Map<Value, Place> places) {
        Map<Value, Life> lives = new LinkedHashMap<>();
        for (int at = 0; at < cut.order().size(); at++) {
            Region region = cut.order().get(at);
            for (Value output : region.outputs()) {
                lives.put(output, new Life(output, bytes(output.type()), at, at));
            }
            for (Value read : cut.regions().reads(region)) {
                Life life = lives.get(read);
                if (life != null) {
                    lives.put(read, new Life(read, life.bytes(), life.from(), at));
                }
            }
        }
        Map<Value, Value> joined = join(cut, lives, places);
        lives.keySet().removeAll(places.keySet());
        List<Life> order = new ArrayList<>(lives.values());
        order.sort(Comparator.comparingLong(Life::bytes).reversed());
        List<Life> placed = new ArrayList<>();
        Map<Life, Long> offsets = new HashMap<>();
        long size = 0;
        for (Life life : order) {
            long offset = lowest(life, placed, offsets);
            offsets.put(life, offset);
            placed.add(life);
            places.put(life.value(), new Place.Temporary(offset));
            size = Math.max(size, offset + life.bytes());
        }
        joined.keySet().forEach(value -> places.put(value, places.get(last(value, joined))));
        return size;
    }

    /// Updates in place: where an operation writes a part of its first operand, and nobody needs that any more, the result lies where the operand is.
    ///
    /// @return temporaries that lie where another one lies, whose life has become longer
    private static Map<Value, Value> join(Regions.Cut cut, Map<Value, Life> lives, Map<Value, Place> places) {
        Map<Value, Value> joined = new LinkedHashMap<>();
        for (int at = cut.order().size() - 1; at >= 0; at--) {
            if (!(cut.order().get(at) instanceof Region.Whole(Node node)) || !updates(node)) {
                continue;
            }
            Value operand = Regions.memory(node.inputs().getFirst());
            Life life = lives.get(operand);
            long uses = node.inputs().stream().filter(input -> Regions.memory(input).equals(operand)).count();
            if (life == null || life.to() > at || uses > 1 || places.containsKey(operand)) {
                continue;
            }
            Place place = places.get(node.value());
            if (place != null) {
                places.put(operand, place);
            } else {
                Value last = last(node.value(), joined);
                Life whole = lives.get(last);
                if (whole != null) {
                    joined.put(operand, last);
                    lives.put(last, new Life(last, life.bytes(), life.from(), whole.to()));
                    lives.remove(operand);
                }
            }
        }
        return joined;
    }

    private static Value last(Value value, Map<Value, Value> joined) {
        Value last = value;
        while (joined.containsKey(last)) {
            last = joined.get(last);
        }
        return last;
    }

    private static boolean updates(Node node) {
        return node.op() instanceof Op.Scatter || node.op() instanceof Op.DynamicUpdateSlice;
    }

    private static long lowest(Life life, List<Life> placed, Map<Life, Long> offsets) {
        List<long[]> taken = new ArrayList<>();
        for (Life other : placed) {
            if (other.overlaps(life)) {
                long from = offsets.getOrDefault(other, 0L);
                taken.add(new long[] {from, from + other.bytes()});
            }
        }
        taken.sort(Comparator.comparingLong(interval -> interval[0]));
        long offset = 0;
        for (long[] interval : taken) {
            if (offset + life.bytes() <= interval[0]) {
                break;
            }
            offset = Math.max(offset, interval[1]);
        }
        return offset;
    }

    private static long bytes(TensorType type) {
        return (type.byteSize() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /// Chooses which results may be written over which donated arguments.
    private static final class Donation {
        private final Regions.Cut cut;
        private final Graph graph;
        private final List<Integer> free = new ArrayList<>();
        private final Map<Value, Integer> written = new HashMap<>();
        private final Map<Value, Integer> lastRead = new HashMap<>();
        private int lastFailing = -1;

        Donation(Graph graph, Regions.Cut cut, Set<Integer> donated) {
            this.graph = graph;
            this.cut = cut;
            donated.stream().sorted().filter(i -> !isResult(graph, i)).forEach(free::add);
            Set<Check> passed = new HashSet<>();
            for (int at = 0; at < cut.order().size(); at++) {
                Region region = cut.order().get(at);
                for (Value output : region.outputs()) {
                    written.put(output, at);
                }
                for (Value read : cut.regions().reads(region)) {
                    lastRead.put(read, at);
                }
                if (region instanceof Region.Whole(Node node) && Check.of(node).filter(passed::add).isPresent()) {
                    lastFailing = at;
                }
            }
        }

        private static boolean isResult(Graph graph, int parameter) {
            Value value = graph.parameters().get(parameter);
            return graph.results().stream().anyMatch(result -> Regions.memory(result).equals(value));
        }

        /// The argument whose memory a result takes over; -1 if there is none. A run that fails must not have changed an argument, so nothing is
        /// written over one before the last operation that may fail.
        int take(Value result) {
            int at = written.getOrDefault(result, -1);
            if (at <= lastFailing) {
                return -1;
            }
            return switch (cut.order().get(at)) {
                case Region.Loop loop -> take(result, loop, at, Set.of());
                case Region.Product(Node node, Region.Loop tail) ->
                    take(result, tail, at, node.inputs().stream().map(Regions::memory).collect(Collectors.toSet()));
                case Region.Rows rows -> take(result, rows, at);
                case Region.Reduction _, Region.Whole _ -> -1;
            };
        }

        /// While one part writes a block of rows, the others may read any.
        private int take(Value result, Region.Rows rows, int at) {
            for (Region part : rows.parts()) {
                if (part instanceof Region.Loop loop && loop.outputs().contains(result)) {
                    Set<Value> kept = new HashSet<>();
                    rows.parts().stream().filter(other -> other != part)
                            .forEach(other -> kept.addAll(cut.regions().reads(other)));
                    return take(result, loop, at, kept);
                }
            }
            return -1;
        }

        /// @param kept what the loop's region still reads while the loop runs
        private int take(Value result, Region.Loop loop, int at, Set<Value> kept) {
            // One that the loop itself reads point by point is best: then the update is in place.
            for (boolean reading : new boolean[] {true, false}) {
                for (int i = 0; i < free.size(); i++) {
                    Value argument = graph.parameters().get(free.get(i));
                    boolean read = cut.regions().reads(loop).contains(argument);
                    if (read == reading && !kept.contains(argument) && fits(argument, result, loop, at, read)) {
                        return free.remove(i);
                    }
                }
            }
            return -1;
        }

        private boolean fits(Value argument, Value result, Region.Loop loop, int at, boolean read) {
            return argument.type().equals(result.type())
                    && lastRead.getOrDefault(argument, -1) <= at
                    && (!read || cut.regions().readsOnlyInPlace(loop, argument));
        }
    }
}
