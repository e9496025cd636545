package dev.cajal.nn.layer;

import dev.cajal.nn.Network;
import dev.cajal.nn.Scope;
import dev.cajal.tensor.Tensor;
import java.util.List;

/// A recurrent layer whose states come in and go out, so that what one has read can be what another one begins with, or a long sequence be read in parts.
///
/// - input: a sequence `[batch, positions, features]`, and the states to begin with, `[batch, ...]` each; zeros if there are none
/// - output: the outputs of all positions, `[batch, positions, outputs]`, and the states after the last one (before the first one, if the layer is reversed)
/// - parameters: those of the layer, under the same names
///
/// The first state is the cell's output; [long short-term memory][RecurrentCell.LongShortTerm] has a second one, what it remembers. Made by [Recurrent#withStates].
///
/// I. Sutskever, O. Vinyals, Q. V. Le, *Sequence to Sequence Learning with Neural Networks*, 2014.
///
/// @param layer what is done
public record RecurrentStates(Recurrent layer) implements Network<RecurrentStates.Passage, RecurrentStates.Passage> {
    /// A sequence, and the states before it, or after it: a tree.
    public record Passage(Tensor sequence, List<Tensor> states) {
        /// A sequence before which there is nothing.
        public static Passage of(Tensor sequence) {
            return new Passage(sequence, List.of());
        }
    }

    @Override
    public Passage apply(Passage input, Scope scope) {
        return layer.pass(input, scope);
    }
}
