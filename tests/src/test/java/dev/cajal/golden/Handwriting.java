package dev.cajal.golden;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.data.dataset.Split;
import dev.cajal.data.image.Image;
import dev.cajal.oracle.ReferenceData;

/// MNIST, where it is among the reference data; tests download nothing.
final class Handwriting {
    private Handwriting() {}

    static Split<Image, Integer> load() {
        ReferenceData.file("mnist/train-images-idx3-ubyte.gz");
        return Mnist.digits();
    }
}
