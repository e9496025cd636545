package dev.cajal.nn;

import dev.cajal.nn.example.Examples;
import dev.cajal.nn.train.Trainer;
import dev.cajal.nn.train.TrainingException;
import dev.cajal.nn.train.TrainingListener;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.Optional;

/// A network with one tensor in and one out; the first dimension is the batch.
public interface Layer extends Network<Tensor, Tensor> {
    /// A network from tensor to tensor as a layer, so that it can stand among layers. It may be a lambda,
    /// `Layer.of((x, scope) -> x.times(2))`, which does for experiments, but cannot be saved.
    static Layer of(Network<Tensor, Tensor> network) {
        return network instanceof Layer layer ? layer : new LayerNetwork(network);
    }

    /// The activation that the output has gone through last, if it is known: a loss that takes logits must not get
    /// probabilities.
    default Optional<Activation> outputActivation() {
        return Optional.empty();
    }

    /// What this network is made of, for inputs of floating-point numbers; print it. For other inputs see [Summary#of].
    ///
    /// @param dims the shape of one input, without the batch: `summary(28, 28)`
    default Summary summary(int... dims) {
        return Summary.of(this, Tensor.zeros(DType.F32, Shape.of(dims).insert(0, 1)));
    }

    /// Trains this network from scratch.
    ///
    /// @return the network with the parameters that were found, and with how inputs and labels are encoded
    /// @throws dev.cajal.type.CajalException if the examples do not fit the network, training fails, or the thread is interrupted
    default <X, L> Model<X, L> fit(Examples<X, L> examples, Fit fit) {
        Training.Trained<X, L> trained = Training.of(this, examples, fit).run(TrainingListener.NONE);
        if (trained.ending().reason() == Trainer.Ending.Reason.INTERRUPTED) {
            throw new TrainingException(
                    Optional.of(trained.ending().snapshot()),
                    "train.interrupted",
                    null,
                    "The thread was interrupted in epoch %s. The exception has the state that was reached.",
                    trained.ending().snapshot().position().epoch());
        }
        return trained.model();
    }
}
