package dev.cajal.cpu.describe;

import dev.cajal.backend.Plan;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.ir.FlopCounter;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Origin;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A layout as a [plan][Plan], made when somebody asks.
public final class PlanDescription {
    private final Layout layout;
    private final Regions regions;
    private final List<Region> running;
    private final List<List<Node>> inside;
    private final Allocations allocations;

    private PlanDescription(Layout layout) {
        this.layout = layout;
        this.regions = layout.cut().regions();
        this.running = layout.running();
        this.inside = layout.inside();
        this.allocations = Allocations.of(layout);
    }

    /// The description of a layout.
    public static PlanDescription of(Layout layout) {
        return new PlanDescription(layout);
    }

    /// A region that runs.
    ///
    /// @param index which
    /// @param plain whether there is no kernel for it
    /// @param repeated what runs inside, if it is a repetition
    public Plan.Region region(int index, boolean plain, Optional<Plan.Repeated> repeated) {
        Region region = running.get(index);
        List<Node> nodes = inside.get(index);
        Shape space = space(region);
        return new Plan.Region(
                plain ? Plan.Kind.PLAIN : kind(region),
                RegionText.of(nodes, space),
                space,
                nodes.size(),
                origins(nodes),
                numbers(regions.reads(region)),
                numbers(region.outputs()),
                repeated.map(PlanDescription::flops)
                        .orElseGet(() -> nodes.stream().mapToLong(FlopCounter::count).sum()),
                RegionBytes.count(region, nodes, regions, allocations),
                repeated);
    }

    /// The whole.
    ///
    /// @param all the regions
    /// @param temporaryBytes of the arena and of what repetitions need beside it
    public Plan plan(List<Plan.Region> all, long temporaryBytes) {
        long arena = layout.memory().arenaBytes();
        return new Plan(
                all,
                allocations.all(),
                layout.memory().resultPlaces().stream().map(Allocations::place).toList(),
                bytes(layout.graph().parameters()),
                bytes(layout.graph().results()),
                arena,
                temporaryBytes - arena);
    }

    private static Plan.Kind kind(Region region) {
        return switch (region) {
            case Region.Loop _ -> Plan.Kind.LOOP;
            case Region.Reduction _ -> Plan.Kind.REDUCTION;
            case Region.Rows _ -> Plan.Kind.ROWS;
            case Region.Product _ -> Plan.Kind.PRODUCT_WITH_TAIL;
            case Region.Whole(Node node) when Regions.isProduct(node) -> Plan.Kind.PRODUCT;
            case Region.Whole(Node node) -> switch (node.op()) {
                case Op.Scan _, Op.While _ -> Plan.Kind.REPETITION;
                default -> Plan.Kind.OPERATION;
            };
        };
    }

    private static Shape space(Region region) {
        return switch (region) {
            case Region.Loop loop -> loop.space();
            case Region.Reduction(Node node) -> node.inputs().getFirst().shape();
            case Region.Rows rows -> space(rows.parts().getFirst());
            case Region.Product(Node _, Region.Loop tail) -> tail.space();
            case Region.Whole(Node node) -> node.types().getFirst().shape();
        };
    }

    /// Where the operations come from that a person would name; where there is none, all of them.
    private static List<Origin> origins(List<Node> nodes) {
        List<Node> named = nodes.stream().filter(node -> RegionText.isNamed(node, nodes)).toList();
        return (named.isEmpty() ? nodes : named).stream().map(Node::origin).distinct().toList();
    }

    private List<Integer> numbers(Collection<Value> values) {
        return values.stream().map(allocations::number).distinct().toList();
    }

    private static long flops(Plan.Repeated repeated) {
        return repeated.trips().orElse(1) * repeated.plans().stream().mapToLong(Plan::flops).sum();
    }

    private static long bytes(List<Value> values) {
        return values.stream().map(Value::type).mapToLong(TensorType::byteSize).sum();
    }
}
