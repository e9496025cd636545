package dev.cajal.cpu.plan;

import dev.cajal.ir.Node;
import dev.cajal.ir.Op;
import dev.cajal.ir.Value;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.Optional;

/// What an operation looks at in its operands when it runs, and fails if they are no good. Equal checks have the same outcome in a run: after the first one the others
/// cannot fail. So the scatter that is the gradient of a gather does not count, as it has the gather's indices.
///
/// @param indices the memory of what is looked at
/// @param limits of each component of an index vector, not included; of one that is a whole graph with checks of its own, none
/// @param shape of the indices, where they are vectors of several components
/// @param dimension of the components there
record Check(Value indices, List<Integer> limits, Shape shape, int dimension) {
    Check {
        limits = List.copyOf(limits);
    }

    /// What a node looks at; empty if it cannot fail.
    static Optional<Check> of(Node node) {
        return switch (node.op()) {
            case Op.Gather gather -> {
                var d = gather.dimensions();
                yield Optional.of(indices(node, d.startIndexMap(), d.indexVector(),
                        gather.sliceSizes().stream().mapToInt(Integer::intValue).toArray()));
            }
            case Op.Scatter scatter -> {
                var d = scatter.dimensions();
                yield Optional.of(indices(node, d.indexMap(), d.indexVector(),
                        d.slice(node.inputs().getFirst().shape(), node.inputs().get(2).shape())));
            }
            case Op.While _, Op.Scan _ -> Optional.of(new Check(node.values().getFirst(), List.of(), Shape.of(), 0));
            default -> Optional.empty();
        };
    }

    private static Check indices(Node node, List<Integer> axes, int dimension, int[] slice) {
        Shape operand = node.inputs().getFirst().shape();
        Value indices = node.inputs().get(1);
        List<Integer> limits = axes.stream().map(axis -> operand.dim(axis) - slice[axis] + 1).toList();
        boolean isScalar = limits.size() == 1;
        return new Check(Regions.memory(indices), limits, isScalar ? Shape.of() : indices.shape(),
                isScalar ? 0 : dimension);
    }
}
