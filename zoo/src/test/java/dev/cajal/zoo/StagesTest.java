package dev.cajal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.nn.Summary;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pictures become smaller and deeper where the papers say: pooling at the end would make up for a wrong stride or padding on the way.
class StagesTest {
    /// The shapes between the layers of the network, height x width x channels, each once as long as it stays.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # figure 2, 1989, with the frame that H1 and H2 see
            lenet1989 | 16 | 1 | 16x16x1 20x20x1 8x8x12 12x12x12 4x4x12 192 30 10
            # figure 2: C1, S2, C3, S4, C5, F6
            lenet | 28 | 1 | 28x28x6 14x14x6 10x10x16 5x5x16 400 120 84 10
            # figure 2, and section 3.4 for the pooling
            alexnet | 227 | 3 | 55x55x96 27x27x96 27x27x256 13x13x256 13x13x384 13x13x256 6x6x256 9216 4096 10
            # table 1, columns A and D
            vgg11 | 224 | 3 | 224x224x64 112x112x64 112x112x128 56x56x128 56x56x256 28x28x256 28x28x512 14x14x512 7x7x512 25088 4096 10
            vgg16 | 224 | 3 | 224x224x64 112x112x64 112x112x128 56x56x128 56x56x256 28x28x256 28x28x512 14x14x512 7x7x512 25088 4096 10
            # table 1: conv1, its pooling, conv2_x to conv5_x
            resnet18 | 224 | 3 | 112x112x64 56x56x64 28x28x128 14x14x256 7x7x512 512 10
            resnet34 | 224 | 3 | 112x112x64 56x56x64 28x28x128 14x14x256 7x7x512 512 10
            resnet50 | 224 | 3 | 112x112x64 56x56x64 56x56x256 28x28x512 14x14x1024 7x7x2048 2048 10
            # section 4.2, with twice the channels
            resnet | 32 | 3 | 32x32x32 16x16x64 8x8x128 128 10
            # table 2
            mobilenet | 224 | 3 | 112x112x32 112x112x16 56x56x24 28x28x32 14x14x64 14x14x96 7x7x160 7x7x320 7x7x1280 1280 10
            # table 9
            convnext-tiny | 224 | 3 | 56x56x96 28x28x192 14x14x384 7x7x768 768 10
            convnext | 28 | 1 | 14x14x32 7x7x64 3x3x128 128 10
            # section 3.1: patches, and the row before them
            vit-base | 224 | 3 | 14x14x768 196x768 197x768 768 10
            vit | 28 | 1 | 7x7x96 49x96 50x96 96 10
            """)
    void shapesBetweenLayers(String name, int side, int channels, String stages) {
        Shape input = Shape.of(side, side, channels);
        Summary summary = Summary.of(Zoo.create(name, ModelSpec.of(input, 10)),
                Tensor.zeros(DType.F32, input.insert(0, 1)));
        List<Shape> shapes = summary.layers().stream()
                .filter(row -> !row.path().contains("/") && !row.path().isEmpty())
                .flatMap(row -> row.outputs().stream()).toList();
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < shapes.size(); i++) {
            if (i == 0 || !shapes.get(i).equals(shapes.get(i - 1))) {
                found.append(i == 0 ? "" : " ").append(text(shapes.get(i)));
            }
        }
        assertThat(found).hasToString(stages);
    }

    private static String text(Shape shape) {
        return shape.dims().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
