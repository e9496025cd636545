package dev.cajal.cpu.plan;

import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes one loop of several over the same shape, where no third region stands between them.
///
/// Two loops may be one if neither waits for the other; or if one reads what the other writes, point by point, and waits for it in no other way.
/// Loops that work on different matrix products stay apart, since each may become the tail of its own; so do large ones that read nothing together, for which one loop
/// saves nothing.
final class LoopMerger {
    /// Merging looks at all pairs; for graphs with more regions than that it is left out.
    private static final int MOST = 3000;

    /// Values in memory that a loop of independent ones may read or write: three parameters' updates by Adam. With eight the compiler did not take all
    /// accesses into the loop, and made objects of vectors for ever.
    private static final int MOST_ACCESSES = 24;

    /// Elements of a loop that is so short that handing it to the threads costs as much.
    private static final long SHORT = 16_384;

    private final Regions cut;
    private final List<Region> regions;
    private final Waits waits;

    /// @param regions changed by [#merge]: what has become a part of another one stays in the list
    LoopMerger(Regions cut, List<Region> regions, Waits waits) {
        this.cut = cut;
        this.regions = regions;
        this.waits = waits;
    }

    void merge() {
        if (regions.size() > MOST) {
            return;
        }
        Map<Shape, List<Integer>> byShape = new LinkedHashMap<>();
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i) instanceof Region.Loop loop) {
                byShape.computeIfAbsent(loop.space(), _ -> new ArrayList<>()).add(i);
            }
        }
        byShape.values().forEach(this::mergeAll);
    }

    private void mergeAll(List<Integer> loops) {
        for (int first : loops) {
            for (int second : loops) {
                if (first < second && waits.isWhole(first) && waits.isWhole(second)) {
                    tryMerge(first, second);
                }
            }
        }
    }

    private void tryMerge(int first, int second) {
        Region.Loop a = (Region.Loop) regions.get(first);
        Region.Loop b = (Region.Loop) regions.get(second);
        boolean independent = !waits.reaches(second, first);
        boolean pointwise = !independent && !waits.reachesAround(second, first)
                && a.outputs().stream().allMatch(output -> cut.readsOnlyInPlace(b, output));
        boolean apart = independent && (workOnDifferentProducts(a, b) || haveNothingInCommon(a, b));
        if (!waits.reaches(first, second) && !apart && (independent || pointwise)) {
            Region.Loop both = a.merge(b);
            boolean tooMany = independent && cut.reads(both).size() + both.outputs().size() > MOST_ACCESSES;
            if (cut.size(both) <= Regions.LARGEST_LOOP && !tooMany) {
                regions.set(first, both);
                waits.join(first, second);
            }
        }
    }

    private boolean haveNothingInCommon(Region.Loop a, Region.Loop b) {
        long size = a.space().size();
        Set<Value> both = new HashSet<>(cut.reads(a));
        both.retainAll(cut.reads(b));
        return size > SHORT && both.stream().noneMatch(value -> value.type().size() >= size);
    }

    private boolean workOnDifferentProducts(Region.Loop a, Region.Loop b) {
        Set<Value> both = products(a);
        both.addAll(products(b));
        return both.size() > 1;
    }

    private Set<Value> products(Region.Loop loop) {
        Set<Value> products = new HashSet<>();
        for (Value read : cut.reads(loop)) {
            if (Regions.isProduct(read.node()) && read.shape().size() == loop.space().size()) {
                products.add(read);
            }
        }
        return products;
    }
}
