package dev.cajal.benchmark;

import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.util.Random;

/// Tensors of random numbers, always the same.
final class Random32 {
    private final Random random = new Random(1);

    Tensor normal(double scale, int... dims) {
        Shape shape = Shape.of(dims);
        float[] elements = new float[(int) shape.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (scale * random.nextGaussian());
        }
        return Tensor.of(elements, shape);
    }

    Tensor below(int bound, int... dims) {
        Shape shape = Shape.of(dims);
        return Tensor.of(random.ints(shape.size(), 0, bound).toArray(), shape);
    }
}
