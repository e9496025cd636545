package dev.cajal.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.type.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSelectionTest {
    @ParameterizedTest
    @CsvSource({
        "**/bias, bias, true",
        "**/bias, 0/bias, true",
        "**/bias, encoder/0/attention/bias, true",
        "**/bias, encoder/bias/0, false",
        "**/bias, encoder/unbias, false",
        "encoder/**, encoder/0/kernel, true",
        "encoder/**, encoder, true",
        "encoder/**, encoders/0/kernel, false",
        "encoder/*/kernel, encoder/0/kernel, true",
        "encoder/*/kernel, encoder/0/1/kernel, false",
        "encoder/**/kernel, encoder/0/1/kernel, true",
        "encoder/**/kernel, encoder/kernel, true",
        "**/*norm*/*, block/layernorm_2/scale, true",
        "**/*norm*/*, block/attention/scale, false",
        "a.b, a.b, true",
        "a.b, axb, false",
        "'**', anything/at/all, true"
    })
    void patterns(String pattern, String name, boolean fits) {
        Shape shape = Shape.of(2);
        assertThat(ParameterSelection.only(pattern).includes(name, shape)).isEqualTo(fits);
        assertThat(ParameterSelection.except(pattern).includes(name, shape)).isEqualTo(!fits);
    }

    @ParameterizedTest
    @CsvSource({"0/kernel, 2, true", "0/bias, 1, false", "head/kernel, 2, false", "0/scale, 0, false"})
    void combined(String name, int rank, boolean expected) {
        ParameterSelection selection = ParameterSelection.kernels().without("head/**");
        assertThat(selection.includes(name, Shape.of(new int[rank]))).isEqualTo(expected);
    }
}
