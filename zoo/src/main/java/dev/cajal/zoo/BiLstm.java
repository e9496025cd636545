package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.Lstm;
import dev.cajal.nn.layer.Padded;

/// Long short-term memory that reads a text from both ends; what the two remember at their last words is judged.
///
/// A. Graves, J. Schmidhuber, *Framewise phoneme classification with bidirectional LSTM and other neural network architectures*, 2005; as a classifier of sentences in K. S. Tai, R. Socher, C. D. Manning,
/// *Improved Semantic Representations From Tree-Structured Long Short-Term Memory Networks*, 2015, whose 168 units are taken here, with vectors that begin at random
/// (theirs are GloVe's). Their two directions share one set of weights; here each has its own, so the recurrent layer has twice as many.
final class BiLstm {
    private static final int WIDTH = 300;
    private static final int UNITS = 168;

    private BiLstm() {}

    /// Vectors of 300, 168 units for each direction, half of the vectors' numbers and of what is remembered left out in training.
    static Layer network(ModelSpec spec) {
        return Padded.of(spec.padding(), Network.sequential(
                Embedding.of(spec.tokens(), WIDTH), Dropout.of(0.5),
                Lstm.of(UNITS).bidirectional(), Dropout.of(0.5),
                Dense.of(spec.outputs())));
    }
}
