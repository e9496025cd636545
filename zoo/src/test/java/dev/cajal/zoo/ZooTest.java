package dev.cajal.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.nn.Summary;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models have the sizes that their papers, or the libraries that made them known, say.
class ZooTest {
    @ParameterizedTest
    @CsvSource({
        "softmax, 28, 0, 10, 7850",
        "3b1b, 28, 0, 10, 13002",
        "mlp, 28, 0, 10, 669706",
        "lenet1989, 16, 0, 10, 9760",
        "lenet, 28, 0, 10, 61706",
        "alexnet, 227, 3, 1000, 60965224",
        "vgg11, 224, 3, 1000, 132863336",
        "vgg16, 224, 3, 1000, 138357544",
        "mobilenet, 224, 3, 1000, 3504872",
        "resnet18, 224, 3, 1000, 11689512",
        "resnet34, 224, 3, 1000, 21797672",
        "resnet50, 224, 3, 1000, 25557032",
        "convnext-tiny, 224, 3, 1000, 28589128",
        "vit-base, 224, 3, 1000, 86567656"
    })
    void parameters(String name, int pixels, int channels, int classes, long parameters) {
        Shape input = channels == 0 ? Shape.of(pixels, pixels) : Shape.of(pixels, pixels, channels);
        Summary summary = Summary.of(Zoo.create(name, ModelSpec.of(input, classes)),
                Tensor.zeros(DType.F32, input.insert(0, 1)));
        assertThat(summary.total().parameters()).isEqualTo(parameters);
        assertThat(summary.total().outputs()).containsExactly(Shape.of(classes));
    }

    @ParameterizedTest
    @CsvSource({
        "autoencoder, 2837314",
        "denoising-autoencoder, 1569784",
        "vae, 815824"
    })
    void autoencodersGiveTheirInputBack(String name, long parameters) {
        Shape picture = Shape.of(28, 28, 1);
        Summary summary = Summary.of(Zoo.create(name, ModelSpec.of(picture, 784)),
                Tensor.zeros(DType.F32, picture.insert(0, 1)));
        assertThat(summary.total().parameters()).isEqualTo(parameters);
        assertThat(summary.total().outputs()).containsExactly(picture);
        assertThat(Zoo.reconstructs(name)).isTrue();
        assertThat(Zoo.reconstructs("mlp")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt, 64, 65, 804096",
        "gpt-medium, 256, 65, 10745088",
        "gpt2, 1024, 50257, 124439808",
        // 65 * 64 + 2 layers + (256 + 1) * 65, of 1, 3 and 4 gates; gated units have a second bias
        "rnn, 50, 65, 234369",
        "gru, 50, 65, 662913",
        "lstm, 50, 65, 874881"
    })
    void parametersOfModelsForTexts(String name, int length, int tokens, long parameters) {
        Summary summary = Summary.of(Zoo.create(name, ModelSpec.ofText(length, tokens)),
                Tensor.zeros(DType.I32, Shape.of(1, length)));
        assertThat(summary.total().parameters()).isEqualTo(parameters);
        assertThat(summary.total().outputs()).containsExactly(Shape.of(length, tokens));
    }

    @Test
    void textsAndOthersAreNotMixedUp() {
        assertThatThrownBy(() -> Zoo.create("gpt", ModelSpec.of(Shape.of(28, 28), 10)))
                .hasMessageContaining("'gpt' is for texts").hasMessageContaining("[28, 28]");
        assertThatThrownBy(() -> Zoo.create("lenet", ModelSpec.ofText(28, 10)))
                .hasMessageContaining("not for texts").hasMessageContaining("lstm, gru, gpt");
    }

    @Test
    void aModelForPicturesNeedsPictures() {
        assertThatThrownBy(() -> Zoo.create("lenet", ModelSpec.of(Shape.of(4), 3)))
                .isInstanceOf(CajalException.class)
                .hasMessageContaining("lenet")
                .hasMessageContaining("at least 16 x 16 pixels")
                .hasMessageContaining("[4]");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Zoo.create("lenat", ModelSpec.of(Shape.of(28, 28), 10)))
                .hasMessageContaining("lenat")
                .hasMessageContaining("lenet");
    }

    @Test
    void everyModelTakesPictures() {
        for (String name : Zoo.names().stream().filter(name -> Zoo.input(name) != ModelInput.TEXTS).toList()) {
            Shape input = Shape.of(72, 72, 3);
            Shape output = Zoo.reconstructs(name) ? input : Shape.of(7);
            Summary summary = Summary.of(Zoo.create(name, ModelSpec.of(input, 7)), Tensor.zeros(2, 72, 72, 3));
            assertThat(summary.total().outputs()).as(name).containsExactly(output);
        }
    }
}
