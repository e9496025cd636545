package dev.cajal.cpu.plan;

import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which region waits for which, while several become one.
final class Waits {
    /// For each region those that it reads from, or has to come after for another reason.
    private final List<BitSet> waits = new ArrayList<>();
    /// For each region the one that it is part of now.
    private final int[] part;

    Waits(Regions cut, List<Region> regions) {
        this.part = new int[regions.size()];
        Map<Value, Integer> writer = new HashMap<>();
        for (int i = 0; i < part.length; i++) {
            part[i] = i;
            for (Value output : regions.get(i).outputs()) {
                writer.put(output, i);
            }
        }
        for (Region region : regions) {
            BitSet before = new BitSet();
            cut.reads(region).stream().map(read -> writer.getOrDefault(read, -1)).filter(i -> i >= 0)
                    .forEach(before::set);
            waits.add(before);
        }
    }

    /// Whether a region has not become a part of another one.
    boolean isWhole(int region) {
        return part[region] == region;
    }

    /// Whole regions, each after those that it waits for; otherwise in the order of their numbers.
    List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        BitSet entered = new BitSet();
        BitSet done = new BitSet();
        List<Integer> stack = new ArrayList<>();
        for (int i = part.length - 1; i >= 0; i--) {
            if (isWhole(i)) {
                stack.add(i);
            }
        }
        while (!stack.isEmpty()) {
            int region = stack.getLast();
            if (!entered.get(region)) {
                entered.set(region);
                before(region).stream().filter(i -> !entered.get(i)).forEach(stack::add);
            } else {
                stack.removeLast();
                if (!done.get(region)) {
                    done.set(region);
                    order.add(region);
                }
            }
        }
        return order;
    }

    /// The regions that one waits for without another one between.
    List<Integer> before(int region) {
        return waits.get(region).stream().map(i -> part[i]).filter(i -> i != region).distinct().boxed().toList();
    }

    /// Makes `second` a part of `first`.
    void join(int first, int second) {
        waits.get(first).or(waits.get(second));
        for (int i = 0; i < part.length; i++) {
            if (part[i] == second) {
                part[i] = first;
            }
        }
        waits.get(first).clear(first);
    }

    /// Has `later` come after `earlier`.
    void order(int earlier, int later) {
        waits.get(later).set(earlier);
    }

    /// Whether `from` waits for `to`.
    boolean reaches(int from, int to) {
        return reaches(new ArrayList<>(List.of(from)), to);
    }

    /// Whether `from` waits for `to` by a way that leads through another region.
    boolean reachesAround(int from, int to) {
        List<Integer> others = new ArrayList<>(before(from));
        others.remove((Integer) to);
        return reaches(others, to);
    }

    private boolean reaches(List<Integer> stack, int to) {
        BitSet seen = new BitSet();
        while (!stack.isEmpty()) {
            int next = part[stack.removeLast()];
            if (next == to) {
                return true;
            }
            if (!seen.get(next)) {
                seen.set(next);
                waits.get(next).stream().forEach(stack::add);
            }
        }
        return false;
    }
}
