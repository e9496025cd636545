package dev.cajal.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.backend.RunException;
import dev.cajal.nn.Mode;
import dev.cajal.nn.Variables;
import dev.cajal.tensor.RandomKey;
import dev.cajal.tensor.Tensor;
import dev.cajal.type.CajalException;
import dev.cajal.type.DType;
import dev.cajal.type.Shape;
import dev.cajal.type.ShapeException;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final Embedding EMBEDDING = Embedding.of(300, 20);
    private static final Variables VARIABLES = EMBEDDING.init(RandomKey.of(1), Tensor.of(new int[1], Shape.of(1, 1)));

    @Test
    void rowsOfATable() {
        Tensor table = VARIABLES.parameters().get("table");
        assertThat(table.shape()).isEqualTo(Shape.of(300, 20));
        assertThat(table.standardDeviation().item()).isCloseTo(1, within(0.05));
        for (DType dtype : new DType[] {DType.I32, DType.I64, DType.U8}) {
            Tensor x = Tensor.of(new int[] {200, 0, 7, 200}, Shape.of(2, 2)).asType(dtype);
            Tensor y = EMBEDDING.apply(VARIABLES, x, Mode.inference()).output();
            assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 20));
            assertThat(y.get(0, 0).sameBits(table.get(200))).isTrue();
            assertThat(y.get(1, 0).sameBits(table.get(7))).isTrue();
            assertThat(y.get(1, 1).sameBits(table.get(200))).isTrue();
        }
    }

    @Test
    void numbersOutsideFail() {
        for (int wrong : new int[] {-1, 300}) {
            Tensor x = Tensor.of(new int[] {0, wrong}, Shape.of(1, 2));
            assertThatThrownBy(() -> EMBEDDING.apply(VARIABLES, x, Mode.inference()).output().toFloats())
                    .isInstanceOf(RunException.class);
        }
    }

    @Test
    void quantitiesAreNotNumbersOfThings() {
        assertThatThrownBy(() -> EMBEDDING.apply(VARIABLES, Tensor.zeros(1, 2), Mode.inference()))
                .isInstanceOf(ShapeException.class)
                .hasMessage("Embedding takes whole numbers from 0 to 299 (i32, i64 or u8), but got f32[1, 2]. "
                        + "Convert them with asType(DType.I32), or use Dense for quantities.");
        assertThatThrownBy(() -> Embedding.of(0, 3)).isInstanceOf(CajalException.class);
        assertThatThrownBy(() -> Embedding.of(3, 0)).isInstanceOf(CajalException.class);
    }
}
