package dev.cajal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTypeTest {
    @Test
    void bytes() {
        assertThat(TensorType.of(DType.F32, 2, 3).byteSize()).isEqualTo(24);
        assertThat(TensorType.of(DType.BF16, 2, 3).byteSize()).isEqualTo(12);
        assertThat(TensorType.of(DType.F64).byteSize()).isEqualTo(8);
        assertThat(TensorType.of(DType.BOOL, 0, 3).byteSize()).isZero();
    }

    @Test
    void moreBytesThanALongCountsAreRefused() {
        assertThatThrownBy(() -> TensorType.of(DType.F64, 1 << 30, 1 << 30).byteSize())
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("f64[1073741824, 1073741824]");
    }

    @Test
    void textNamesElementsAndShape() {
        assertThat(TensorType.of(DType.F32, 2, 3)).hasToString("f32[2, 3]");
        assertThat(TensorType.of(DType.BOOL)).hasToString("bool[]");
    }

    @Test
    void kinds() {
        assertThat(DType.values()).filteredOn(DType::isFloating).containsExactly(DType.F32, DType.F64, DType.BF16);
        assertThat(DType.values()).filteredOn(DType::isInteger).containsExactly(DType.I32, DType.I64, DType.U8);
        assertThat(DType.values()).filteredOn(DType::isUnsigned).containsExactly(DType.U8);
    }
}
