package dev.cajal.cpu.plan;

import dev.cajal.ir.Graph;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Cuts a graph into regions: decides which values are written to memory, and which are computed on the way inside of loops.
///
/// Three rules. (1) What a whole operation or the caller needs is written. (2) What several loops need is written, unless it is
/// so cheap that computing it again costs less than reading it; and what a broadcast repeats. (3) Loops over one shape that do not wait for each other through a third region become
/// one loop with several outputs: the update of an optimizer is one pass over memory.
public final class Regions {
    /// Arithmetic operations that may be computed again in each loop that needs them.
    private static final int CHEAP = 2;

    /// Operations of one loop: beyond that the compiled method gets too large to be compiled well.
    static final int LARGEST_LOOP = 96;

    private final Graph graph;
    private final Map<Node, List<Node>> users = new IdentityHashMap<>();
    /// Values in memory, by the one whose memory it is: aliases map to what they are an alias of.
    private final Set<Value> written = new LinkedHashSet<>();

    private final TailRule tails;
    private final RowRule rows;

    private Regions(Graph graph, TailRule tails, RowRule rows) {
        this.graph = graph;
        this.tails = tails;
        this.rows = rows;
    }

    /// A graph in regions, each after those that it reads from.
    ///
    /// @param order the regions
    /// @param regions what they compute and read
    public record Cut(List<Region> order, Regions regions) {}

    /// Cuts a graph.
    ///
    /// @param tails which loops may be tails of products
    /// @param rows which loops and reductions may go row by row together
    public static Cut of(Graph graph, TailRule tails, RowRule rows) {
        return new Regions(graph, tails, rows).cut();
    }

    private Cut cut() {
        for (Node node : graph.nodes()) {
            node.inputs().forEach(input -> users.computeIfAbsent(input.node(), _ -> new ArrayList<>()).add(node));
        }
        graph.parameters().forEach(written::add);
        graph.results().forEach(result -> written.add(memory(result)));
        chooseWritten();
        List<Region> regions = new ArrayList<>();
        for (Node node : graph.nodes()) {
            switch (NodeKind.of(node)) {
                case FUSED -> {
                    if (written.contains(node.value())) {
                        regions.add(new Region.Loop(node.value().shape(), List.of(node.value())));
                    }
                }
                case REDUCTION -> regions.add(new Region.Reduction(node));
                case WHOLE -> {
                    if (!(node.op() instanceof Op.Parameter)) {
                        regions.add(new Region.Whole(node));
                    }
                }
                case ALIAS -> {}
            }
        }
        List<Region> ordered = in(new Waits(this, regions), regions);
        Waits waits = new Waits(this, ordered);
        List<Region> merged = new ArrayList<>(ordered);
        new LoopMerger(this, merged, waits).merge();
        new Tails(this, merged, waits, tails, results()).choose();
        new RowChains(this, merged, waits, rows, results()).choose();
        return new Cut(Unread.drop(this, in(waits, merged), results()), this);
    }

    private static List<Region> in(Waits waits, List<Region> regions) {
        return waits.order().stream().map(regions::get).toList();
    }

    private Set<Value> results() {
        Set<Value> results = new HashSet<>();
        graph.results().forEach(result -> results.add(memory(result)));
        return results;
    }

    /// What an alias is an alias of; the value itself if it is none.
    public static Value memory(Value value) {
        Value memory = value;
        while (NodeKind.of(memory.node()) == NodeKind.ALIAS) {
            memory = memory.node().inputs().get(memory.index());
        }
        return memory;
    }

    /// Whether a node in canonical form is a matrix product, as a convolution and its gradients are.
    public static boolean isProduct(Node node) {
        return switch (node.op()) {
            case Op.DotGeneral _, Op.Convolution _ -> true;
            case Op.Composite composite -> KernelGradient.of(composite).isPresent();
            default -> false;
        };
    }

    /// Users before operands, so that it is known in how many loops a value is needed.
    private void chooseWritten() {
        Map<Node, Set<Node>> loops = new IdentityHashMap<>();
        Map<Node, Integer> costs = Costs.of(graph);
        Map<Node, Integer> sizes = new IdentityHashMap<>();
        Set<Value> onlyForSeveral = new HashSet<>();
        for (Node node : graph.nodes().reversed()) {
            NodeKind kind = NodeKind.of(node);
            if (kind != NodeKind.FUSED) {
                node.values().forEach(written::add);
                if (kind == NodeKind.ALIAS) {
                    node.inputs().forEach(input -> written.add(memory(input)));
                    node.values().forEach(written::remove);
                }
                if (kind == NodeKind.WHOLE) {
                    node.inputs().forEach(input -> written.add(memory(input)));
                }
                loops.put(node, Set.of(node));
                continue;
            }
            if (node.op() instanceof Op.BroadcastInDim) {
                hoist(node, costs);
            }
            Value value = node.value();
            Set<Node> needed = new HashSet<>();
            for (Node user : users.getOrDefault(node, List.of())) {
                NodeKind userKind = NodeKind.of(user);
                if (userKind == NodeKind.REDUCTION || userKind == NodeKind.FUSED) {
                    needed.addAll(loops.getOrDefault(user, Set.of()));
                }
            }
            boolean several = needed.size() > 1 && costs.getOrDefault(node, 0) > CHEAP;
            boolean tooLarge = needed.stream().mapToInt(loop -> sizes.merge(loop, Costs.weight(node), Integer::sum))
                    .max()
                    .orElse(0) > LARGEST_LOOP;
            // What a broadcast repeats is read again for less than the whole of it is.
            boolean large = tooLarge && costs.getOrDefault(node, 0) > 0 && !(node.op() instanceof Op.BroadcastInDim);
            if ((several || large) && written.add(value) && !large) {
                onlyForSeveral.add(value);
            }
            loops.put(node, written.contains(value) ? Set.of(node) : needed);
            if (written.contains(value)) {
                sizes.put(node, Costs.weight(node));
            }
        }
        Recomputed.choose(graph, written, onlyForSeveral);
    }

    /// What is computed once and then repeated is not computed again for each repetition; unless it is so little that reading it costs more.
    private void hoist(Node broadcast, Map<Node, Integer> costs) {
        Value operand = broadcast.inputs().getFirst();
        int cost = costs.getOrDefault(operand.node(), 0);
        if (operand.type().size() < broadcast.value().type().size() && cost > 0 && !Costs.isOfIndices(operand.node())) {
            written.add(memory(operand));
        }
    }

    /// A loop without the outputs that nobody needs; what it alone needs is no longer written.
    Region.Loop withoutUnread(Region.Loop loop, Set<Value> needed) {
        List<Value> outputs = loop.outputs().stream().filter(needed::contains).toList();
        loop.outputs().stream().filter(output -> !needed.contains(output)).forEach(written::remove);
        return new Region.Loop(loop.space(), outputs);
    }

    /// The weight of all operations of a loop.
    int size(Region.Loop loop) {
        int size = 0;
        for (Node node : inside(loop)) {
            size += Costs.weight(node);
        }
        return size;
    }

    /// The nodes that a region computes, its outputs' among them.
    public Set<Node> inside(Region region) {
        if (region instanceof Region.Product(Node product, Region.Loop tail)) {
            Set<Node> inside = inside(tail);
            inside.add(product);
            return inside;
        }
        if (region instanceof Region.Rows rows) {
            return union(rows.parts());
        }
        Set<Node> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Node> stack = new ArrayList<>();
        region.outputs().forEach(output -> stack.add(output.node()));
        Set<Node> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
        outputs.addAll(stack);
        while (!stack.isEmpty()) {
            Node node = stack.removeLast();
            if (inside.add(node) && !(region instanceof Region.Whole)) {
                for (Value input : node.inputs()) {
                    Value memory = memory(input);
                    boolean computed = !written.contains(memory) || outputs.contains(memory.node());
                    if (computed && NodeKind.of(input.node()) == NodeKind.FUSED) {
                        stack.add(input.node());
                    }
                }
            }
        }
        return inside;
    }

    private Set<Node> union(List<Region> parts) {
        Set<Node> union = Collections.newSetFromMap(new IdentityHashMap<>());
        parts.forEach(part -> union.addAll(inside(part)));
        return union;
    }

    /// The values in memory that a region reads.
    public Set<Value> reads(Region region) {
        Set<Value> reads = new LinkedHashSet<>();
        Set<Node> inside = inside(region);
        for (Node node : inside) {
            for (Value input : node.inputs()) {
                Value memory = memory(input);
                if (!inside.contains(memory.node())) {
                    reads.add(memory);
                }
            }
        }
        return reads;
    }

    /// Whether a loop reads a value in memory only at the point where the loop itself is, so that it may write there.
    boolean readsOnlyInPlace(Region.Loop loop, Value value) {
        return viewsInPlace(loop, value).filter(views -> views.stream().allMatch(value::equals)).isPresent();
    }

    /// The shapes under which a loop reads a value in memory; empty if it reads it elsewhere than at the point where the loop itself is.
    public Optional<Set<Value>> viewsInPlace(Region.Loop loop, Value value) {
        Set<Node> inPlace = inPlace(loop);
        Set<Value> views = new LinkedHashSet<>();
        for (Node node : inside(loop)) {
            for (Value input : node.inputs()) {
                if (memory(input).equals(value)) {
                    views.add(input);
                    if (!inPlace.contains(node) || moves(node) || !input.shape().equals(loop.space())) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(views);
    }

    /// The nodes of a loop that are needed only at the point where the loop is.
    private Set<Node> inPlace(Region.Loop loop) {
        Set<Node> inside = inside(loop);
        Set<Node> moved = new HashSet<>();
        List<Node> stack = new ArrayList<>();
        inside.stream().filter(Regions::moves)
                .forEach(node -> node.inputs().forEach(input -> stack.add(input.node())));
        while (!stack.isEmpty()) {
            Node node = stack.removeLast();
            if (inside.contains(node) && moved.add(node)) {
                node.inputs().forEach(input -> stack.add(input.node()));
            }
        }
        Set<Node> inPlace = Collections.newSetFromMap(new IdentityHashMap<>());
        inside.stream().filter(node -> !moved.contains(node)).forEach(inPlace::add);
        return inPlace;
    }

    private static boolean moves(Node node) {
        return switch (node.op()) {
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _, Op.BitcastConvert _ -> false;
            default -> true;
        };
    }
}
