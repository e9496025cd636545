package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Makes one region of loops and reductions that work on the same rows: softmax reads each row four times, and only the first time from memory.
///
/// A chain begins with a reduction of each row to one element and grows by what writes for it or reads from it, as long as no third region stands
/// between them.
final class RowChains {
    /// A row that is longer has more to gain from all threads than from a cache.
    private static final long LONGEST_ROW = 1 << 14;
    /// Unless there are rows for all threads, and one still fits a second-level cache.
    private static final long MANY_ROWS = 64;
    private static final long LONGEST_OF_MANY = 1 << 16;
    /// More parts than any chain of a network has; the time to find them grows with their square.
    private static final int MOST_PARTS = 32;

    private final Regions cut;
    private final List<Region> regions;
    private final Waits waits;
    private final RowRule rule;
    private final Set<Value> results;
    private final Map<Value, Integer> writers = new HashMap<>();
    private final Map<Value, Set<Integer>> readers = new HashMap<>();
    private final List<Set<Value>> reads = new ArrayList<>();

    /// @param regions changed by [#choose]: what has become a part of another one stays in the list
    /// @param results what the caller gets
    RowChains(Regions cut, List<Region> regions, Waits waits, RowRule rule, Set<Value> results) {
        this.cut = cut;
        this.regions = regions;
        this.waits = waits;
        this.rule = rule;
        this.results = results;
    }

    void choose() {
        if (rule == RowRule.NONE) {
            return;
        }
        for (int i = 0; i < regions.size(); i++) {
            int number = i;
            reads.add(waits.isWhole(i) ? cut.reads(regions.get(i)) : Set.of());
            reads.get(i).forEach(read -> readers.computeIfAbsent(read, _ -> new TreeSet<>()).add(number));
            if (waits.isWhole(i)) {
                regions.get(i).outputs().forEach(output -> writers.put(output, number));
            }
        }
        for (int i = 0; i < regions.size(); i++) {
            if (waits.isWhole(i) && regions.get(i) instanceof Region.Reduction(Node node)) {
                long rows = node.value().type().size();
                if (rows > 0 && goes(regions.get(i), rows)) {
                    new Chain(i, rows).grow();
                }
            }
        }
    }

    /// Whether a region on its own goes through so many rows.
    private static boolean goes(Region region, long rows) {
        return switch (region) {
            case Region.Loop loop -> isCut(loop.space(), rows);
            case Region.Reduction(Node node) -> {
                Shape operand = node.inputs().getFirst().shape();
                yield isCut(operand, rows) && node.op() instanceof Op.Reduce reduce
                        && RowAxes.reducesRows(reduce, operand, rows);
            }
            case Region.Product _, Region.Rows _, Region.Whole _ -> false;
        };
    }

    private static boolean isCut(Shape shape, long rows) {
        long longest = rows < MANY_ROWS ? LONGEST_ROW : LONGEST_OF_MANY;
        return shape.size() > 0 && shape.size() / rows <= longest && RowAxes.leading(shape, rows).isPresent();
    }

    /// A chain that grows.
    private final class Chain {
        private final int number;
        private final long rows;
        private final Set<Integer> members = new TreeSet<>();

        Chain(int number, long rows) {
            this.number = number;
            this.rows = rows;
            members.add(number);
        }

        void grow() {
            Set<Integer> refused = new HashSet<>();
            boolean grown;
            do {
                grown = false;
                for (int next : neighbours()) {
                    if (!refused.contains(next) && members.size() < MOST_PARTS && mayJoin(next)) {
                        members.add(next);
                        if (rule.allows(region(), cut)) {
                            waits.join(number, next);
                            grown = true;
                        } else {
                            members.remove(next);
                            refused.add(next);
                        }
                    }
                }
            } while (grown);
            if (members.size() > 1) {
                regions.set(number, region());
            }
        }

        /// Regions that write what a member reads, or read what one writes.
        private Set<Integer> neighbours() {
            Set<Integer> neighbours = new TreeSet<>();
            for (int member : members) {
                reads.get(member).forEach(read -> neighbours.add(writers.getOrDefault(read, number)));
                regions.get(member).outputs()
                        .forEach(output -> neighbours.addAll(readers.getOrDefault(output, Set.of())));
            }
            neighbours.removeAll(members);
            return neighbours;
        }

        private boolean mayJoin(int next) {
            return waits.isWhole(next) && goes(regions.get(next), rows)
                    && !waits.reachesAround(number, next) && !waits.reachesAround(next, number);
        }

        private Region.Rows region() {
            List<Region> parts = new ArrayList<>();
            List<Value> outputs = new ArrayList<>();
            for (int member : inOrder()) {
                parts.add(regions.get(member));
                regions.get(member).outputs().stream().filter(this::isNeededElsewhere).forEach(outputs::add);
            }
            return new Region.Rows(rows, parts, outputs);
        }

        private boolean isNeededElsewhere(Value value) {
            return results.contains(value) || !members.containsAll(readers.getOrDefault(value, Set.of()));
        }

        /// Members, each after those that it reads from.
        private List<Integer> inOrder() {
            List<Integer> order = new ArrayList<>();
            Set<Integer> entered = new HashSet<>();
            members.forEach(member -> enter(member, entered, order));
            return order;
        }

        private void enter(int member, Set<Integer> entered, List<Integer> order) {
            if (entered.add(member)) {
                for (Value read : reads.get(member)) {
                    int writer = writers.getOrDefault(read, -1);
                    if (members.contains(writer)) {
                        enter(writer, entered, order);
                    }
                }
                order.add(member);
            }
        }
    }
}
