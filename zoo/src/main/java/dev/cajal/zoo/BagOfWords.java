package dev.cajal.zoo;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.Padded;

/// The mean of a text's word vectors, and a linear layer: what any model that looks at the order of words has to beat.
///
/// A. Joulin et al., *Bag of Tricks for Efficient Text Classification* (fastText), 2017, without its pairs of words.
final class BagOfWords {
    private static final int WIDTH = 100;

    private BagOfWords() {}

    /// Vectors of 100.
    static Layer network(ModelSpec spec) {
        return Padded.of(spec.padding(), Network.sequential(
                Embedding.of(spec.tokens(), WIDTH), GlobalPooling.average(), Dense.of(spec.outputs())));
    }
}
