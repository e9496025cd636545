package dev.cajal.nn;

import dev.cajal.ir.FlopCounter;
import dev.cajal.ir.Graph;
import dev.cajal.tensor.RandomKey;
import dev.cajal.transform.Transform;
import dev.cajal.type.Bytes;
import dev.cajal.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A network, layer by layer: what each gives, and what it costs. [#toString] is a table for people.
///
/// ```text
/// Layer  Type         Output        Parameters  Weights   Outputs   FLOPs
/// 0      Flatten      [batch, 784]           0  0 bytes    3.1 KB       0
/// 1      Dense, Relu  [batch, 512]     401,920   1.5 MB    2.0 KB   803 K
/// 2      Dense        [batch, 10]        5,130  20.0 KB  40 bytes  10.3 K
/// Total               [batch, 10]      407,050   1.6 MB    5.1 KB   814 K
/// ```
///
/// Nothing is computed and no memory is taken for it: the network is applied to a placeholder.
///
/// @param layers from the input to the output, an outer one before those inside of it; a layer that is used several times stands here once
/// @param total the whole network
public record Summary(List<Row> layers, Row total) {
    public Summary {
        layers = List.copyOf(layers);
    }

    /// One layer, with all that is inside of it.
    ///
    /// @param path where it is, as in the names of its parameters: `0`, `encoder/1`; empty for the whole network
    /// @param type the name of its class, then of the activation it ends with
    /// @param outputs the shapes it gives for one example, without the batch
    /// @param parameters numbers that are trained
    /// @param weightBytes memory of parameters and statistics
    /// @param outputBytes memory of what the layer gives for one example, which training keeps for the way back; of a layer with layers inside, the
    ///     sum of theirs
    /// @param flops floating-point operations of the forward pass for one example; a multiply-add counts as two
    public record Row(
            String path,
            String type,
            List<Shape> outputs,
            long parameters,
            long weightBytes,
            long outputBytes,
            long flops) {
        public Row {
            outputs = List.copyOf(outputs);
        }
    }

    /// A network's layers.
    ///
    /// @param example an input for a batch of one; only its type and shape matter
    public static <I, O> Summary of(Network<I, O> network, I example) {
        Variables variables = network.init(RandomKey.of(0), example);
        List<Scope.Visit> visits = new ArrayList<>();
        Graph graph = Transform.compile((Variables v, I input) -> {
            Scope.Visited<O> visited = Scope.visit(network, v, input, Mode.inference());
            visits.addAll(visited.visits());
            return visited.output();
        }).graph(variables, example);
        return new Counting(variables, graph, visits).summary(network, graph);
    }

    /// Adds up what belongs to a path.
    private record Counting(Variables variables, Graph graph, List<Scope.Visit> visits) {
        Summary summary(Network<?, ?> network, Graph graph) {
            Map<String, Row> rows = new LinkedHashMap<>();
            for (Scope.Visit visit : visits) {
                if (!isPartOfLayer(visit)) {
                    rows.putIfAbsent(visit.path(), row(visit.path(), type(visit), visit.outputs()));
                }
            }
            List<Shape> outputs = graph.results().stream().map(result -> result.type().shape()).toList();
            return new Summary(List.copyOf(rows.values()), row("", network.getClass().getSimpleName(), outputs));
        }

        /// `Dense, Relu`: an activation that a layer ends with is no row of its own.
        private String type(Scope.Visit visit) {
            String own = visit.network().getClass().getSimpleName();
            return visits.stream()
                    .filter(inner -> isPartOfLayer(inner) && parent(inner.path()).equals(visit.path()))
                    .filter(inner -> !inner.type().startsWith("Identity"))
                    .map(inner -> own + ", " + inner.type())
                    .findFirst()
                    .orElse(own);
        }

        private static boolean isPartOfLayer(Scope.Visit visit) {
            return visit.network() instanceof Activation && visit.path().endsWith("/activation");
        }

        private static String parent(String path) {
            return path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }

        private Row row(String path, String type, List<Shape> outputs) {
            long parameters = variables.parameters().entrySet().stream()
                    .filter(each -> isWithin(each.getKey(), path))
                    .mapToLong(each -> each.getValue().shape().size())
                    .sum();
            long weightBytes = Stream
                    .concat(variables.parameters().entrySet().stream(), variables.statistics().entrySet().stream())
                    .filter(each -> isWithin(each.getKey(), path))
                    .mapToLong(each -> each.getValue().type().byteSize())
                    .sum();
            long flops = graph.nodes().stream()
                    .filter(node -> isWithin(node.origin().path(), path))
                    .mapToLong(FlopCounter::count)
                    .sum();
            List<Shape> each = outputs.stream().map(Counting::withoutBatch).toList();
            return new Row(path, type, each, parameters, weightBytes, outputBytes(path), flops);
        }

        /// Those of the innermost layers: a container gives what its last layer gave.
        private long outputBytes(String path) {
            return visits.stream()
                    .filter(visit -> isWithin(visit.path(), path) && isInnermost(visit.path()))
                    .mapToLong(Scope.Visit::outputBytes)
                    .sum();
        }

        private boolean isInnermost(String path) {
            return visits.stream().noneMatch(other -> other.path().startsWith(path + "/"));
        }

        private static boolean isWithin(String inner, String path) {
            return path.isEmpty() || inner.equals(path) || inner.startsWith(path + "/");
        }

        private static Shape withoutBatch(Shape shape) {
            return shape.rank() == 0 ? shape : shape.without(List.of(0));
        }
    }

    /// The table.
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("Layer", "Type", "Output", "Parameters", "Weights", "Outputs", "FLOPs"));
        layers.forEach(row -> lines.add(cells(row, row.path(), row.type())));
        lines.add(cells(total, "Total", ""));
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
    }

    private static List<String> cells(Row row, String name, String type) {
        return List.of(
                name,
                type,
                row.outputs().stream().map(Summary::withBatch).collect(Collectors.joining(" ")),
                String.format(Locale.ROOT, "%,d", row.parameters()),
                Bytes.format(row.weightBytes()),
                Bytes.format(row.outputBytes()),
                operations(row.flops()));
    }

    private static String withBatch(Shape shape) {
        return Stream.concat(Stream.of("batch"), shape.dims().stream().map(String::valueOf))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// `1.34 M`.
    private static String operations(long count) {
        if (count < 1000) {
            return String.valueOf(count);
        }
        int unit = Math.min(3, (int) Math.log10(count) / 3);
        return String.format(Locale.ROOT, "%.3g %c", count / Math.pow(1000, unit), "KMG".charAt(unit - 1));
    }

    /// Names to the left, numbers to the right.
    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            boolean name = i < 3;
            line.append(name ? cells.get(i) : padding).append(name ? padding : cells.get(i)).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
