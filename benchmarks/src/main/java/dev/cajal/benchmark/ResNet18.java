package dev.cajal.benchmark;

import static dev.cajal.nn.activation.Activations.RELU;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.nn.layer.BatchNorm;
import dev.cajal.nn.layer.Conv2d;
import dev.cajal.nn.layer.Dense;
import dev.cajal.nn.layer.GlobalPooling;
import dev.cajal.nn.layer.Residual;
import dev.cajal.nn.optimizer.Optimizers;
import java.util.ArrayList;
import java.util.List;

/// ResNet-18 for pictures of 32 x 32 pixels: a stem of 3 x 3, four stages of two blocks, 64 to 512 channels; batches of 64, SGD with momentum.
record ResNet18(String name) implements Workload {
    static final ResNet18 MOMENTUM = new ResNet18("resnet18");

    private static final int FIRST = 64;
    private static final int STAGES = 4;

    @Override
    public Run start(Inputs inputs) {
        return new TrainingRun(network(), Optimizers.momentum(1e-3, 0.9), inputs);
    }

    static Layer network() {
        List<Layer> layers = new ArrayList<>(List.of(convolution(FIRST, 3, 1), BatchNorm.of(), RELU));
        for (int block = 0; block < 2 * STAGES; block++) {
            int width = FIRST << block / 2;
            int stride = block % 2 == 0 && block > 0 ? 2 : 1;
            Residual residual = Residual.of(Sequential.of(
                    convolution(width, 3, stride), BatchNorm.of(), RELU, convolution(width, 3, 1), BatchNorm.of()));
            layers.add(stride == 1
                    ? residual
                    : residual.withProjection(Sequential.of(convolution(width, 1, stride), BatchNorm.of())));
            layers.add(RELU);
        }
        layers.addAll(List.of(GlobalPooling.average(), Dense.of(10)));
        return Sequential.of(layers);
    }

    private static Layer convolution(int filters, int size, int stride) {
        return Conv2d.of(filters, size).withStrides(stride).withPadding(size / 2).withoutBias();
    }
}
