package dev.cajal.cpu.plan;

import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes one loop of several over the same shape, where no third region stands between them.
///
/// Two loops may be one if neither waits for the other; or if one reads what the other writes, point by point, and waits for it in no other way.
final class LoopMerger {
    /// Merging looks at all pairs; for graphs with more regions than that it is left out.
    private static final int MOST = 3000;

    private final Regions cut;
    private final List<Region> regions;
    /// For each region those that it reads from.
    private final List<BitSet> waits = new ArrayList<>();
    /// For each region the one that it is part of now.
    private final int[] part;

    LoopMerger(Regions cut, List<Region> ordered) {
        this.cut = cut;
        this.regions = new ArrayList<>(ordered);
        this.part = new int[ordered.size()];
        Map<Value, Integer> writer = new HashMap<>();
        for (int i = 0; i < part.length; i++) {
            part[i] = i;
            for (Value output : ordered.get(i).outputs()) {
                writer.put(output, i);
            }
        }
        for (Region region : ordered) {
            BitSet before = new BitSet();
            cut.reads(region).stream().map(read -> writer.getOrDefault(read, -1)).filter(i -> i >= 0)
                    .forEach(before::set);
            waits.add(before);
        }
    }

    List<Region> merge() {
        if (regions.size() > MOST) {
            return regions;
        }
        Map<Shape, List<Integer>> byShape = new LinkedHashMap<>();
        for (int i = 0; i < part.length; i++) {
            if (regions.get(i) instanceof Region.Loop loop) {
                byShape.computeIfAbsent(loop.space(), _ -> new ArrayList<>()).add(i);
            }
        }
        byShape.values().forEach(this::mergeAll);
        List<Region> result = new ArrayList<>();
        for (int i = 0; i < part.length; i++) {
            if (part[i] == i) {
                result.add(regions.get(i));
            }
        }
        return result;
    }

    private void mergeAll(List<Integer> loops) {
        for (int first : loops) {
            for (int second : loops) {
                if (first < second && part[first] == first && part[second] == second) {
                    tryMerge(first, second);
                }
            }
        }
    }

    private void tryMerge(int first, int second) {
        Region.Loop a = (Region.Loop) regions.get(first);
        Region.Loop b = (Region.Loop) regions.get(second);
        boolean independent = !reaches(second, first);
        boolean pointwise = !independent && !reachesAround(second, first)
                && a.outputs().stream().allMatch(output -> cut.readsOnlyInPlace(b, output));
        if (!reaches(first, second) && (independent || pointwise)) {
            Region.Loop both = a.merge(b);
            if (cut.size(both) <= Regions.LARGEST_LOOP) {
                regions.set(first, both);
                waits.get(first).or(waits.get(second));
                waits.get(first).clear(first);
                for (int i = 0; i < part.length; i++) {
                    if (part[i] == second) {
                        part[i] = first;
                    }
                }
            }
        }
    }

    private boolean reaches(int from, int to) {
        return reaches(new ArrayList<>(List.of(from)), to);
    }

    /// Whether there is a way that leads through another region.
    private boolean reachesAround(int from, int to) {
        List<Integer> others = new ArrayList<>();
        waits.get(from).stream().map(i -> part[i]).filter(i -> i != to && i != from).forEach(others::add);
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
