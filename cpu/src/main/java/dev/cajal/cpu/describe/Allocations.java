package dev.cajal.cpu.describe;

import dev.cajal.backend.Plan.Allocation;
import dev.cajal.backend.Plan.Place;
import dev.cajal.cpu.plan.MemoryPlan;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The memory of a plan as a list of pieces, and which piece a value lies in.
///
/// Several values lie in one piece where one is written over the other: a result over a donated argument, an update over what it updates.
final class Allocations {
    private static final long ALIGNMENT = 64;

    private final MemoryPlan memory;
    private final List<Allocation> all = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final Map<Value, Integer> numberOf = new HashMap<>();

    private Allocations(MemoryPlan memory) {
        this.memory = memory;
    }

    static Allocations of(Layout layout) {
        Allocations allocations = new Allocations(layout.memory());
        List<Region> order = layout.running();
        layout.graph().parameters().forEach(parameter -> allocations.add(parameter, name(parameter)));
        for (int at = 0; at < order.size(); at++) {
            Collection<Value> reads = layout.cut().regions().reads(order.get(at));
            for (Value read : reads) {
                allocations.use(allocations.add(read, ""), at);
            }
            for (Value output : order.get(at).outputs()) {
                Optional<Value> over = reads.stream().filter(read -> allocations.isInPlace(output, read)).findFirst();
                over.ifPresent(read -> allocations.numberOf.put(output, allocations.number(read)));
                allocations.use(allocations.add(output, ""), at);
            }
        }
        return allocations;
    }

    private static String name(Value parameter) {
        return parameter.node().op() instanceof Op.Parameter named ? named.name() : "";
    }

    /// All pieces.
    List<Allocation> all() {
        return all;
    }

    /// The piece that a value lies in.
    int number(Value value) {
        return numberOf.getOrDefault(Regions.memory(value), -1);
    }

    /// Where a value lies.
    static Place place(MemoryPlan.Place place) {
        return switch (place) {
            case MemoryPlan.Place.Argument(int index) -> new Place.Argument(index);
            case MemoryPlan.Place.Result(int index) -> new Place.Result(index);
            case MemoryPlan.Place.Temporary(long offset) -> new Place.Arena(offset);
            case MemoryPlan.Place.Constant _ -> new Place.Constant();
        };
    }

    /// Whether a region writes one value over another one, which it reads, in the arena.
    private boolean isInPlace(Value output, Value read) {
        return memory.places().get(output) instanceof MemoryPlan.Place.Temporary place
                && place.equals(memory.places().get(read))
                && read.type().byteSize() > 0;
    }

    private int add(Value value, String name) {
        Integer known = numberOf.get(value);
        if (known != null) {
            return known;
        }
        MemoryPlan.Place place = memory.places().get(value);
        if (place == null) {
            throw new IllegalStateException(value + " has no place in memory");
        }
        // A place of the arena is used by one value after the other; all other places are one piece of memory.
        Object key = place instanceof MemoryPlan.Place.Temporary ? value : place;
        int number = numbers.computeIfAbsent(key, _ -> {
            all.add(new Allocation(place(place), value.type(), bytes(place, value.type()), name, -1, -1));
            return all.size() - 1;
        });
        numberOf.put(value, number);
        return number;
    }

    private static long bytes(MemoryPlan.Place place, TensorType type) {
        return place instanceof MemoryPlan.Place.Temporary
                ? Math.ceilDiv(type.byteSize(), ALIGNMENT) * ALIGNMENT
                : type.byteSize();
    }

    private void use(int number, int at) {
        Allocation old = all.get(number);
        int from = old.from() < 0 ? at : old.from();
        all.set(number, new Allocation(old.place(), old.type(), old.bytes(), old.name(), from, at));
    }
}
