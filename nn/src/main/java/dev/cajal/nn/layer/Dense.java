package dev.cajal.nn.layer;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Scope;
import dev.cajal.nn.activation.Activations;
import dev.cajal.nn.initializer.Initializer;
import dev.cajal.nn.initializer.Initializers;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.Optional;

/// `activation(x * kernel + bias)`: every output is a weighted sum of all inputs. Also called linear or fully
/// connected.
///
/// - input: `[batch, ..., in]`
/// - output: `[batch, ..., units]`
/// - parameters: `kernel` `[in, units]`, `bias` `[units]`, and those of the activation below `activation`
///
/// It works on the last dimension. An image `[batch, height, width, channels]` is taken pixel by pixel, so that the
/// output is an image of `units` channels; for one row of outputs for each image put a [Flatten] in front.
///
/// The number of inputs is that of the first input it sees. F. Rosenblatt, *The Perceptron*, 1958.
///
/// @param units the number of outputs
/// @param activation applied to the sums
/// @param kernel the kernel's first elements
/// @param bias the bias' first elements, if there is to be one
public record Dense(int units, Activation activation, Initializer kernel, Optional<Initializer> bias) implements Layer {
    public Dense {
        Inputs.requirePositive("The number of units of Dense", units);
    }

    /// Weighted sums without activation: the last layer of a network whose loss takes logits or quantities.
    public static Dense of(int units) {
        return of(units, Activations.IDENTITY);
    }

    /// With an activation, which chooses the kernel's initializer ([Activation#kernelInitializer]): Glorot's, He's for
    /// the relatives of ReLU, LeCun's for SELU. The bias begins with zeros.
    public static Dense of(int units, Activation activation) {
        return new Dense(units, activation, activation.kernelInitializer(), Optional.of(Initializers.zeros()));
    }

    /// The same with other first elements of the kernel.
    public Dense withKernel(Initializer initializer) {
        return new Dense(units, activation, initializer, bias);
    }

    /// The same with other first elements of the bias.
    public Dense withBias(Initializer initializer) {
        return new Dense(units, activation, kernel, Optional.of(initializer));
    }

    /// The same without a bias, which the bias of a normalisation right behind would make useless.
    public Dense withoutBias() {
        return new Dense(units, activation, kernel, Optional.empty());
    }

    @Override
    public Tensor apply(Tensor x, Scope scope) {
        Inputs.requireRank(this, x, 2, "[batch, ..., features]");
        Tensor sums = x.matmul(scope.parameter("kernel", Shape.of(x.dim(-1), units), kernel));
        return WeightedSums.finish(sums, bias, activation, scope);
    }

    @Override
    public Optional<Activation> outputActivation() {
        return activation.outputActivation();
    }
}
