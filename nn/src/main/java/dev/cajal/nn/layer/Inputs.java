package dev.cajal.nn.layer;

import dev.cajal.ir.Origin;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Phrase;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import java.util.List;
import java.util.Optional;

/// What layers ask of their inputs and settings.
final class Inputs {
    private Inputs() {}

    /// Refuses an input of too few dimensions.
    ///
    /// @param form how the shape has to look, such as `[batch, ..., features]`
    static void requireRank(Record layer, Tensor x, int minimum, String form) {
        if (x.shape().rank() < minimum) {
            throw new ShapeException(
                    "shape.layer-input",
                    "%s%s takes inputs of shape %s, but got %s. The first dimension is the batch; a single example becomes a batch of "
                            + "one with expandDims(0).",
                    Origin.current().prefix(),
                    layer.getClass().getSimpleName(),
                    form,
                    x.type());
        }
    }

    static void requireSome(Record layer, List<Tensor> inputs) {
        if (inputs.isEmpty()) {
            throw new ShapeException(
                    "shape.merge-nothing", "%s%s needs at least one tensor, but got none.", Origin.current().prefix(),
                    layer.getClass().getSimpleName());
        }
    }

    /// Refuses tensors of several shapes: broadcasting would hide a mistake here.
    static void requireSameShapes(Record layer, List<Tensor> inputs) {
        requireSome(layer, inputs);
        List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
        if (shapes.stream().distinct().count() > 1) {
            throw new ShapeException(
                    "shape.merge", "%s%s takes tensors of one shape, but got %s.", Origin.current().prefix(),
                    layer.getClass().getSimpleName(), shapes);
        }
    }

    static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new CajalException("layer.setting", "%s has to be %s, but is %s.", Phrase.words(what),
                    Phrase.words("at least 1"), number);
        }
    }

    static void requireSetting(boolean holds, String what, double number, String needed) {
        if (!holds) {
            throw new CajalException("layer.setting", "%s has to be %s, but is %s.", Phrase.words(what),
                    Phrase.words(needed), number);
        }
    }

    /// Which positions hold something, `[batch, positions]`, if the input is a batch of sequences inside of [Padded]; empty if all do.
    static Optional<Tensor> present(Tensor x, Scope scope) {
        return x.shape().rank() == 3 ? scope.surroundings().present(x) : Optional.empty();
    }

    /// The input, with zeros for padding if it is a batch of sequences inside of [Padded].
    static Tensor withoutPadding(Tensor x, Scope scope) {
        return x.shape().rank() == 3 ? scope.surroundings().withoutPadding(x) : x;
    }

    /// Refuses sequences inside of [Padded].
    ///
    /// @param instead what to do
    static void requireNotPadded(Record layer, Tensor x, Scope scope, String instead) {
        if (present(x, scope).isPresent()) {
            throw new ShapeException("shape.not-padded",
                    "%s%s looks at padding too, so that it cannot be used on sequences inside of Padded: %s. %s",
                    Origin.current().prefix(), layer.getClass().getSimpleName(), x.type(), Phrase.words(instead));
        }
    }

    /// The input in a type in which many numbers can be added up: bf16 and integers become f32.
    static Tensor wide(Tensor x) {
        return x.dtype() == DType.BF16 ? x.asType(DType.F32) : x.asFloating();
    }

    /// A result in the type of the input, if that is a floating-point one.
    static Tensor narrow(Tensor result, Tensor x) {
        return x.dtype() == DType.BF16 ? result.asType(DType.BF16) : result;
    }

    /// The shape `[last dimension]`.
    static Shape features(Tensor x) {
        return Shape.of(x.dim(-1));
    }
}
