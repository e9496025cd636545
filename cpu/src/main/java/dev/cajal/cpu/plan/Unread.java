package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Leaves out what loops would write and nobody reads any more, since the readers have become part of the same loop.
final class Unread {
    private final Regions cut;
    private final Set<Value> needed;

    private Unread(Regions cut, Set<Value> needed) {
        this.cut = cut;
        this.needed = needed;
    }

    /// The regions without what nobody reads.
    ///
    /// @param results what the caller gets
    static List<Region> drop(Regions cut, List<Region> regions, Set<Value> results) {
        Set<Value> needed = new HashSet<>(results);
        regions.forEach(region -> region.parts().forEach(part -> needed.addAll(cut.reads(part))));
        return regions.stream().map(new Unread(cut, needed)::drop).toList();
    }

    private Region drop(Region region) {
        return switch (region) {
            case Region.Loop loop -> cut.withoutUnread(loop, needed);
            case Region.Product(Node node, Region.Loop tail) ->
                new Region.Product(node, cut.withoutUnread(tail, needed));
            case Region.Rows(long count, List<Region> parts, List<Value> outputs) ->
                new Region.Rows(count, parts.stream().map(this::drop).toList(), outputs);
            case Region.Reduction _, Region.Whole _ -> region;
        };
    }
}
