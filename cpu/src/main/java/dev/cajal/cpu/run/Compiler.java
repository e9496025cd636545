package dev.cajal.cpu.run;

import dev.cajal.backend.Executable;
import dev.cajal.cpu.describe.Layout;
import dev.cajal.cpu.loop.FusedLoop;
import dev.cajal.cpu.loop.FusedReduction;
import dev.cajal.cpu.loop.RowChain;
import dev.cajal.cpu.loop.TileLoop;
import dev.cajal.cpu.matmul.Contraction;
import dev.cajal.cpu.plan.Canonical;
import dev.cajal.cpu.plan.MemoryPlan;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.RegionGraph;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.cpu.plan.RowRule;
import dev.cajal.cpu.whole.WholeKernels;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.rewrite.Rewrites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// From a graph to steps: rewritten, cut into regions, laid out in memory, each region given a kernel.
final class Compiler {
    private final Regions.Cut cut;
    private final MemoryPlan plan;
    private final RowRule rows;
    /// The first argument that does not change from trip to trip of a repetition.
    private final int firstKept;
    private final List<Program.Slot> slots = new ArrayList<>();
    private final Map<Value, Integer> slotOf = new HashMap<>();

    private Compiler(Regions.Cut cut, MemoryPlan plan, RowRule rows, int firstKept) {
        this.cut = cut;
        this.plan = plan;
        this.rows = rows;
        this.firstKept = firstKept;
    }

    static Executable compile(Graph graph, Set<Integer> donated, RowRule rows) {
        return new CpuExecutable(program(graph, donated, rows), donated);
    }

    /// The plan of a graph.
    ///
    /// @param rows which loops and reductions may go row by row together
    static Program program(Graph graph, Set<Integer> donated, RowRule rows) {
        return program(graph, donated, rows, Integer.MAX_VALUE);
    }

    /// The plan of a graph, or of the body of a loop.
    ///
    /// @param firstKept the first argument that is the same for all trips of a repetition
    private static Program program(Graph graph, Set<Integer> donated, RowRule rows, int firstKept) {
        // Simplified once composites are gone; in canonical form again, since a loop may have been unrolled.
        Graph canonical = Canonical.of(Rewrites.simplify(Canonical.of(graph)));
        Regions.Cut cut = Regions.of(canonical, Compiler::isTail, rows);
        MemoryPlan plan = MemoryPlan.of(canonical, cut, donated);
        Compiler compiler = new Compiler(cut, plan, rows, firstKept);
        Layout layout = new Layout(canonical, cut, plan);
        List<Step> steps = layout.running().stream().map(compiler::step).toList();
        return new Program(
                layout,
                steps,
                compiler.slots,
                plan.resultPlaces(),
                canonical.results().stream().map(Value::type).toList(),
                plan.arenaBytes());
    }

    private Step step(Region region) {
        return switch (region) {
            case Region.Loop loop ->
                FusedLoop.of(loop, cut.regions(), this::slot)
                        .<Step>map(fused -> memory -> fused.bind(memory::segment))
                        .orElseGet(() -> plain(region));
            case Region.Reduction reduction ->
                FusedReduction.of(reduction, cut.regions(), this::slot)
                        .<Step>map(ReductionStep::new)
                        .orElseGet(() -> plain(region));
            case Region.Product product -> product(product);
            case Region.Rows rows -> {
                RowChain chain = RowChain.of(rows, cut.regions(), this::slot).orElseThrow();
                yield memory -> chain.bind(memory::segment);
            }
            case Region.Whole(Node node) -> whole(region, node);
        };
    }

    private static boolean isTail(Region.Loop loop, Value product, Regions regions) {
        return WholeKernels.product(product.node()).filter(Contraction::hasDenseRows).isPresent()
                && TileLoop.of(loop, product, regions, _ -> 0).isPresent();
    }

    private Step product(Region.Product region) {
        Node node = region.node();
        Contraction product = WholeKernels.product(node).orElseThrow();
        TileLoop tail = TileLoop.of(region.tail(), node.value(), cut.regions(), this::slot).orElseThrow();
        Value right = node.inputs().get(1);
        return new ProductStep(product, tail, slot(node.inputs().get(0)), slot(right), isKept(right));
    }

    private Step whole(Region region, Node node) {
        int[] reads = slots(node.inputs());
        int[] writes = slots(node.values());
        return switch (node.op()) {
            case Op.Scan scan ->
                new ScanStep(program(scan.body(), scan.carries() + scan.xs()), node, scan, reads, writes);
            case Op.While(Graph condition, Graph body) ->
                new WhileStep(program(condition, Set.of(), rows), program(body, Set.of(), rows), node, reads, writes);
            case Op.DotGeneral _ when isKept(node.inputs().get(1)) && WholeKernels.product(node).isPresent() ->
                new RepeatedProductStep(WholeKernels.product(node).get(), reads[0], reads[1], writes[0]);
            case Op _ ->
                WholeKernels.of(node)
                        .<Step>map(kernel -> new WholeStep(kernel, reads, writes))
                        .orElseGet(() -> plain(region));
        };
    }

    private Program program(Graph body, int firstKept) {
        return program(body, Set.of(), rows, firstKept);
    }

    /// Whether a value is the same for all trips of a repetition.
    private boolean isKept(Value value) {
        return plan.places().get(Regions.memory(value)) instanceof MemoryPlan.Place.Argument(int index)
                && index >= firstKept;
    }

    private Step plain(Region region) {
        RegionGraph graph = RegionGraph.of(region, cut.regions());
        return new GraphStep(graph, slots(graph.reads()), slots(region.outputs()));
    }

    private int[] slots(Collection<Value> values) {
        return values.stream().mapToInt(this::slot).toArray();
    }

    private int slot(Value value) {
        Value memory = Regions.memory(value);
        return slotOf.computeIfAbsent(memory, _ -> {
            MemoryPlan.Place place = plan.places().get(memory);
            if (place == null) {
                throw new IllegalStateException(memory + " has no place in memory");
            }
            slots.add(new Program.Slot(place, memory.type().byteSize()));
            return slots.size() - 1;
        });
    }
}
