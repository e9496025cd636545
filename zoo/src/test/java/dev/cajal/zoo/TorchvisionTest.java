package dev.cajal.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.nn.checkpoint.Json;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// For the same weights the models give what torchvision's give (torchvision_outputs.py): strides, paddings, the order of layers, epsilons, activations. AlexNet is not among them, for torchvision has that of 2014, another
/// network; VGG-16, ResNet-34 and the small ones are made by the same code as those that are.
@Tag("slow")
class TorchvisionTest {
    private static final int STATISTICS = 1 << 20;
    private static final int CLASSES = 10;

    @ParameterizedTest
    @ValueSource(strings = {"vgg11", "resnet18", "resnet50", "mobilenet", "convnext-tiny", "vit-base"})
    void outputsAreThoseOfTorchvision(String name) {
        Json expected = expected().get(name);
        int[] dims = expected.get("input").asList().stream().mapToInt(dim -> (int) dim.asLong()).toArray();
        Shape shape = Shape.of(dims);
        Tensor pixels = Tensor.of(noise(2 * STATISTICS, shape.size(), 0, 1)).reshape(dims);
        Layer network = Zoo.create(name, ModelSpec.of(shape.without(List.of(0)), CLASSES));
        Variables begun = network.init(RandomKey.of(1), pixels);
        Variables variables = new Variables(made(begun.parameters(), 0), made(begun.statistics(), STATISTICS));
        float[] outputs = network.apply(variables, pixels, Mode.inference()).output().toFloats();
        double[] wanted = expected.get("outputs").asList().stream().mapToDouble(Json::asDouble).toArray();
        double largest = 0;
        for (double each : wanted) {
            largest = Math.max(largest, Math.abs(each));
        }
        assertThat(outputs).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) outputs[i]).as("output %s of %s", i, name).isEqualTo(wanted[i], within(1e-4 * largest));
        }
    }

    private static SequencedMap<String, Tensor> made(Map<String, Tensor> tensors, int first) {
        SequencedMap<String, Tensor> made = new LinkedHashMap<>();
        tensors.forEach((path, tensor) -> made.put(path, made(path, tensor.shape(), first + made.size())));
        return made;
    }

    private static Tensor made(String path, Shape shape, int number) {
        float[] elements = switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "kernel" -> noise(number, shape.size(), 0, Math.sqrt(6.0 * shape.dim(-1) / shape.size()));
            case "scale" -> noise(number, shape.size(), 1, 0.3);
            case "variance" -> noise(number, shape.size(), 1, 0.5);
            default -> noise(number, shape.size(), 0, 0.2);
        };
        return Tensor.of(elements).reshape(shape);
    }

    /// Numbers by a formula that Python can compute, too.
    private static float[] noise(int tensor, long count, double middle, double range) {
        float[] elements = new float[Math.toIntExact(count)];
        for (int i = 0; i < elements.length; i++) {
            int x = i * 0x85EBCA6B + tensor * 0x9E3779B9;
            x = (x ^ x >>> 16) * 0x7FEB352D;
            x = (x ^ x >>> 15) * 0x846CA68B;
            x ^= x >>> 16;
            elements[i] = (float) (middle + range * (Integer.toUnsignedLong(x) / 0x1p31 - 1));
        }
        return elements;
    }

    private static Json expected() {
        try (InputStream in = TorchvisionTest.class.getResourceAsStream("torchvision.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
