package dev.cajal.nn.loss;

import dev.cajal.ir.Origin;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A prediction and a target of one shape and one floating-point type.
record Operands(Tensor prediction, Tensor target) {
    /// Checks that a target fits a prediction, and converts both.
    ///
    /// The shapes have to be the same, but for a last dimension of 1 that one of them may lack. Nothing else is broadcast: `[n, 1]` against
    /// `[n]` would quietly become `[n, n]`, the classic mistake.
    ///
    /// Class numbers, whole numbers that lack the prediction's last dimension, stand for rows with 1 for the class and 0 elsewhere.
    static Operands of(Record loss, Tensor prediction, Tensor given) {
        Tensor p = floating(loss, prediction);
        Tensor target = areClasses(p, given) ? given.oneHot(p.dim(-1), p.dtype()) : given;
        if (!target.shape().equals(p.shape()) && !withoutLastOne(target.shape()).equals(withoutLastOne(p.shape()))) {
            throw new ShapeException(
                    "loss.target",
                    "%s%s compares each number of the prediction with one of the target, but the prediction has shape %s and the target %s. "
                            + "Give the network's last layer as many units as the target has numbers.",
                    Origin.current().prefix(),
                    name(loss),
                    p.shape(),
                    target.shape());
        }
        return new Operands(p, target.asType(p.dtype()).reshape(p.shape()));
    }

    private static boolean areClasses(Tensor prediction, Tensor target) {
        int last = prediction.shape().rank() - 1;
        return (target.dtype() == DType.I32 || target.dtype() == DType.I64)
                && last > 0
                && prediction.dim(last) > 1
                && target.shape().equals(prediction.shape().without(List.of(last)));
    }

    /// A prediction as numbers that a loss can be computed in: at least f32.
    static Tensor floating(Record loss, Tensor prediction) {
        if (prediction.shape().rank() == 0) {
            throw new ShapeException(
                    "loss.batch",
                    "%s%s needs a batch of predictions, [batch, ...], but got a single number.",
                    Origin.current().prefix(),
                    name(loss));
        }
        Tensor p = prediction.asFloating();
        return p.dtype() == DType.BF16 ? p.asType(DType.F32) : p;
    }

    /// Target minus prediction.
    Tensor difference() {
        return target.minus(prediction);
    }

    /// The mean over everything but the batch.
    static Tensor meanOfEach(Tensor losses) {
        return losses.shape().rank() == 1 ? losses : losses.mean(inner(losses));
    }

    /// The sum over everything but the batch.
    static Tensor sumOfEach(Tensor losses) {
        return losses.shape().rank() == 1 ? losses : losses.sum(inner(losses));
    }

    private static int[] inner(Tensor losses) {
        return IntStream.range(1, losses.shape().rank()).toArray();
    }

    private static Shape withoutLastOne(Shape shape) {
        int last = shape.rank() - 1;
        return last > 0 && shape.dim(last) == 1 ? Shape.of(Arrays.copyOf(shape.toArray(), last)) : shape;
    }

    /// Checks a number of a loss's configuration.
    static void require(boolean valid, String name, double number, String needed) {
        if (!valid) {
            throw new CajalException("loss.option", "The %s of the loss is %s, but has to be %s.", Phrase.words(name),
                    number,
                    Phrase.words(needed));
        }
    }

    static String name(Record loss) {
        return loss.getClass().getSimpleName();
    }
}
