package dev.cajal.nn;

import dev.cajal.nn.example.Batch;
import dev.cajal.nn.example.TargetEncoding;
import dev.cajal.nn.loss.Loss;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;

/// What a network gave and what it should have given, as loss and measures compare them: row by row, an example each; where targets are filled up, a position of an example each, and what only fills up
/// does not count.
///
/// @param output `[rows, ...]`
/// @param target `[rows, ...]`, as the loss takes it
/// @param weights `[rows]`
record Scored(Tensor output, Tensor target, Tensor weights) {
    /// @param output of the network for the batch
    static Scored of(TargetEncoding<?> encoding, Tensor output, Batch batch) {
        Tensor target = encoding.prepare(batch.targets());
        if (encoding.filler().isEmpty()) {
            return new Scored(output, target, batch.weights());
        }
        Tensor present = batch.targets().ne(encoding.filler().getAsInt()).asType(DType.F32);
        return new Scored(
                output.reshape(-1, output.dim(-1)), target.flatten(),
                present.times(batch.weights().expandDims(-1)).flatten());
    }

    /// The mean loss, a scalar.
    Tensor loss(Loss loss) {
        return loss.mean(output, target, weights);
    }

    /// The share of right classes, a scalar: of examples, or of positions.
    ///
    /// The network's output is `[rows, positions..., classes]`.
    Tensor accuracy() {
        Tensor right = output.argMax(-1).eq(target).asType(DType.F32);
        return Loss.weightedMean(right.shape().rank() == 1 ? right : right.reshape(right.dim(0), -1).mean(-1), weights);
    }

    /// How many rows these means are of, a scalar.
    Tensor count() {
        return weights.sum();
    }
}
