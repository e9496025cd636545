package dev.cajal.cpu.run;

import dev.cajal.backend.Executable;
import dev.cajal.backend.PlanSummary;
import dev.cajal.cpu.loop.FusedLoop;
import dev.cajal.cpu.loop.FusedReduction;
import dev.cajal.cpu.plan.Canonical;
import dev.cajal.cpu.plan.MemoryPlan;
import dev.cajal.cpu.plan.Region;
import dev.cajal.cpu.plan.RegionGraph;
import dev.cajal.cpu.plan.Regions;
import dev.cajal.ir.Graph;
import dev.cajal.ir.Value;
import dev.cajal.rewrite.Rewrites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// From a graph to steps: rewritten, cut into regions, laid out in memory, each region given a kernel.
final class Compiler {
    private final Regions.Cut cut;
    private final MemoryPlan plan;
    private final List<CpuExecutable.Slot> slots = new ArrayList<>();
    private final Map<Value, Integer> slotOf = new HashMap<>();

    private Compiler(Regions.Cut cut, MemoryPlan plan) {
        this.cut = cut;
        this.plan = plan;
    }

    static Executable compile(Graph graph, Set<Integer> donated, PlanSummary costs) {
        // Simplified once composites are gone; in canonical form again, since a loop may have been unrolled.
        Graph canonical = Canonical.of(Rewrites.simplify(Canonical.of(graph)));
        Regions.Cut cut = Regions.of(canonical);
        MemoryPlan plan = MemoryPlan.of(canonical, cut, donated);
        Compiler compiler = new Compiler(cut, plan);
        List<Step> steps = cut.order().stream().map(compiler::step).toList();
        PlanSummary summary = new PlanSummary(costs.argumentBytes(), costs.resultBytes(), plan.arenaBytes(),
                costs.flops());
        return new CpuExecutable(
                steps,
                compiler.slots,
                plan.resultPlaces(),
                canonical.results().stream().map(Value::type).toList(),
                plan.arenaBytes(),
                summary);
    }

    private Step step(Region region) {
        Optional<Step> kernel = switch (region) {
            case Region.Loop loop ->
                FusedLoop.of(loop, cut.regions(), this::slot).map(fused -> memory -> fused.run(memory::segment));
            case Region.Reduction reduction ->
                FusedReduction.of(reduction, cut.regions(), this::slot)
                        .map(fused -> memory -> fused.run(memory::segment));
            case Region.Whole(var node) -> ProductStep.shape(node).map(product -> new ProductStep(
                    product, slot(node.inputs().get(0)), slot(node.inputs().get(1)), slot(node.value())));
        };
        return kernel.orElseGet(() -> plain(region));
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
            slots.add(new CpuExecutable.Slot(place, memory.type().byteSize()));
            return slots.size() - 1;
        });
    }
}
