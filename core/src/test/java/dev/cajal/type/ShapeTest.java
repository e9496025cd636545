package dev.cajal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void shapesAreEqualByContent() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(List.of(2, 3))).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
        assertThat(Shape.of()).isSameAs(Shape.SCALAR);
    }

    @Test
    void theArrayIsCopied() {
        int[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 7;
        shape.toArray()[1] = 7;
        assertThat(shape).isEqualTo(Shape.of(2, 3));
    }

    @Test
    void negativePositionsCountFromTheEnd() {
        Shape shape = Shape.of(2, 3, 5);
        assertThat(shape.dim(-1)).isEqualTo(5);
        assertThat(shape.dim(-3)).isEqualTo(2);
        assertThat(shape.axis(-2)).isEqualTo(1);
        assertThat(shape.withDim(-1, 9)).isEqualTo(Shape.of(2, 3, 9));
    }

    @Test
    void anAxisThatIsNotThereIsExplained() {
        assertThatThrownBy(() -> Shape.of(2, 3).dim(2))
                .isInstanceOf(ShapeException.class)
                .hasMessage("There is no dimension 2 in shape [2, 3]: it has 2 dimension(s), so -2 to 1 are possible.");
        assertThatThrownBy(() -> Shape.of(2, 3).insert(3, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("No dimension can be inserted at 3 into shape [2, 3]: 0 to 2 are possible.");
    }

    @Test
    void aScalarHasNoAxes() {
        assertThatThrownBy(() -> Shape.of().dim(0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("no dimension 0");
    }

    @Test
    void negativeDimensionsAreRefused() {
        assertThatThrownBy(() -> Shape.of(2, -1))
                .isInstanceOf(ShapeException.class)
                .hasMessage("A dimension cannot be negative, but the shape is [2, -1].");
    }

    @Test
    void sizes() {
        assertThat(Shape.of().size()).isEqualTo(1);
        assertThat(Shape.of(4, 0, 3).size()).isZero();
        assertThat(Shape.of(2, 3, 5).size()).isEqualTo(30);
        assertThat(Shape.of(1 << 31 - 1, 1 << 30).size()).isEqualTo(1L << 60);
    }

    @Test
    void moreElementsThanALongCountsAreRefused() {
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[1073741824, 1073741824, 1073741824]");
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 8)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 0, 8)).isInstanceOf(ShapeException.class);
    }

    @Test
    void stridesAreThoseOfDenseRows() {
        assertThat(Shape.of(2, 3, 5).strides()).containsExactly(15, 5, 1);
        assertThat(Shape.of().strides()).isEmpty();
    }

    @Test
    void axesComeAndGo() {
        assertThat(Shape.of(2, 3).insert(0, 7)).isEqualTo(Shape.of(7, 2, 3));
        assertThat(Shape.of(2, 3).insert(2, 7)).isEqualTo(Shape.of(2, 3, 7));
        assertThat(Shape.of(2, 3, 5).without(List.of(2, 0))).isEqualTo(Shape.of(3));
    }

    @Test
    void textIsAList() {
        assertThat(Shape.of(2, 3)).hasToString("[2, 3]");
        assertThat(Shape.of()).hasToString("[]");
    }
}
