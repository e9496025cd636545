package dev.cajal.nn.layer;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;

/// A table that stands at both ends of a network: its rows go in ([Embedding]), and the products of what comes out with each row are the logits. Fewer parameters, and each learns from
/// both ends.
///
/// - input: `[batch, ...]`, numbers from 0 to `count - 1`
/// - output: `[batch, ..., count]`
/// - parameters: `table` `[count, width]`, and those of `body`
///
/// O. Press, L. Wolf, *Using the Output Embedding to Improve Language Models*, 2017.
///
/// @param count how many things there are
/// @param width how many numbers stand for each
/// @param body from `[batch, ..., width]` to the same shape
/// @param table the table's first elements
public record TiedEmbedding(int count, int width, Layer body, Initializer table) implements Layer {
    public TiedEmbedding {
        Inputs.requirePositive("The count of things of TiedEmbedding", count);
        Inputs.requirePositive("The width of TiedEmbedding", width);
    }

    /// A table that begins with normal numbers of deviation 0.02, so that the first logits are small.
    public static TiedEmbedding of(int count, int width, Layer body) {
        return new TiedEmbedding(count, width, body, Initializers.normal(0.02));
    }

    /// The same with other first elements.
    public TiedEmbedding withTable(Initializer initializer) {
        return new TiedEmbedding(count, width, body, initializer);
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Tensor rows = scope.parameter("table", Shape.of(count, width), table);
        Tensor output = scope.call("body", body, Embedding.rows(rows, x, scope));
        return output.matmul(rows.transpose(1, 0));
    }
}
