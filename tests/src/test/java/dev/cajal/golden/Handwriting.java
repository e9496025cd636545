package dev.cajal.golden;

import dev.cajal.data.dataset.Mnist;
import dev.cajal.data.dataset.Split;
import dev.cajal.data.image.Image;
import dev.cajal.oracle.ReferenceData;
import java.util.List;

/// MNIST, where it is among the reference data; tests download nothing.
final class Handwriting {
    private static final List<String> FILES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    private Handwriting() {}

    static Split<Image, Integer> load() {
        FILES.forEach(name -> ReferenceData.file("mnist/" + name + ".gz"));
        return Mnist.digits();
    }
}
