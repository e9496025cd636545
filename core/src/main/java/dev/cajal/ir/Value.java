package dev.cajal.ir;

import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.TensorType;

/// One result of a node: an edge of the graph. Equal where the node is the same one.
public record Value(Node node, int index) {
    /// Element type and shape.
    public TensorType type() {
        return node.types().get(index);
    }

    /// The shape.
    public Shape shape() {
        return type().shape();
    }

    /// The element type.
    public DType dtype() {
        return type().dtype();
    }

    /// `f32[2, 3] of add`.
    @Override
    public String toString() {
        return type() + " of " + node;
    }
}
