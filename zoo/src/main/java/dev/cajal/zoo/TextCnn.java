package dev.cajal.zoo;

import static dev.cajal.nn.activation.Activations.RELU;
import static dev.cajal.nn.initializer.Initializers.uniform;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Network;
import dev.cajal.nn.layer.Branches;
import dev.cajal.nn.layer.Conv1d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.Dropout;
import dev.cajal.nn.layer.Embedding;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.Padded;

/// Convolutions over words: Y. Kim, *Convolutional Neural Networks for Sentence Classification*, 2014, with word vectors that begin at random (CNN-rand).
///
/// Filters look at three, four and five neighbouring words; of each one the largest answer in the whole text counts. Windows reach beyond both ends of a text by half of their width, where
/// the paper's reach beyond by all but one word.
final class TextCnn {
    private static final int WIDTH = 300;
    private static final int FILTERS = 100;

    private TextCnn() {}

    /// As in the paper: vectors of 300, filters of 3, 4 and 5 words, 100 of each, half of their answers left out in training.
    static Layer network(ModelSpec spec) {
        return Padded.of(spec.padding(), Network.sequential(
                Embedding.of(spec.tokens(), WIDTH).withTable(uniform(-0.25, 0.25)),
                Branches.concatenated(words(3), words(4), words(5)),
                Dropout.of(0.5),
                Dense.of(spec.outputs())));
    }

    private static Layer words(int count) {
        return Network.sequential(Conv1d.of(FILTERS, count, RELU).withSamePadding(), GlobalPooling.max());
    }
}
