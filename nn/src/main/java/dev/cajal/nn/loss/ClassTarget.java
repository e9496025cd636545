package dev.cajal.nn.loss;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;

/// The classes that examples belong to, in one of two forms.
sealed interface ClassTarget {
    /// The number of its class for each example, i32 or i64, of the scores' shape without the last dimension.
    record Sparse(Tensor labels) implements ClassTarget {}

    /// The probability of each class, of the scores' shape and type.
    record Dense(Tensor probabilities) implements ClassTarget {}

    /// Tells the form of a target from its shape and element type.
    ///
    /// @param scores one for each class along the last axis
    static ClassTarget of(Record loss, Tensor scores, Tensor target) {
        Shape shape = scores.shape();
        if (shape.rank() < 2 || shape.dim(-1) < 2) {
            throw new ShapeException(
                    "loss.classes",
                    "%s%s needs a score for each of at least two classes, [batch, classes], but the prediction has shape %s. "
                            + "For a single score that says yes or no use the binary loss.",
                    Origin.current().prefix(),
                    Operands.name(loss),
                    shape);
        }
        if (target.shape().equals(shape)) {
            return new Dense(target.asType(scores.dtype()));
        }
        Shape labels = shape.without(List.of(shape.rank() - 1));
        boolean fits = target.shape().equals(labels) || target.shape().equals(shape.withDim(-1, 1));
        if (fits && !target.dtype().isFloating()) {
            // Positions are i32 or i64; a label may also come as a byte or a truth value.
            Tensor positions = target.dtype() == DType.I64 ? target : target.asType(DType.I32);
            return new Sparse(positions.reshape(labels));
        }
        throw new ShapeException(
                "loss.class-target",
                "%s%s got predictions of shape %s and a target %s. It needs class numbers, i32%s, or a probability for each class, f32%s.%s",
                Origin.current().prefix(),
                Operands.name(loss),
                shape,
                target.type(),
                labels,
                shape,
                fits
                        ? Phrase.words(" If these are class numbers, convert them with asType(DType.I32).")
                        : Phrase.NOTHING);
    }
}
