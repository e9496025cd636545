package dev.cajal.reference;

import dev.cajal.ir.Graph;
import dev.cajal.ir.GraphPrinter;
import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A graph as a list of steps over numbered slots, each of which is emptied after its last use.
final class Program {
    private final List<Step> steps;
    private final int[] parameters;
    private final int[] results;
    private final int slots;
    private final long temporaryBytes;

    /// One node.
    ///
    /// @param inputs slots of the operands
    /// @param outputs slots of the results
    /// @param dead slots that nobody reads after this step
    /// @param regions the programs of the graphs inside of the operation, in the order of [GraphPrinter#regions]
    record Step(Node node, int[] inputs, int[] outputs, int[] dead, List<Program> regions) {}

    private Program(List<Step> steps, int[] parameters, int[] results, int slots, long temporaryBytes) {
        this.steps = steps;
        this.parameters = parameters;
        this.results = results;
        this.slots = slots;
        this.temporaryBytes = temporaryBytes;
    }

    static Program of(Graph graph) {
        Map<Value, Integer> slots = new HashMap<>();
        graph.parameters().forEach(parameter -> slots.putIfAbsent(parameter, slots.size()));
        for (Node node : graph.nodes()) {
            node.values().forEach(value -> slots.putIfAbsent(value, slots.size()));
        }
        List<List<Integer>> dead = lastUses(graph, slots);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            if (!(node.op() instanceof Op.Parameter)) {
                List<Program> regions = GraphPrinter.regions(node.op()).values().stream().map(Program::of).toList();
                steps.add(new Step(
                        node,
                        numbers(node.inputs(), slots),
                        numbers(node.values(), slots),
                        dead.get(i).stream().mapToInt(Integer::intValue).toArray(),
                        regions));
            }
        }
        long temporaryBytes = peak(graph, steps, slots);
        return new Program(
                List.copyOf(steps),
                numbers(graph.parameters(), slots),
                numbers(graph.results(), slots),
                slots.size(),
                temporaryBytes);
    }

    /// The slots that are not needed after each node of the graph.
    private static List<List<Integer>> lastUses(Graph graph, Map<Value, Integer> slots) {
        Set<Value> needed = new HashSet<>(graph.results());
        List<List<Integer>> dead = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            List<Integer> last = new ArrayList<>();
            for (Value value : concat(node.values(), node.inputs())) {
                if (needed.add(value)) {
                    last.add(slots.get(value));
                }
            }
            dead.add(last);
        }
        return dead.reversed();
    }

    private static List<Value> concat(List<Value> a, List<Value> b) {
        List<Value> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /// The largest number of bytes between operations at any moment, arguments and results aside.
    private static long peak(Graph graph, List<Step> steps, Map<Value, Integer> slots) {
        long[] bytes = new long[slots.size()];
        Set<Value> outside = new HashSet<>(graph.results());
        outside.addAll(graph.parameters());
        slots.forEach((value, slot) -> bytes[slot] = outside.contains(value) ? 0 : value.type().byteSize());
        long live = 0;
        long peak = 0;
        for (Step step : steps) {
            for (int output : step.outputs()) {
                live += bytes[output];
            }
            long inside = step.regions().stream().mapToLong(Program::temporaryBytes).max().orElse(0);
            peak = Math.max(peak, live + inside);
            for (int slot : step.dead()) {
                live -= bytes[slot];
            }
        }
        return peak;
    }

    private static int[] numbers(List<Value> values, Map<Value, Integer> slots) {
        return values.stream().mapToInt(slots::get).toArray();
    }

    /// See [dev.cajal.backend.PlanSummary].
    long temporaryBytes() {
        return temporaryBytes;
    }

    /// Runs the steps.
    ///
    /// @param checked whether to look for results that are not finite
    List<Elements> run(List<Elements> arguments, boolean checked) {
        @Nullable
        Elements[] contents = new Elements[slots];
        for (int i = 0; i < parameters.length; i++) {
            contents[parameters[i]] = arguments.get(i);
        }
        for (Step step : steps) {
            List<Elements> operands = read(contents, step.inputs());
            List<Elements> outputs = Evaluator.evaluate(step, operands, checked);
            if (checked) {
                FiniteCheck.check(step.node(), operands, outputs);
            }
            for (int i = 0; i < step.outputs().length; i++) {
                contents[step.outputs()[i]] = outputs.get(i);
            }
            for (int slot : step.dead()) {
                contents[slot] = null;
            }
        }
        return read(contents, results);
    }

    private static List<Elements> read(@Nullable Elements[] contents, int[] slots) {
        List<Elements> read = new ArrayList<>();
        for (int slot : slots) {
            read.add(Objects.requireNonNull(contents[slot], "read after its last use"));
        }
        return read;
    }
}
