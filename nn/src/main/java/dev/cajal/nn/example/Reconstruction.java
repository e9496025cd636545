package dev.cajal.nn.example;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.List;

/// The input itself: what an autoencoder is trained for. A network gives as many numbers as an input has, in the input's shape.
///
/// @param input how it is encoded
/// @param <X> the person's type
public record Reconstruction<X>(InputEncoding<X> input) implements TargetEncoding<X> {
    @Override
    public int outputs() {
        return Math.toIntExact(input.shape().size());
    }

    @Override
    public Shape shape() {
        return input.shape();
    }

    @Override
    public Shape outputShape() {
        return input.shape();
    }

    @Override
    public Rows encode(List<X> labels) {
        return Examples.encode(input, labels);
    }

    @Override
    public Tensor prepare(Tensor targets) {
        return input.prepare(targets);
    }

    /// The input as the network puts it together again.
    ///
    /// @throws dev.cajal.type.CajalException if numbers cannot become such an input
    @Override
    public Prediction<X> decode(float[] answers) {
        return Prediction.of(input.decode(answers));
    }

    @Override
    public Reconstruction<X> learn(Rows training) {
        return new Reconstruction<>(input.learn(training));
    }
}
