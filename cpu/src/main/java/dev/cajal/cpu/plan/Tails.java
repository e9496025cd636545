package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gives matrix products tails: of the loops that read a product point by point, the first one works on each piece of it while that is in the
/// cache. Where nobody else reads the product it is never written to memory: a layer's gradient goes straight into the update of its weights.
final class Tails {
    private final Regions cut;
    private final List<Region> regions;
    private final Waits waits;
    private final TailRule rule;
    private final Set<Value> results;

    /// @param regions changed by [#choose]: what has become a part of another one stays in the list
    /// @param results what the caller gets
    Tails(Regions cut, List<Region> regions, Waits waits, TailRule rule, Set<Value> results) {
        this.cut = cut;
        this.regions = regions;
        this.waits = waits;
        this.rule = rule;
        this.results = results;
    }

    void choose() {
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i) instanceof Region.Whole(Node node) && Regions.isProduct(node)) {
                choose(i, node);
            }
        }
    }

    private void choose(int product, Node node) {
        for (int i = 0; i < regions.size(); i++) {
            if (waits.isWhole(i) && regions.get(i) instanceof Region.Loop loop
                    && isTail(product, node.value(), i, loop)) {
                List<Value> outputs = new ArrayList<>(loop.outputs());
                if (isNeeded(node.value(), product, i)) {
                    outputs.add(node.value());
                }
                Region.Product both = new Region.Product(node, new Region.Loop(loop.space(), outputs));
                regions.set(product, both);
                waits.join(product, i);
                afterOtherReaders(product, both);
                return;
            }
        }
    }

    private boolean isTail(int product, Value value, int number, Region.Loop loop) {
        return haveTheSameRows(loop.space(), value.shape())
                && cut.reads(loop).contains(value)
                && !waits.reachesAround(number, product)
                && !waits.reaches(product, number)
                && cut.viewsInPlace(loop, value).isPresent()
                && !mayFailLater(product, loop)
                && rule.allows(loop, value, cut);
    }

    /// The first dimensions may be cut in another way: rows are counted through all of them.
    private static boolean haveTheSameRows(Shape a, Shape b) {
        return a.rank() > 0 && b.rank() > 0 && a.dim(-1) == b.dim(-1) && a.size() == b.size();
    }

    /// A run that fails must not have changed an argument: what gives results to the caller comes after all that may fail.
    private boolean mayFailLater(int product, Region.Loop loop) {
        if (loop.outputs().stream().noneMatch(results::contains)) {
            return false;
        }
        Set<Check> passed = new HashSet<>();
        Set<Check> open = new HashSet<>();
        for (int i = 0; i < regions.size(); i++) {
            if (waits.isWhole(i) && regions.get(i) instanceof Region.Whole(Node node)) {
                Set<Check> checks = waits.reaches(product, i) ? passed : open;
                Check.of(node).ifPresent(checks::add);
            }
        }
        return !passed.containsAll(open);
    }

    private boolean isNeeded(Value value, int product, int tail) {
        if (results.contains(value)) {
            return true;
        }
        for (int i = 0; i < regions.size(); i++) {
            if (i != product && i != tail && waits.isWhole(i) && cut.reads(regions.get(i)).contains(value)) {
                return true;
            }
        }
        return false;
    }

    /// An update in place needs all other readers of the old value to be done.
    private void afterOtherReaders(int number, Region.Product product) {
        Set<Value> updated = new HashSet<>(cut.reads(product.tail()));
        updated.removeIf(read -> !(read.node().op() instanceof Op.Parameter));
        for (int i = 0; i < regions.size(); i++) {
            if (i != number && waits.isWhole(i) && !waits.reaches(i, number)
                    && cut.reads(regions.get(i)).stream().anyMatch(updated::contains)) {
                waits.order(i, number);
            }
        }
    }
}
