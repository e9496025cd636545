package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;

/// A learned row of numbers for each of a number of things, such as words or categories.
///
/// - input: `[batch, ...]`, numbers from 0 to `count - 1`, i32, i64 or u8; any other number makes the run fail
/// - output: `[batch, ..., width]`
/// - parameters: `table` `[count, width]`
///
/// Y. Bengio et al., *A Neural Probabilistic Language Model*, 2003.
///
/// @param count how many things there are
/// @param width how many numbers stand for each
/// @param table the table's first elements
public record Embedding(int count, int width, Initializer table) implements Layer {
    public Embedding {
        Inputs.requirePositive("The count of things of Embedding", count);
        Inputs.requirePositive("The width of Embedding", width);
    }

    /// A table that begins with normal numbers of deviation 1, so that what comes out is of the size that layers
    /// expect.
    public static Embedding of(int count, int width) {
        return new Embedding(count, width, Initializers.normal(1));
    }

    /// The same with other first elements.
    public Embedding withTable(Initializer initializer) {
        return new Embedding(count, width, initializer);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        return rows(scope.parameter("table", Shape.of(count, width), table), x, scope);
    }

    /// The rows of a table that numbers stand for; zeros for padding.
    static Tensor rows(Tensor table, Tensor x, Scope scope) {
        if (!x.dtype().isInteger()) {
            throw new ShapeException(
                    "shape.embedding",
                    "%sEmbedding takes whole numbers from 0 to %s (i32, i64 or u8), but got %s. Convert them with asType(DType.I32), "
                            + "or use Dense for quantities.",
                    Origin.current().prefix(),
                    table.dim(0) - 1,
                    x.type());
        }
        Tensor rows = table.take(x.dtype() == DType.U8 ? x.asType(DType.I32) : x);
        return x.shape().rank() == 2 ? scope.surroundings().withoutPadding(rows) : rows;
    }
}
