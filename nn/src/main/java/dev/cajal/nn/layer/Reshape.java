package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The numbers of each example, in row-major order, under another shape.
///
/// - input: `[batch, ...]`
/// - output: `[batch, dims...]`
///
/// ```java
/// Reshape.of(28, 28, 1) // rows of 784 numbers to images of one channel
/// ```
///
/// @param dims the shape of one example; one dimension may be -1: it is computed
public record Reshape(List<Integer> dims) implements Layer {
    public Reshape {
        dims = List.copyOf(dims);
        if (Collections.frequency(dims, -1) > 1 || dims.stream().anyMatch(dim -> dim < -1)) {
            throw new CajalException(
                    "layer.reshape", "Reshape takes lengths of dimensions, at most one of which is -1, but got %s.",
                    dims);
        }
    }

    /// To the given shape of one example, without the batch.
    public static Reshape of(int... dims) {
        return new Reshape(Arrays.stream(dims).boxed().toList());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 1, "[batch, ...]");
        Shape example = x.shape().without(List.of(0));
        long size = example.size();
        long known = dims.stream().filter(dim -> dim != -1).mapToLong(dim -> dim).reduce(1, (a, b) -> a * b);
        boolean open = dims.contains(-1);
        if (open ? known == 0 || size % known != 0 : size != known) {
            throw new ShapeException(
                    "shape.reshape-layer",
                    "%sReshape cannot make %s of an example of shape %s, which has %s numbers: %s.",
                    Origin.current().prefix(),
                    dims,
                    example,
                    size,
                    open
                            ? Phrase.of("reshape.divide", "they do not divide by %s", known)
                            : Phrase.of("reshape.size", "the new shape has %s", known));
        }
        List<Integer> all = new ArrayList<>(List.of(x.dim(0)));
        for (int dim : dims) {
            all.add(dim == -1 ? Math.toIntExact(size / known) : dim);
        }
        return x.reshape(Shape.of(all));
    }
}
